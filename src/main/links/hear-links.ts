import { app } from 'electron'
import type { WindowMessages } from '../desktop-port/window-messages.ts'
import { LINK_SCHEME, linkAmong, parseLink } from './parse-link.ts'

export interface LinkOptions {
  readonly messages: WindowMessages
  /** Arguments of this start. */
  readonly args: readonly string[]
  /** Brings the window to the front, once the program is ready. */
  showWindow(): void
}

/**
 * Hears links: on macOS as an event, maybe before the program is ready; elsewhere among the arguments of
 * this start or of a second one. What a link asks for waits until the window can show it.
 */
export function hearLinks({ messages, args, showWindow }: LinkOptions): void {
  // Elsewhere than in the installed app it would hand links to a bare Electron.
  if (app.isPackaged) app.setAsDefaultProtocolClient(LINK_SCHEME)
  const follow = (link: string | null) => {
    if (link === null) return
    messages.say(parseLink(link))
    showWindow()
  }
  app.on('open-url', (event, url) => {
    event.preventDefault()
    follow(url)
  })
  app.on('second-instance', (_event, argv) => follow(linkAmong(argv)))
  follow(linkAmong(args))
}
