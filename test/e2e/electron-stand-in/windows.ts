import type { BrowserWindow } from './browser-window.ts'

/** Every window that is open, oldest first. */
export const windows = new Set<BrowserWindow>()
