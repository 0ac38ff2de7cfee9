import type * as Electron from 'electron'
import { lifecycle } from './lifecycle.ts'
import { strict } from './strict.ts'

/** What the product reads of a display. */
type Display = Pick<ReturnType<Electron.Screen['getPrimaryDisplay']>, 'id' | 'workArea'>

/** One screen, large enough for every window of the tests. */
const display: Display = { id: 1, workArea: { x: 0, y: 25, width: 1920, height: 1055 } }

function needReady(): void {
  if (!lifecycle.isReady()) throw new Error("The 'screen' module can't be used before the app 'ready' event")
}

export const screen = strict('screen', {
  getPrimaryDisplay() {
    needReady()
    return display
  },
  getAllDisplays() {
    needReady()
    return [display]
  },
} satisfies { [Name in keyof Pick<Electron.Screen, 'getPrimaryDisplay' | 'getAllDisplays'>]: unknown })
