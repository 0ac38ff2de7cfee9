import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import { createContext, use, type ReactNode } from 'react'
import { createLiveStore, type Live } from '../live/live-store.ts'
import { createClientFeed } from './client-feed.ts'
import type { BrokerClient } from './client.ts'

/** One attached broker: how to ask it, how to cache its answers, and what it does right now. */
export interface BrokerConnection {
  /** In the keys of what is cached. */
  readonly id: string
  /** Its name among the connections; null for the broker of this program. */
  readonly connection: string | null
  readonly client: BrokerClient
  /** Query keys and options of every call, under this broker's id. */
  readonly queries: ReturnType<typeof createTanstackQueryUtils<BrokerClient>>
  readonly live: Live
}

export function openBrokerConnection(connection: string | null, client: BrokerClient): BrokerConnection {
  const id = connection === null ? 'local' : `connection/${connection}`
  return {
    id,
    connection,
    client,
    queries: createTanstackQueryUtils(client, { path: [id] }),
    live: createLiveStore({
      feed: createClientFeed(client, { mayLackEvents: connection !== null }),
      now: Date.now,
      random: Math.random,
      setTimer: (run, ms) => {
        const timer = setTimeout(run, ms)
        return () => clearTimeout(timer)
      },
    }),
  }
}

const BrokerContext = createContext<BrokerConnection | null>(null)

interface BrokerProviderProps {
  readonly broker: BrokerConnection
  readonly children: ReactNode
}

export const BrokerProvider = ({ broker, children }: BrokerProviderProps) => (
  <BrokerContext value={broker}>{children}</BrokerContext>
)

/** The broker whose data the window shows. */
export function useBroker(): BrokerConnection {
  const broker = use(BrokerContext)
  if (broker === null) throw new Error('useBroker needs a BrokerProvider around it')
  return broker
}
