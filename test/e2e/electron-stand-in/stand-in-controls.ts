import type { Tray } from './tray.ts'

/** What a person would see and click outside of the window; for tests, which name it `standIn`. */
export interface StandInControls {
  tray: Tray | null
}

export const standIn: StandInControls = { tray: null }
