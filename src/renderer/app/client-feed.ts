import { reasonOf } from '../../shared/domain/capabilities.ts'
import type { EventFeed } from '../live/event-feed.ts'
import type { BrokerClient } from './client.ts'

const LOOK_EVERY_MS = 2000
/** Nobody sees it. */
const LOOK_WHILE_HIDDEN_MS = 15_000

interface ClientFeedOptions {
  /** A broker elsewhere is asked first whether it tells events. */
  readonly mayLackEvents: boolean
}

/** The broker's events through the contract. */
export function createClientFeed(client: BrokerClient, { mayLackEvents }: ClientFeedOptions): EventFeed {
  return {
    async hasEvents(signal) {
      if (!mayLackEvents) return true
      const { capabilities } = await client.system.status(undefined, { signal })
      return reasonOf(capabilities.events) === null
    },
    latestSeq: async (signal) => (await client.overview(undefined, { signal })).lastSeq,
    open: ({ after, filter, signal }) => client.events({ after, ...filter }, { signal }),
    async look(signal) {
      await client.system.health(undefined, { signal })
    },
    lookEveryMs: () => (document.hidden ? LOOK_WHILE_HIDDEN_MS : LOOK_EVERY_MS),
  }
}
