import { createORPCClient } from '@orpc/client'
import { RPCLink as FetchLink } from '@orpc/client/fetch'
import type { ContractRouterClient } from '@orpc/contract'
import { CONNECTION_SERVICE, type PenstockBridge } from '../../shared/contract/bridge.ts'
import type { Contract } from '../../shared/contract/contract.ts'
import { refuseLacking } from './connections/refuse-lacking.ts'
import { createPortLink } from './port-link.ts'

/** Every call of the contract, typed from it. */
export type BrokerClient = ContractRouterClient<Contract>

declare global {
  interface Window {
    readonly penstock?: PenstockBridge
  }
}

/**
 * Inside the desktop app through a port to its main process, in a browser over HTTP to where the page came from.
 * @param connection which broker elsewhere, reached through that program; null is its own
 */
export function createBrokerClient(connection: string | null): BrokerClient {
  const { penstock } = window
  const link =
    penstock === undefined
      ? new FetchLink({ url: () => new URL(pathOf(connection), window.location.origin) })
      : createPortLink(penstock, connection === null ? 'broker' : `${CONNECTION_SERVICE}${connection}`)
  return createORPCClient(connection === null ? link : refuseLacking(link))
}

const pathOf = (connection: string | null) =>
  connection === null ? '/rpc' : `/connections/${connection}/rpc`
