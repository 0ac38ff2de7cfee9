import {
  ipcMain,
  MessageChannelMain,
  type MessagePortMain,
  type WebContents,
  type WebFrameMain,
} from 'electron'
import { serveRpcOverPort, type ServedRouter } from '../server/rpc/serve-rpc-over-port.ts'
import {
  CONNECT_CHANNEL,
  CONNECTION_SERVICE,
  PORT_CHANNEL,
  PORT_SERVICES,
  type PortService,
} from '../shared/contract/bridge.ts'
import { isAppUrl } from './app-scheme.ts'

/** What each service answers with; null when it cannot be had, as when the engine could not start. */
export interface PortRouters extends Readonly<
  Record<(typeof PORT_SERVICES)[number], () => Promise<ServedRouter | null>>
> {
  /** Of a connection; null when there is none of that name. */
  readonly connection: (name: string) => Promise<ServedRouter | null>
}

/**
 * Gives a page that asks a port on which a service is served. It may ask before the engine is up: what it
 * sends meanwhile waits in the port, which closes when there is nothing to serve. One port a page and
 * service; a new one ends the one before.
 */
export function handOutPorts(routers: PortRouters): void {
  const portsOf = new WeakMap<WebContents, Map<PortService, MessagePortMain>>()

  ipcMain.on(CONNECT_CHANNEL, ({ sender, senderFrame }, asked: unknown = 'broker') => {
    const service = readService(asked)
    if (senderFrame === null || !isWindowFrame(senderFrame) || service === undefined) return
    const ports = portsOf.get(sender) ?? new Map<PortService, MessagePortMain>()
    portsOf.set(sender, ports)
    ports.get(service)?.close()
    const { port1, port2 } = new MessageChannelMain()
    ports.set(service, port1)
    senderFrame.postMessage(PORT_CHANNEL, service, [port2])
    void routerOf(routers, service).then((ready) => {
      if (ready !== null) return serveRpcOverPort(port1, ready)
      if (ports.get(service) === port1) ports.delete(service)
      port1.close()
    })
  })
}

function readService(asked: unknown): PortService | undefined {
  const known = PORT_SERVICES.find((service) => service === asked)
  if (known !== undefined || typeof asked !== 'string' || !asked.startsWith(CONNECTION_SERVICE)) return known
  return `${CONNECTION_SERVICE}${asked.slice(CONNECTION_SERVICE.length)}`
}

function routerOf(routers: PortRouters, service: PortService): Promise<ServedRouter | null> {
  return service === 'broker' || service === 'desktop'
    ? routers[service]()
    : routers.connection(service.slice(CONNECTION_SERVICE.length))
}

/** Only the window's own page is answered, never a frame inside it. */
function isWindowFrame(frame: WebFrameMain): boolean {
  return frame.parent === null && isAppUrl(frame.url)
}
