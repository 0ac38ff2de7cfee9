import type { BrowserWindow } from 'electron'
import { isAppUrl } from '../app-scheme.ts'
import { bringToFront, loadPage, openWindow } from '../open-window.ts'
import type { PreferencesFile } from '../preferences/preferences-file.ts'
import { revivePage } from './revive-page.ts'
import { rememberPlace } from './remember-place.ts'

export interface MainWindowOptions {
  readonly preloadFile: string
  readonly preferences: PreferencesFile
  /** The page that it has to show now. */
  pageUrl(): string
  /** Called each time a window has come on screen. */
  onShown(): void
  /** Asked when it is being closed; with `stay` and `hide` it is not. */
  onClose(): 'close' | 'hide' | 'stay'
}

/** The one window there is, or is not at the moment. */
export interface MainWindow {
  /** Null when it was closed. */
  current(): BrowserWindow | null
  /** Opens it where there is none. To be called only when the program is ready. */
  open(): BrowserWindow
  /** Opens it, or brings it to the front. */
  show(): void
  hide(): void
  /** Loads the page it has to show, unless it shows that one. */
  refresh(): Promise<void>
}

export function createMainWindow(options: MainWindowOptions): MainWindow {
  const { preloadFile, preferences, pageUrl, onShown, onClose } = options
  let window: BrowserWindow | null = null

  function open(): BrowserWindow {
    if (window !== null) return window
    const opened = openWindow({ preloadFile, lastPlace: preferences.get().window, onShown })
    window = opened
    opened.on('close', (event) => {
      const outcome = onClose()
      if (outcome !== 'close') event.preventDefault()
      if (outcome === 'hide') opened.hide()
    })
    opened.once('closed', () => {
      window = null
    })
    revivePage(opened)
    rememberPlace(opened, (place) => preferences.set({ window: place }))
    void load(opened, pageUrl())
    return opened
  }

  return {
    current: () => window,
    open,
    show: () => bringToFront(open()),
    hide: () => window?.hide(),
    async refresh() {
      if (window === null) return
      const shown = window.webContents.getURL()
      const wanted = pageUrl()
      // Of the page that is shown already, the part after `#` is the reader's place in it.
      if (!isAppUrl(shown) || new URL(shown).pathname !== new URL(wanted).pathname) await load(window, wanted)
    },
  }
}

async function load(window: BrowserWindow, url: string): Promise<void> {
  try {
    await loadPage(window, url)
  } catch (error) {
    process.stderr.write(`The window could not load its page: ${String(error)}\n`)
  }
}
