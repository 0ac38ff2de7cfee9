import { app } from 'electron'
import { existsSync } from 'node:fs'
import { createUpdates, type Updates } from './updates.ts'
import { findReasonForNoUpdates } from './updates-off.ts'

const CHECK_EVERY_MS = 24 * 60 * 60 * 1000

/** The updates of this very app; see `updates.ts`. */
export function createDesktopUpdates(onReady: (version: string) => void): Updates {
  return createUpdates({
    offBecause: findReasonForNoUpdates({
      isPackaged: app.isPackaged,
      resourcesPath: process.resourcesPath,
      platform: process.platform,
      env: process.env,
      exists: existsSync,
    }),
    async loadUpdater() {
      const { default: library } = await import('electron-updater')
      return library.autoUpdater
    },
    quit: () => app.quit(),
    releaseInstanceLock: () => app.releaseSingleInstanceLock(),
    onReady,
    now: () => Date.now(),
  })
}

/** Looks now and once a day; not at all while there are no updates. */
export function checkDaily(updates: Updates): void {
  if (updates.state().kind === 'off') return
  void updates.check()
  setInterval(() => void updates.check(), CHECK_EVERY_MS).unref()
}
