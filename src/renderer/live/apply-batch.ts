import type { EpochMs } from '../../shared/domain/clock.ts'
import type { BrokerEvent, EventBatch } from '../../shared/domain/event.ts'
import { countEvents, eventsPerSecond, NO_RATE, type EventRate } from './event-rate.ts'

/**
 * `connecting`: never connected yet. `live`: what is shown is what is.
 * `lost`: what is shown was true at `since`, and a new attempt is under way.
 */
export type LiveConnection =
  | { readonly status: 'connecting' }
  | { readonly status: 'live' }
  | { readonly status: 'lost'; readonly since: EpochMs }

export interface LiveState {
  readonly connection: LiveConnection
  /** Number of the last event seen; null before the first connection. */
  readonly lastSeq: number | null
  /** Newest event there was when the stream was opened: up to here it is history, and no news. */
  readonly historyUntil: number
  /** The last events, oldest first; at most {@link RECENT_EVENTS}. */
  readonly recent: readonly BrokerEvent[]
  /** Events that happened and were not received, since the window opened. */
  readonly missed: number
  /** When a broker without events last answered; null for one that tells them. */
  readonly refreshedAt: EpochMs | null
  readonly rate: EventRate
  readonly eventsPerSecond: number
}

/** Where a stream was opened. */
export interface FeedOpening {
  readonly after: number
  /** Events between the last one seen and `after` that are left out. */
  readonly missed: number
  /** The newest event there was. */
  readonly latestSeq: number
}

export const RECENT_EVENTS = 100

export const NOTHING_YET: LiveState = {
  connection: { status: 'connecting' },
  lastSeq: null,
  historyUntil: 0,
  recent: [],
  missed: 0,
  refreshedAt: null,
  rate: NO_RATE,
  eventsPerSecond: 0,
}

/** What is known after a batch. Events seen before are dropped, so a batch delivered twice counts once. */
export function applyBatch(state: LiveState, batch: EventBatch, now: EpochMs): LiveState {
  const lastSeq = state.lastSeq ?? 0
  const fresh = batch.events.filter(({ seq }) => seq > lastSeq)
  if (fresh.length === 0 && batch.missed === 0) return state
  const rate = countEvents(state.rate, countNews(fresh, state.historyUntil) + batch.missed, now)
  return {
    ...state,
    lastSeq: fresh.at(-1)?.seq ?? state.lastSeq,
    recent: [...state.recent, ...fresh].slice(-RECENT_EVENTS),
    missed: state.missed + batch.missed,
    rate,
    eventsPerSecond: eventsPerSecond(rate, now),
  }
}

/** How many of the events happened after the stream was opened. */
export function countNews(events: readonly BrokerEvent[], historyUntil: number): number {
  const first = events.findIndex(({ seq }) => seq > historyUntil)
  return first < 0 ? 0 : events.length - first
}

/** What is known once a stream is open that goes on after an event. */
export function applyOpening(state: LiveState, { after, missed, latestSeq }: FeedOpening): LiveState {
  const isSameHistory = state.lastSeq !== null && state.lastSeq <= after
  return {
    ...state,
    connection: { status: 'live' },
    lastSeq: after,
    historyUntil: latestSeq,
    refreshedAt: null,
    recent: isSameHistory ? state.recent : [],
    missed: state.missed + missed,
  }
}

/** A broker without events has answered: what is shown is as it is now, or is being asked. */
export function applyLook(state: LiveState, now: EpochMs): LiveState {
  const connection = state.connection.status === 'live' ? state.connection : { status: 'live' as const }
  return { ...state, connection, refreshedAt: now }
}

/** The stream broke, or could not be opened again. What never was there is not lost: still connecting. */
export function applyLoss(state: LiveState, now: EpochMs): LiveState {
  if (state.connection.status !== 'live') return state
  // Without events, what is shown is as old as the last answer.
  return { ...state, connection: { status: 'lost', since: state.refreshedAt ?? now } }
}

/** A moment passed. The same state when nothing that shows has changed. */
export function applyTick(state: LiveState, now: EpochMs): LiveState {
  const current = eventsPerSecond(state.rate, now)
  return current === state.eventsPerSecond ? state : { ...state, eventsPerSecond: current }
}
