import type { BrowserWindow } from 'electron'
import type { WindowPlace } from '../preferences/preferences.ts'

/** A window that is being dragged tells its place many times a second. */
const SETTLED_MS = 400

/** Notes where the window is, once it has come to rest there and when it closes. */
export function rememberPlace(window: BrowserWindow, keep: (place: WindowPlace) => void): void {
  let timer: NodeJS.Timeout | undefined
  const note = () => {
    clearTimeout(timer)
    if (window.isDestroyed() || window.isMinimized() || window.isFullScreen()) return
    const { x, y, width, height } = window.getNormalBounds()
    keep({ x, y, width, height, isMaximized: window.isMaximized() })
  }
  const soon = () => {
    clearTimeout(timer)
    timer = setTimeout(note, SETTLED_MS)
  }
  window.on('resize', soon)
  window.on('move', soon)
  window.on('maximize', soon)
  window.on('unmaximize', soon)
  window.on('close', note)
  window.once('closed', () => clearTimeout(timer))
}
