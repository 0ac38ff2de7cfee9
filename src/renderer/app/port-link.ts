import type { ClientContext, ClientLink } from '@orpc/client'
import { RPCLink as PortLink } from '@orpc/client/message-port'
import { PORT_MESSAGE_TYPE, type PenstockBridge, type PortService } from '../../shared/contract/bridge.ts'

/** Opens a port with the first call, and another one when the last was closed from the far side. */
export function createPortLink(bridge: PenstockBridge, service: PortService): ClientLink<ClientContext> {
  let link: Promise<PortLink<ClientContext>> | null = null
  const open = async () => {
    const port = await requestPort(bridge, service)
    port.addEventListener('close', () => {
      link = null
    })
    const opened = new PortLink<ClientContext>({ port })
    port.start()
    return opened
  }
  return {
    call: async (path, input, options) => {
      link ??= open()
      return (await link).call(path, input, options)
    },
  }
}

function requestPort(bridge: PenstockBridge, service: PortService): Promise<MessagePort> {
  return new Promise((resolve) => {
    const receive = (event: MessageEvent<unknown>) => {
      const [port] = event.ports
      if (event.source !== window || port === undefined || !isPortMessage(event.data, service)) return
      window.removeEventListener('message', receive)
      resolve(port)
    }
    window.addEventListener('message', receive)
    bridge.connect(service)
  })
}

function isPortMessage(data: unknown, service: PortService): boolean {
  if (typeof data !== 'object' || data === null || !('type' in data) || !('service' in data)) return false
  return data.type === PORT_MESSAGE_TYPE && data.service === service
}
