import { createORPCClient, type ClientContext, type ClientLink } from '@orpc/client'
import { RPCLink as FetchLink } from '@orpc/client/fetch'
import { RPCLink as PortLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import { PORT_MESSAGE, type PenstockBridge } from '../../shared/contract/bridge.ts'
import type { Contract } from '../../shared/contract/contract.ts'

/** Every call of the contract, typed from it. */
export type BrokerClient = ContractRouterClient<Contract>

declare global {
  interface Window {
    readonly penstock?: PenstockBridge
  }
}

/** Inside the desktop app through a port to its main process, in a browser over HTTP to where the page came from. */
export function createBrokerClient(): BrokerClient {
  const { penstock } = window
  return createORPCClient(
    penstock === undefined
      ? new FetchLink({ url: () => new URL('/rpc', window.location.origin) })
      : createPortLink(penstock),
  )
}

/** Opens a port with the first call, and another one when the last was closed from the far side. */
function createPortLink(bridge: PenstockBridge): ClientLink<ClientContext> {
  let link: Promise<PortLink<ClientContext>> | null = null
  const open = async () => {
    const port = await requestPort(bridge)
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

function requestPort(bridge: PenstockBridge): Promise<MessagePort> {
  return new Promise((resolve) => {
    const receive = (event: MessageEvent<unknown>) => {
      const [port] = event.ports
      if (event.source !== window || port === undefined || !isPortMessage(event.data)) return
      window.removeEventListener('message', receive)
      resolve(port)
    }
    window.addEventListener('message', receive)
    bridge.connect()
  })
}

function isPortMessage(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'type' in data && data.type === PORT_MESSAGE.type
}
