import {
  ipcMain,
  MessageChannelMain,
  type MessagePortMain,
  type WebContents,
  type WebFrameMain,
} from 'electron'
import { serveRpcOverPort, type ServedRouter } from '../server/rpc/serve-rpc-over-port.ts'
import { CONNECT_CHANNEL, PORT_CHANNEL, PORT_SERVICES, type PortService } from '../shared/contract/bridge.ts'
import { isAppUrl } from './app-scheme.ts'

/** What each service answers with; null when it cannot be had, as when the engine could not start. */
export type PortRouters = Readonly<Record<PortService, () => Promise<ServedRouter | null>>>

/**
 * Gives a page that asks a port on which a service is served. It may ask before the engine is up: what it
 * sends meanwhile waits in the port, which closes when there is nothing to serve. One port a page and
 * service; a new one ends the one before.
 */
export function handOutPorts(routers: PortRouters): void {
  const portsOf = new WeakMap<WebContents, Map<PortService, MessagePortMain>>()

  ipcMain.on(CONNECT_CHANNEL, ({ sender, senderFrame }, asked: unknown = 'broker') => {
    const service = PORT_SERVICES.find((known) => known === asked)
    if (senderFrame === null || !isWindowFrame(senderFrame) || service === undefined) return
    const ports = portsOf.get(sender) ?? new Map<PortService, MessagePortMain>()
    portsOf.set(sender, ports)
    ports.get(service)?.close()
    const { port1, port2 } = new MessageChannelMain()
    ports.set(service, port1)
    senderFrame.postMessage(PORT_CHANNEL, service, [port2])
    void routers[service]().then((ready) => (ready === null ? port1.close() : serveRpcOverPort(port1, ready)))
  })
}

/** Only the window's own page is answered, never a frame inside it. */
function isWindowFrame(frame: WebFrameMain): boolean {
  return frame.parent === null && isAppUrl(frame.url)
}
