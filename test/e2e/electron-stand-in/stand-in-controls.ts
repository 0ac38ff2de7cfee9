import type { Menu } from './menu.ts'

export interface ShownNotification {
  readonly title: string
  readonly body: string
  readonly actions: readonly string[]
  /** Beside the buttons. */
  click(): void
  press(action: string): void
}

/** What a person would see and click outside of the window; for tests, which name it `standIn`. */
export interface StandInControls {
  /** Every notification that was shown, oldest first. */
  readonly notifications: ShownNotification[]
  tray: { readonly menu: Menu | null; readonly toolTip: string } | null
}

export const standIn: StandInControls = { notifications: [], tray: null }
