import { createStore, type StoreApi } from 'zustand/vanilla'
import type { EpochMs } from '../../shared/domain/clock.ts'
import type { EventBatch } from '../../shared/domain/event.ts'
import {
  applyBatch,
  applyLook,
  applyLoss,
  applyOpening,
  applyTick,
  NOTHING_YET,
  RECENT_EVENTS,
  type LiveState,
} from './apply-batch.ts'
import type { EventFeed } from './event-feed.ts'
import { followFeed, type SetTimer } from './follow-feed.ts'

export interface LiveOptions {
  readonly feed: EventFeed
  readonly now: () => EpochMs
  readonly random: () => number
  readonly setTimer: SetTimer
}

/** What one broker does right now. One per attached broker, for as long as the window shows it. */
export interface Live {
  readonly feed: EventFeed
  readonly store: StoreApi<LiveState>
  /**
   * Calls back with every batch, after the store has taken it in. Answers how to stop. An empty batch is from a
   * broker without events: nobody knows what has happened since the last one.
   */
  onBatch(listener: (batch: EventBatch) => void): () => void
  /** Begins to follow; answers how to stop. */
  start(): () => void
  /** Ends the pause before the next attempt, or the next look. */
  wake(): void
}

const LOOK: EventBatch = { events: [], missed: 0 }

const TICK_MS = 1000

export function createLiveStore({ feed, now, random, setTimer }: LiveOptions): Live {
  const store = createStore<LiveState>(() => NOTHING_YET)
  const listeners = new Set<(batch: EventBatch) => void>()

  const receive = (batch: EventBatch) => {
    store.setState((state) => applyBatch(state, batch, now()))
    for (const listener of listeners) listener(batch)
  }

  let wake = () => {}

  const start = () => {
    const abort = new AbortController()
    let cancelTick = () => {}
    const tick = () => {
      store.setState((state) => applyTick(state, now()))
      cancelTick = setTimer(tick, TICK_MS)
    }
    tick()
    void followFeed(
      {
        feed,
        filter: {},
        history: RECENT_EVENTS,
        random,
        setTimer: (run, ms) => {
          wake = run
          return setTimer(run, ms)
        },
        lastSeq: () => store.getState().lastSeq,
        onOpen: (opening) => store.setState((state) => applyOpening(state, opening)),
        onBatch: receive,
        onLook: () => {
          store.setState((state) => applyLook(state, now()))
          for (const listener of listeners) listener(LOOK)
        },
        onLoss: () => store.setState((state) => applyLoss(state, now())),
      },
      abort.signal,
    )
    return () => {
      cancelTick()
      abort.abort()
    }
  }

  return {
    feed,
    store,
    onBatch: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    start,
    wake: () => wake(),
  }
}
