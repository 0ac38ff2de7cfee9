import type { AnyRouter } from '@orpc/server'
import { StandardRPCHandler } from '@orpc/server/standard'
import { createServerPeerHandleRequestFn } from '@orpc/server/standard-peer'
import { ServerPeer } from '@orpc/standard-server-peer'

/** A port as browsers and Node's threads have it. */
interface EventTargetPort {
  postMessage(message: unknown): void
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void
  addEventListener(type: 'close', listener: () => void): void
  start?(): void
  close(): void
}

/** A port as Electron's main process has it. */
interface EmitterPort {
  postMessage(message: unknown): void
  on(type: 'message', listener: (event: { readonly data: unknown }) => void): unknown
  on(type: 'close', listener: () => void): unknown
  start(): void
  close(): void
}

export type RpcPort = EventTargetPort | EmitterPort

/** Of any contract whose calls need no context of their transport. */
export type ServedRouter = AnyRouter

/**
 * The window's calls and event streams over one end of a message channel. Everything of this port
 * ends with it: when the other end goes away, its event streams close. A message that is not of the
 * protocol ends the port, since nothing honest sends one.
 */
export function serveRpcOverPort(port: RpcPort, router: ServedRouter): void {
  const answer = createServerPeerHandleRequestFn(new StandardRPCHandler(router), {
    // A port leads to a window of this very program.
    context: { isHere: true },
  })
  const peer = new ServerPeer((message) => port.postMessage(message))

  const onClose = () => peer.close()
  const onMessage = ({ data }: { readonly data: unknown }) => {
    const received =
      typeof data === 'string' ? peer.message(data, answer) : Promise.reject(new TypeError('not text'))
    received.catch(() => {
      peer.close()
      port.close()
    })
  }

  if ('addEventListener' in port) {
    port.addEventListener('message', onMessage)
    port.addEventListener('close', onClose)
  } else {
    port.on('message', onMessage)
    port.on('close', onClose)
  }
  port.start?.()
}
