import type * as Electron from 'electron'
import { EventEmitter } from 'node:events'
import type { Page } from 'playwright'
import { app } from './app.ts'
import { browser } from './browser.ts'
import { lifecycle } from './lifecycle.ts'
import { preventable } from './preventable.ts'
import { strict } from './strict.ts'
import { WebContents } from './web-contents.ts'
import { windows } from './windows.ts'

type WindowApi = Pick<
  Electron.BrowserWindow,
  | 'loadURL'
  | 'show'
  | 'hide'
  | 'focus'
  | 'restore'
  | 'minimize'
  | 'close'
  | 'isVisible'
  | 'isMinimized'
  | 'isFocused'
  | 'blur'
  | 'isDestroyed'
  | 'maximize'
  | 'isMaximized'
  | 'isFullScreen'
  | 'getNormalBounds'
  | 'setBounds'
>
type Options = Pick<
  Electron.BrowserWindowConstructorOptions,
  'show' | 'x' | 'y' | 'width' | 'height' | 'webPreferences'
>

/** Nothing else is needed, and much else takes a protection away. */
const KNOWN_PREFERENCES: ReadonlySet<string> = new Set([
  'preload',
  'sandbox',
  'contextIsolation',
  'nodeIntegration',
  'spellcheck',
] satisfies (keyof Electron.WebPreferences)[])

/** One window as one page of Chromium: what is around the page is on no screen. */
export class BrowserWindow extends EventEmitter implements WindowApi {
  readonly webContents: WebContents
  readonly #contents = new WebContents()
  readonly #opened: Promise<Page>
  #isVisible: boolean
  #isMinimized = false
  #isMaximized = false
  #isFocused = false
  #bounds: Electron.Rectangle
  #isDestroyed = false

  constructor({ show, x = 0, y = 0, width = 800, height = 600, webPreferences = {} }: Options = {}) {
    super()
    if (!lifecycle.isReady()) throw new Error('Cannot create BrowserWindow before app is ready')
    const { sandbox, contextIsolation, nodeIntegration, preload } = webPreferences
    if (sandbox !== true || contextIsolation !== true || nodeIntegration !== false) {
      throw new Error('the stand-in for electron has sandboxed, isolated pages only')
    }
    const weak = Object.keys(webPreferences).filter((name) => !KNOWN_PREFERENCES.has(name))
    if (weak.length > 0) throw new Error(`a window of Penstock needs no ${weak.join(', ')}`)
    this.#isVisible = show !== false
    this.#bounds = { x, y, width, height }
    this.webContents = this.#contents.face
    app.emit('web-contents-created', preventable({}), this.webContents)
    this.#opened = this.#open({ width, height }, preload)
    // Whoever loads a page is told; here nobody waits yet.
    this.#opened.catch(() => undefined)
    const face = strict('BrowserWindow', this)
    this.once('closed', () => windows.delete(face))
    windows.add(face)
    return face
  }

  static getAllWindows(): BrowserWindow[] {
    // Only this class adds to them.
    return [...windows] as BrowserWindow[]
  }

  async loadURL(url: string): Promise<void> {
    const page = await this.#opened
    try {
      await this.#contents.load(url)
    } finally {
      if (!page.isClosed() && !this.#isDestroyed) this.emit('ready-to-show')
    }
  }

  show(): void {
    this.#isVisible = true
    this.#isFocused = true
  }

  hide(): void {
    this.#isVisible = false
    this.#isFocused = false
  }

  minimize(): void {
    this.#isMinimized = true
    this.#isFocused = false
  }

  restore(): void {
    this.#isMinimized = false
  }

  maximize(): void {
    this.#isMaximized = true
    this.emit('maximize')
  }

  isMaximized(): boolean {
    return this.#isMaximized
  }

  isFullScreen(): boolean {
    return false
  }

  /** The frame counts for nothing here, so the page has this size. */
  setBounds(bounds: Partial<Electron.Rectangle>): void {
    this.#bounds = { ...this.#bounds, ...bounds }
    const { width, height } = this.#bounds
    void this.#opened.then((page) =>
      page.setViewportSize({ width, height }).catch((error: unknown) => {
        // A window that is closed while it changes its size just closes.
        if (!this.#isDestroyed && !page.isClosed()) throw error
      }),
    )
    this.emit('move')
    this.emit('resize')
  }

  getNormalBounds(): Electron.Rectangle {
    return { ...this.#bounds }
  }

  /** Another program's window comes to the front. */
  blur(): void {
    this.#isFocused = false
  }

  isFocused(): boolean {
    return this.#isFocused
  }

  focus(): void {
    this.#isFocused = true
    // A page that is being closed has nothing to bring to the front.
    void this.#opened.then((page) => page.bringToFront()).catch(() => undefined)
  }

  close(): void {
    const event = preventable({})
    this.emit('close', event)
    if (!event.defaultPrevented) this.destroy()
  }

  destroy(): void {
    if (this.#isDestroyed) return
    this.#isDestroyed = true
    void this.#opened.then((page) => page.close()).catch(() => undefined)
    this.emit('closed')
    app.windowClosed()
  }

  isVisible(): boolean {
    return this.#isVisible
  }

  isMinimized(): boolean {
    return this.#isMinimized
  }

  isDestroyed(): boolean {
    return this.#isDestroyed
  }

  async #open(size: { width: number; height: number }, preload: string | undefined): Promise<Page> {
    const page = await browser.openPage()
    if (this.#isDestroyed) {
      await page.close()
      return page
    }
    // Gone from outside, as when its process is killed: nothing can be prevented any more.
    page.once('close', () => {
      this.close()
      this.destroy()
    })
    await page.setViewportSize(size)
    await this.#contents.attach(page, preload)
    return page
  }
}
