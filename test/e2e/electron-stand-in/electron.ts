import type * as Electron from 'electron'
import { strict } from './strict.ts'

/**
 * Stands in for the `electron` module of the main process: what the product uses of it, and nothing
 * more. A name that is missing here fails when the program is loaded; a member, when it is read.
 */
export { app } from './app.ts'
export { BrowserWindow } from './browser-window.ts'
export { dialog } from './dialog.ts'
export { ipcMain } from './ipc-main.ts'
export { Menu } from './menu.ts'
export { MessageChannelMain } from './message-channel.ts'
export { nativeImage } from './native-image.ts'
export { Notification } from './notification.ts'
export { powerMonitor } from './power-monitor.ts'
export { protocol } from './protocol.ts'
export { safeStorage } from './safe-storage.ts'
export { screen } from './screen.ts'
export { session } from './session.ts'
export { shell } from './shell.ts'
export { standIn } from './stand-in-controls.ts'
export { Tray } from './tray.ts'
export { utilityProcess } from './utility-process.ts'

export const nativeTheme = strict('nativeTheme', { shouldUseDarkColors: false } satisfies Pick<
  Electron.NativeTheme,
  'shouldUseDarkColors'
>)
