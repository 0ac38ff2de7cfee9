import {
  ipcMain,
  MessageChannelMain,
  type MessagePortMain,
  type WebContents,
  type WebFrameMain,
} from 'electron'
import type { RpcRouter } from '../server/rpc/create-router.ts'
import { serveRpcOverPort } from '../server/rpc/serve-rpc-over-port.ts'
import { CONNECT_CHANNEL, PORT_CHANNEL } from '../shared/contract/bridge.ts'
import { isAppUrl } from './app-scheme.ts'

/**
 * Gives a page that asks a port on which the contract is served. It may ask before the engine is up:
 * what it sends meanwhile waits in the port. One port a page; a new one ends the one before.
 *
 * @param router asked for each port; null when the engine could not start, and the port closes then.
 */
export function handOutPorts(router: () => Promise<RpcRouter | null>): void {
  const portOf = new WeakMap<WebContents, MessagePortMain>()

  ipcMain.on(CONNECT_CHANNEL, ({ sender, senderFrame }) => {
    if (senderFrame === null || !isWindowFrame(senderFrame)) return
    portOf.get(sender)?.close()
    const { port1, port2 } = new MessageChannelMain()
    portOf.set(sender, port1)
    senderFrame.postMessage(PORT_CHANNEL, null, [port2])
    void router().then((ready) => (ready === null ? port1.close() : serveRpcOverPort(port1, ready)))
  })
}

/** Only the window's own page is answered, never a frame inside it. */
function isWindowFrame(frame: WebFrameMain): boolean {
  return frame.parent === null && isAppUrl(frame.url)
}
