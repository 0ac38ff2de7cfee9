import { createORPCClient } from '@orpc/client'
import { RPCLink as FetchLink } from '@orpc/client/fetch'
import type { ContractRouterClient } from '@orpc/contract'
import type { PenstockBridge } from '../../shared/contract/bridge.ts'
import type { Contract } from '../../shared/contract/contract.ts'
import { createPortLink } from './port-link.ts'

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
      : createPortLink(penstock, 'broker'),
  )
}
