import { dialog, type BrowserWindow } from 'electron'
import { createCrashBrake } from './crash-brake.ts'

/**
 * A page whose process has died is loaded again: the broker has not noticed, and what was typed is lost.
 * One that dies again and again is left alone, with words that are no page's.
 */
export function revivePage(window: BrowserWindow): void {
  const brake = createCrashBrake(() => performance.now())
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return
    process.stderr.write(`The process of the window's page ended (${reason}, exit code ${exitCode}).\n`)
    if (brake.mayTryAgain()) window.webContents.reload()
    else
      dialog.showErrorBox(
        'The window has crashed several times',
        'The broker goes on, and programs reach it. Close the window and open it again from the tray, or use it in a browser.',
      )
  })
}
