import type * as Electron from 'electron'
import { strict } from './strict.ts'

const mustStub = (name: string) => {
  throw new Error(`a test must stub dialog.${name}: it would wait for a person`)
}

/** What asks a person has no answer of its own. */
export const dialog = strict('dialog', {
  showOpenDialog: async () => mustStub('showOpenDialog'),
  showSaveDialog: async () => mustStub('showSaveDialog'),
  showErrorBox: () => mustStub('showErrorBox'),
} satisfies Pick<Electron.Dialog, 'showOpenDialog' | 'showSaveDialog' | 'showErrorBox'>)
