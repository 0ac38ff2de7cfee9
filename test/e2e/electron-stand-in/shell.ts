import type * as Electron from 'electron'
import { strict } from './strict.ts'

const mustStub = (name: string) => {
  throw new Error(`a test must stub shell.${name}: it would reach the system`)
}

/** What leaves the program for the system has no answer of its own. */
export const shell = strict('shell', {
  openExternal: async () => mustStub('openExternal'),
  openPath: async () => mustStub('openPath'),
} satisfies Pick<Electron.Shell, 'openExternal' | 'openPath'>)
