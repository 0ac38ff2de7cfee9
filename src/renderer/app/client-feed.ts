import type { EventFeed } from '../live/event-feed.ts'
import type { BrokerClient } from './client.ts'

/** The broker's events through the contract. */
export function createClientFeed(client: BrokerClient): EventFeed {
  return {
    latestSeq: async (signal) => (await client.overview(undefined, { signal })).lastSeq,
    open: ({ after, filter, signal }) => client.events({ after, ...filter }, { signal }),
  }
}
