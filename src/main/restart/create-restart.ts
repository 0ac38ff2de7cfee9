import { app } from 'electron'
import type { Updates } from '../updates/updates.ts'
import { relaunchOptions } from './relaunch-options.ts'

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
    app.relaunch(relaunchOptions(process.argv, process.env['APPIMAGE']))
    app.quit()
  }
}
