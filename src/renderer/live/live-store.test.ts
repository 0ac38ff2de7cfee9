import { describe, expect, it, vi } from 'vitest'
import type { BrokerEvent, EventBatch } from '../../shared/domain/event.ts'
import type { EventFeed, FeedRequest } from './event-feed.ts'
import { createLiveStore } from './live-store.ts'

const event = (seq: number): BrokerEvent => ({
  seq,
  type: 'task.started',
  at: seq,
  taskId: 't',
  queue: 'default',
  workerId: null,
  data: {},
})

/** A feed whose streams are scripted: what each opening yields, and whether it then breaks or stays open. */
function scriptedFeed(latestSeq: number, openings: readonly (readonly number[] | 'refuse')[]) {
  const requests: FeedRequest[] = []
  const feed: EventFeed = {
    hasEvents: async () => true,
    look: async () => undefined,
    lookEveryMs: () => 1000,
    latestSeq: async () => latestSeq,
    open: async (request) => {
      const script = openings[requests.length]
      requests.push(request)
      if (script === 'refuse') throw new TypeError('Failed to fetch')
      return (async function* (): AsyncGenerator<EventBatch> {
        if (script === undefined)
          await new Promise((resolve) => request.signal.addEventListener('abort', resolve))
        else yield { events: script.map(event), missed: 0 }
      })()
    },
  }
  return { feed, requests }
}

/** Runs every pause at once, except the one-second tick. */
function open(feed: EventFeed) {
  const live = createLiveStore({
    feed,
    now: () => 1000,
    random: () => 0,
    setTimer: (run, ms) => {
      if (ms !== 1000) queueMicrotask(run)
      return () => {}
    },
  })
  return { live, stop: live.start() }
}

describe('a live store', () => {
  it('begins with a little history', async () => {
    const { feed, requests } = scriptedFeed(500, [])
    const { live, stop } = open(feed)

    await vi.waitFor(() => expect(live.store.getState().connection.status).toBe('live'))
    expect(requests[0]?.after).toBe(400)
    stop()
  })

  it('goes on after the last event seen when the stream breaks, also after failed attempts', async () => {
    const { feed, requests } = scriptedFeed(4, [[1, 2, 3], 'refuse', 'refuse', [3, 4]])
    const { live, stop } = open(feed)
    const received: number[] = []
    live.onBatch(({ events }) => received.push(...events.map(({ seq }) => seq)))

    await vi.waitFor(() => expect(live.store.getState().lastSeq).toBe(4))
    expect(requests.slice(0, 4).map(({ after }) => after)).toEqual([0, 3, 3, 3])
    expect(live.store.getState().recent.map(({ seq }) => seq)).toEqual([1, 2, 3, 4])
    stop()
  })

  it('says since when the connection is lost', async () => {
    const { feed } = scriptedFeed(3, [[1, 2, 3], 'refuse', 'refuse', 'refuse'])
    const live = createLiveStore({ feed, now: () => 7000, random: () => 0, setTimer: () => () => {} })
    const stop = live.start()

    await vi.waitFor(() => expect(live.store.getState().connection).toEqual({ status: 'lost', since: 7000 }))
    stop()
  })

  it('is still connecting while it never was connected', async () => {
    const latestSeq = vi.fn<() => Promise<number>>(() => Promise.reject(new TypeError('Failed to fetch')))
    const { live, stop } = open({ ...scriptedFeed(0, []).feed, latestSeq })

    await vi.waitFor(() => expect(latestSeq.mock.calls.length).toBeGreaterThan(3))
    expect(live.store.getState().connection).toEqual({ status: 'connecting' })
    stop()
  })

  it('asks for nothing more once it was stopped', async () => {
    const { feed, requests } = scriptedFeed(0, [])
    const { live, stop } = open(feed)
    await vi.waitFor(() => expect(live.store.getState().connection.status).toBe('live'))

    stop()
    await new Promise((resolve) => setImmediate(resolve))

    expect(requests).toHaveLength(1)
    expect(requests[0]?.signal.aborted).toBe(true)
  })
})
