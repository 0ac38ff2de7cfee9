import { app } from 'electron'
import type { Updates } from '../updates/updates.ts'
import { relaunchOptions } from './relaunch-options.ts'

/** Alone on a line of standard output: `npm start`, which waits for the end, is to start the program again. */
const RESTART_LINE = 'APP_RESTART\n'

/**
 * The same program again, once this one has stopped in order. Asked twice, it is done once: Electron would
 * start as many as it was asked for.
 */
export function createRestart(updates: Updates): () => void {
  let isAsked = false
  return () => {
    if (isAsked) return
    isAsked = true
    // A newer version that waits is installed when this one quits, and must not be started over.
    if (updates.state().kind === 'ready') return updates.restart()
    // It takes all processes of this group with it when this one ends, Electron's helper among them.
    if (process.env['PENSTOCK_LAUNCHER'] === '1') process.stdout.write(RESTART_LINE)
    else app.relaunch(relaunchOptions(process.argv, process.env['APPIMAGE']))
    app.quit()
  }
}
