import type { EpochMs } from '../../../shared/domain/clock.ts'
import type { BrokerEvent, EventBatch, EventType } from '../../../shared/domain/event.ts'
import { countNews } from '../../live/apply-batch.ts'
import { detailOf, EVENT_LOOKS, subjectOf } from '../../live/describe-event.ts'
import { countEvents, NO_RATE, type EventRate } from '../../live/event-rate.ts'

/** The events a page of the stream has at hand. */
export interface EventLog {
  /** Oldest first, at most {@link KEPT_EVENTS}. */
  readonly events: readonly BrokerEvent[]
  /** Newest event there was at the opening: up to here it is history, and no news. Null before it. */
  readonly historyUntil: number | null
  /** How many matched since it was opened, shown or not. */
  readonly matched: number
  /** How often events matched, and how often one got into the list. */
  readonly matchedRate: EventRate
  readonly shownRate: EventRate
  /** How many more may be taken in before the next second brings more. */
  readonly allowance: number
  readonly refilledAt: EpochMs
}

export const KEPT_EVENTS = 5_000

/** Faster than this nobody reads; a longer stretch of time is worth more than every line of a short one. */
const SHOWN_PER_SECOND = 250
/** A burst may take this many at once, so that only what goes on is sampled. */
const BURST = 1_000

export function emptyLog(now: EpochMs): EventLog {
  return {
    events: [],
    historyUntil: null,
    matched: 0,
    matchedRate: NO_RATE,
    shownRate: NO_RATE,
    allowance: BURST,
    refilledAt: now,
  }
}

/** Trouble and what people did; kept before anything else when there is too much. */
const COMES_FIRST: ReadonlySet<EventType> = new Set<EventType>([
  'task.failed',
  'task.timed_out',
  'task.cancelled',
  'worker.connected',
  'worker.disconnected',
  'worker.paused',
  'worker.resumed',
  'worker.draining',
  'queue.paused',
  'queue.resumed',
  'queue.purged',
  'alert.raised',
  'alert.acknowledged',
  'alert.cleared',
])

/** Takes in a batch. When more match than can be read, a sample of them: trouble first, the rest evenly. */
export function appendToLog(log: EventLog, batch: EventBatch, text: string, now: EpochMs): EventLog {
  const matching = batch.events.filter((event) => matchesText(event, text))
  const refilled = log.allowance + ((now - log.refilledAt) / 1000) * SHOWN_PER_SECOND
  const allowance = Math.min(BURST, Math.max(0, refilled))
  const taken = sample(matching, Math.floor(allowance))
  return {
    historyUntil: log.historyUntil,
    events: taken.length === 0 ? log.events : [...log.events, ...taken].slice(-KEPT_EVENTS),
    matched: log.matched + matching.length + batch.missed,
    matchedRate: countEvents(log.matchedRate, countNews(matching, log.historyUntil ?? 0) + batch.missed, now),
    shownRate: countEvents(log.shownRate, countNews(taken, log.historyUntil ?? 0), now),
    allowance: allowance - taken.length,
    refilledAt: now,
  }
}

/** At most `room` of the events, in their order. */
function sample(events: readonly BrokerEvent[], room: number): readonly BrokerEvent[] {
  if (events.length <= room) return events
  const first = evenly(
    events.filter(({ type }) => COMES_FIRST.has(type)),
    room,
  )
  const rest = evenly(
    events.filter(({ type }) => !COMES_FIRST.has(type)),
    room - first.length,
  )
  return [...first, ...rest].toSorted((a, b) => a.seq - b.seq)
}

function evenly<Item>(items: readonly Item[], count: number): readonly Item[] {
  if (items.length <= count) return items
  return Array.from(
    { length: count },
    (_, index) => items[Math.floor((index * items.length) / count)] as Item,
  ) // index < length
}

/** Whether every word of the text is in what the row shows, or in one of its ids. */
export function matchesText(event: BrokerEvent, text: string): boolean {
  if (text === '') return true
  const { type, taskId, queue, workerId } = event
  const row = [type, EVENT_LOOKS[type].word, subjectOf(event), detailOf(event), taskId, queue, workerId]
    .filter(Boolean)
    .join(' ')
    .toLowerCase()
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => row.includes(word))
}
