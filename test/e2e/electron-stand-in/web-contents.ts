import type * as Electron from 'electron'
import { EventEmitter } from 'node:events'
import type { Page, Route } from 'playwright'
import { fromPageUrl, toPageUrl } from './app-url.ts'
import { ipcMain } from './ipc-main.ts'
import { lifecycle } from './lifecycle.ts'
import { endOf, type PortEnd } from './message-channel.ts'
import { bridgePage, type PageDocument } from './page-bridge.ts'
import type { FromPreload } from './page-messages.ts'
import { preventable } from './preventable.ts'
import { strict } from './strict.ts'

type OpenHandler = (details: { url: string; frameName: string; features: string }) => {
  action: 'deny' | 'allow'
}
type WebContentsApi = Pick<Electron.WebContents, 'getURL' | 'reload'> & {
  setWindowOpenHandler(handler: OpenHandler): void
}
type FrameApi = Pick<Electron.WebFrameMain, 'url' | 'parent' | 'postMessage' | 'isDestroyed'>

/** A page of Chromium as Electron's main process sees it. */
export class WebContents extends EventEmitter implements WebContentsApi {
  #page: Page | null = null
  #openHandler: OpenHandler = () => ({ action: 'allow' })
  readonly #frames = new Map<PageDocument, PageFrame>()
  /** Where the program itself sends the page: of that no listener is asked. */
  readonly #ordered = new Set<string>()

  /** What the program holds. */
  readonly face: WebContents = strict('webContents', this)

  async attach(page: Page, preloadFile: string | undefined): Promise<void> {
    this.#page = page
    await page.route(
      () => true,
      (route) => lifecycle.untilEnding(() => this.#decideNavigation(route)),
    )
    const session = await bridgePage(page, preloadFile, {
      onMessage: (document, message) => this.#receive(document, message),
      onGone: (document) => {
        this.#frames.get(document)?.end()
        this.#frames.delete(document)
      },
    })
    // Of links with a target; `window.open` is told by the page itself.
    session.on('Page.windowOpen', ({ url, windowName, windowFeatures }) => {
      this.#decideOpening(url, windowName, windowFeatures.join())
    })
  }

  getURL(): string {
    return fromPageUrl(this.#page?.url() ?? '')
  }

  reload(): void {
    this.#ordered.add(this.getURL())
    // The page may be closed, or sent elsewhere, meanwhile.
    void this.#page?.reload().catch(() => undefined)
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler
  }

  /** As `loadURL` of a window: fails with Electron's code. */
  async load(url: string): Promise<void> {
    this.#ordered.add(url)
    try {
      await this.#page!.goto(toPageUrl(url), { waitUntil: 'load' })
    } catch (error) {
      const text = String(error)
      const code = /interrupted by another|ERR_ABORTED/.test(text) ? 'ERR_ABORTED' : 'ERR_FAILED'
      throw Object.assign(new Error(`${code} loading '${url}'`), { code, url })
    }
  }

  #decideOpening(url: string, frameName: string, features: string): void {
    const { action } = this.#openHandler({ url: fromPageUrl(url), frameName, features })
    if (action !== 'deny') throw new Error('the stand-in for electron opens no windows for pages')
  }

  async #decideNavigation(route: Route): Promise<void> {
    const request = route.request()
    if (!request.isNavigationRequest()) return route.fallback()
    const url = fromPageUrl(request.url())
    const isMainFrame = request.frame() === this.#page!.mainFrame()
    if (isMainFrame && this.#ordered.delete(url)) return route.fallback()

    const details = { url, isMainFrame, isSameDocument: false, frame: null }
    const event = preventable(details)
    this.emit('will-frame-navigate', event)
    if (isMainFrame && !event.defaultPrevented) this.emit('will-navigate', event)
    return event.defaultPrevented ? route.abort('aborted') : route.fallback()
  }

  #receive(document: PageDocument, message: FromPreload): void {
    if (lifecycle.isEnding()) return
    let frame = this.#frames.get(document)
    if (frame === undefined) {
      frame = new PageFrame(document)
      this.#frames.set(document, frame)
    }
    if (message.kind === 'send') {
      frame.url = fromPageUrl(message.url)
      const event = {
        sender: this.face,
        senderFrame: strict('WebFrameMain', frame),
        type: 'frame',
        ports: [],
      }
      ipcMain.emit(message.channel, strict('IpcMainEvent', event), ...message.args)
    } else if (message.kind === 'open') {
      this.#decideOpening(message.url, message.frameName, message.features)
    } else if (message.kind === 'port') {
      frame.ports.get(message.id)?.partner.receive(message.data)
    } else {
      frame.closePort(message.id)
    }
  }
}

let lastPortId = 0

/** The top frame of a page while it shows one document. */
class PageFrame implements FrameApi {
  url = ''
  readonly parent = null
  readonly ports = new Map<number, PortEnd>()
  readonly document: PageDocument
  #isDestroyed = false

  constructor(document: PageDocument) {
    this.document = document
  }

  readonly isDestroyed = () => this.#isDestroyed

  readonly postMessage = (channel: string, message: unknown, transfer: readonly object[] = []): void => {
    if (this.#isDestroyed) throw new Error('Render frame was disposed before WebFrameMain could be accessed')
    const moved = transfer.map((port) => ({ id: (lastPortId += 1), end: endOf(port) }))
    const portIds = moved.map(({ id }) => id)
    this.document.deliver({ kind: 'message', channel, args: [structuredClone(message)], portIds })
    for (const { id, end } of moved) {
      this.ports.set(id, end)
      end.moveTo({
        deliver: (data) => this.document.deliver({ kind: 'port', id, data }),
        close: () => this.document.deliver({ kind: 'port-closed', id }),
      })
    }
  }

  closePort(id: number): void {
    this.ports.get(id)?.close()
    this.ports.delete(id)
  }

  /** With its document go the ports it held. */
  end(): void {
    this.#isDestroyed = true
    for (const id of this.ports.keys()) this.closePort(id)
  }
}
