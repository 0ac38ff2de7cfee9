import { BrowserWindow, nativeTheme, screen } from 'electron'
import type { WindowPlace } from './preferences/preferences.ts'
import { MINIMUM_SIZE, placeWindow } from './window/window-place.ts'

export interface WindowOptions {
  /** The built preload. */
  readonly preloadFile: string
  /** Where it was last; null the first time. */
  readonly lastPlace: WindowPlace | null
  /** Called once, when the window is on screen. */
  onShown(): void
}

/** As the design's canvas: what is seen before the page has painted. */
const CANVAS = { light: '#fbfbfc', dark: '#0f1113' }

/** An empty window: hidden, and shown when its first page has painted, so that it never flashes white. */
export function openWindow({ preloadFile, lastPlace, onShown }: WindowOptions): BrowserWindow {
  const window = new BrowserWindow({
    title: 'Penstock',
    ...placeWindow(lastPlace, workAreas()),
    minWidth: MINIMUM_SIZE.width,
    minHeight: MINIMUM_SIZE.height,
    show: false,
    // Everything in the menu bar is in the palette, too.
    autoHideMenuBar: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? CANVAS.dark : CANVAS.light,
    webPreferences: {
      preload: preloadFile,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      // It would fetch its dictionaries from a server of Google's.
      spellcheck: false,
    },
  })
  window.once('ready-to-show', () => {
    if (lastPlace?.isMaximized === true) window.maximize()
    window.show()
    onShown()
  })
  return window
}

/** Of the primary screen first. */
function workAreas() {
  const primary = screen.getPrimaryDisplay()
  const others = screen.getAllDisplays().filter(({ id }) => id !== primary.id)
  return [primary, ...others].map(({ workArea }) => workArea)
}

/**
 * Shows another page in the window.
 * @throws Error when it cannot be loaded; not when the window is closed, or sent elsewhere, meanwhile.
 */
export async function loadPage(window: BrowserWindow, url: string): Promise<void> {
  try {
    await window.loadURL(url)
  } catch (error) {
    if (!window.isDestroyed() && !isAborted(error)) throw error
  }
}

function isAborted(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_ABORTED'
}

export function bringToFront(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}
