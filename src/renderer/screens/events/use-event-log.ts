import { useEffect, useState } from 'react'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { useBroker } from '../../app/broker-connection.tsx'
import type { EventFeed } from '../../live/event-feed.ts'
import { followFeed } from '../../live/follow-feed.ts'
import { createThrottle } from '../../live/throttle.ts'
import { appendToLog, emptyLog, type EventLog } from './event-log.ts'
import type { EventsSearch } from './events-search.ts'

/** So many earlier events are fetched at first; a filter leaves few of them, so it looks back further. */
const HISTORY = 500
const FILTERED_HISTORY = 5_000
/** How often the list may change: often enough to be live, seldom enough to be read and cheap. */
const REDRAW_MS = 250

/** The events that match a search, from its own stream of the broker; redrawn four times a second at most. */
export function useEventLog({ types, queue, text = '' }: EventsSearch): EventLog {
  const { live } = useBroker()
  const [log, setLog] = useState(() => emptyLog(Date.now()))
  const typesKey = types?.join(' ') ?? ''
  useEffect(() => {
    const store = createStore(() => emptyLog(Date.now()))
    const throttle = createThrottle(() => setLog(store.getState()), REDRAW_MS, {
      now: () => performance.now(),
      setTimer,
    })
    setLog(store.getState())
    const stopListening = store.subscribe(throttle.request)
    const filter = { types: typesKey === '' ? undefined : types?.slice(), queue }
    const stop = follow(live.feed, filter, text, store)
    return () => {
      stop()
      stopListening()
      throttle.cancel()
    }
    // `typesKey` stands for `types`, whose identity changes with every render.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [live, typesKey, queue, text])
  return log
}

function follow(
  feed: EventFeed,
  filter: Parameters<EventFeed['open']>[0]['filter'],
  text: string,
  store: StoreApi<EventLog>,
): () => void {
  const abort = new AbortController()
  const isFiltered = filter.types !== undefined || filter.queue !== undefined || text !== ''
  let lastSeq: number | null = null
  void followFeed(
    {
      feed,
      filter,
      history: isFiltered ? FILTERED_HISTORY : HISTORY,
      random: Math.random,
      setTimer,
      lastSeq: () => lastSeq,
      onOpen: ({ after, latestSeq }) => {
        lastSeq = after
        store.setState({ historyUntil: latestSeq })
      },
      onBatch: (batch) => {
        lastSeq = batch.events.at(-1)?.seq ?? lastSeq
        store.setState((log) => appendToLog(log, batch, text, Date.now()))
      },
      onLoss: () => {},
    },
    abort.signal,
  )
  return () => abort.abort()
}

function setTimer(run: () => void, ms: number): () => void {
  const timer = setTimeout(run, ms)
  return () => clearTimeout(timer)
}
