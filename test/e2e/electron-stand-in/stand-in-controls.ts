import type { Menu } from './menu.ts'

/** What a person would see and click outside of the window; for tests, which name it `standIn`. */
export interface StandInControls {
  tray: { readonly menu: Menu | null; readonly toolTip: string } | null
}

export const standIn: StandInControls = { tray: null }
