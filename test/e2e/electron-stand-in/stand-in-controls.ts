import type { AboutPanelOptionsOptions } from 'electron'
import { aboutPanel } from './about-panel.ts'
import type { Menu } from './menu.ts'

export interface ShownNotification {
  readonly title: string
  readonly body: string
  readonly actions: readonly string[]
  /** Beside the buttons. */
  click(): void
  press(action: string): void
}

/** Of the default session, as the program set them. */
export interface PermissionHandlers {
  request:
    | ((contents: { getURL(): string }, permission: string, answer: (isGranted: boolean) => void) => void)
    | null
  check:
    | ((contents: null, permission: string, origin: string, details: { isMainFrame: boolean }) => boolean)
    | null
  device: ((details: { deviceType: string; origin: string }) => boolean) | null
}

/** What a person would see and click outside of the window; for tests, which name it `standIn`. */
export interface StandInControls {
  /** Every notification that was shown, oldest first. */
  readonly notifications: ShownNotification[]
  readonly permissions: PermissionHandlers
  tray: { readonly menu: Menu | null; readonly toolTip: string } | null
  /** The panel of what the program is, as it was shown last. */
  readonly aboutPanel: { shown: AboutPanelOptionsOptions | null }
}

export const standIn: StandInControls = {
  notifications: [],
  permissions: { request: null, check: null, device: null },
  tray: null,
  aboutPanel,
}
