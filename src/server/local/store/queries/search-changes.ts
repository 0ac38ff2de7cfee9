import type { BrokerEvent } from '../../../../shared/domain/event.ts'
import { prepareReadCursor } from '../background-cursors.ts'
import type { ReadableDatabase } from '../open-database.ts'
import { changedTask } from './search-tail.ts'

/** What the full-text index lacks: the next slice of it. */
export interface SearchChanges {
  readonly numbers: readonly number[]
  /** The index has everything up to this event and this instant when the slice is in. */
  readonly seq: number
  readonly at: number
  /** Where looking through all tasks stands after this slice; null when that is over or not needed. */
  readonly rescan: { readonly upTo: number; readonly since: number } | null
  /** Nothing more is to be done after it. */
  readonly isLast: boolean
}

/** Events looked through for one slice, at most about. */
const MAX_EVENTS = 20_000
/** Task numbers looked through for one slice when events were lost. */
const RESCAN_WINDOW = 20_000
/** How much earlier than the last indexed event a lost one may say it was. */
const CLOCK_SLACK_MS = 60_000

/**
 * Reads what changed from the event log. Where more was logged than is kept before it could be read,
 * all tasks are looked through for what changed since.
 */
export function prepareSearchChanges(db: ReadableDatabase) {
  const readCursor = prepareReadCursor(db)
  const firstBatch = db.prepare<[number], { first_seq: number }>(
    'SELECT first_seq FROM event_batches WHERE last_seq > ? ORDER BY last_seq LIMIT 1',
  )
  const lastSeq = db.prepare<[], number | null>('SELECT max(last_seq) FROM event_batches').pluck()
  const batches = db.prepare<[number], { last_seq: number; events: string }>(
    'SELECT last_seq, events FROM event_batches WHERE last_seq > ? ORDER BY last_seq',
  )
  const changedSince = db
    .prepare<[object], number>(
      'SELECT number FROM tasks WHERE number > @after AND number <= @upTo AND updated_at >= @since ORDER BY number LIMIT @limit',
    )
    .pluck()
  const lastNumber = db.prepare<[], number | null>('SELECT max(number) FROM tasks').pluck()
  /** A large batch takes several slices; it is parsed once. */
  let parsed: { readonly lastSeq: number; readonly events: readonly BrokerEvent[] } | null = null

  function parse(batch: { last_seq: number; events: string }): readonly BrokerEvent[] {
    if (parsed?.lastSeq !== batch.last_seq)
      parsed = { lastSeq: batch.last_seq, events: JSON.parse(batch.events) as BrokerEvent[] }
    return parsed.events
  }

  function rescanned(after: number, since: number, seq: number, at: number, limit: number): SearchChanges {
    const end = lastNumber.get() ?? 0
    const window = Math.min(after + RESCAN_WINDOW, end)
    const numbers = changedSince.all({ after, upTo: window, since, limit })
    const upTo = numbers.length < limit ? window : numbers.at(-1)!
    return { numbers, seq, at, rescan: upTo >= end ? null : { upTo, since }, isLast: false }
  }

  return ({ limit }: { readonly limit: number }): SearchChanges => {
    const seq = readCursor('search.seq') ?? 0
    const at = readCursor('search.at') ?? 0
    const first = firstBatch.get(seq)
    if (first !== undefined && first.first_seq > seq + 1) {
      const since = readCursor('search.rescan_since') ?? Math.max(0, at - CLOCK_SLACK_MS)
      return { numbers: [], seq: lastSeq.get() ?? seq, at, rescan: { upTo: 0, since }, isLast: false }
    }
    const numbers = new Set<number>()
    let reached = { seq, at }
    let seen = 0
    for (const batch of batches.iterate(seq)) {
      for (const event of parse(batch)) {
        if (event.seq <= reached.seq) continue
        if (numbers.size === limit || seen === MAX_EVENTS)
          return { ...reached, numbers: [...numbers], rescan: rescanOf(), isLast: false }
        const number = changedTask(event)
        if (number !== null) numbers.add(number)
        reached = { seq: event.seq, at: event.at }
        seen += 1
      }
    }
    const rescan = rescanOf()
    if (numbers.size === 0 && rescan !== null)
      return rescanned(rescan.upTo, rescan.since, reached.seq, reached.at, limit)
    return { ...reached, numbers: [...numbers], rescan, isLast: rescan === null }
  }

  function rescanOf(): SearchChanges['rescan'] {
    const upTo = readCursor('search.rescan')
    return upTo === null ? null : { upTo, since: readCursor('search.rescan_since') ?? 0 }
  }
}
