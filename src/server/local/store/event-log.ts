import type { EpochMs } from '../../../shared/domain/clock.ts'
import type { BrokerEvent, EventType } from '../../../shared/domain/event.ts'
import type { Json } from '../../../shared/domain/json.ts'
import type { ReadableDatabase, WritableDatabase } from './open-database.ts'

/** How many events are kept for subscribers that come back. */
const KEPT_EVENTS = 200_000
/** The log is trimmed whenever this many more have been written. */
const TRIM_EVERY = 10_000

/** The events of one transaction, as they are stored and as they cross the thread border: JSON text. */
export interface StoredEvents {
  readonly firstSeq: number
  readonly lastSeq: number
  /** JSON array of {@link BrokerEvent}. */
  readonly text: string
}

export type NewEvent = Omit<BrokerEvent, 'seq'>

export interface EventLog {
  readonly lastSeq: number
  /** Writes the events as one row, inside the caller's transaction. Numbers are without gaps. */
  append(events: readonly NewEvent[]): StoredEvents | null
  /** Takes back the numbers of an append whose transaction was rolled back. */
  rewind(lastSeq: number): void
}

export function createEventLog(db: WritableDatabase): EventLog {
  let lastSeq = (db.prepare('SELECT max(last_seq) FROM event_batches').pluck().get() as number | null) ?? 0
  let trimmedAt = lastSeq
  const insert = db.prepare('INSERT INTO event_batches (last_seq, first_seq, events) VALUES (?, ?, ?)')
  const trim = db.prepare('DELETE FROM event_batches WHERE last_seq <= ?')
  return {
    get lastSeq() {
      return lastSeq
    },
    append(events) {
      if (events.length === 0) return null
      const firstSeq = lastSeq + 1
      let seq = lastSeq
      const text = JSON.stringify(events.map((event) => ({ seq: ++seq, ...event })))
      insert.run(seq, firstSeq, text)
      lastSeq = seq
      if (lastSeq - trimmedAt >= TRIM_EVERY) {
        trim.run(lastSeq - KEPT_EVENTS)
        trimmedAt = lastSeq
      }
      return { firstSeq, lastSeq, text }
    },
    rewind(seq) {
      lastSeq = seq
      trimmedAt = Math.min(trimmedAt, seq)
    },
  }
}

/**
 * Stored batches that hold events after `afterSeq`, oldest first, until about `limit` events.
 * Served by the primary key.
 */
export function readEvents(db: ReadableDatabase, afterSeq: number, limit: number): readonly StoredEvents[] {
  const rows = db
    .prepare<[number, number], StoredEvents>(
      'SELECT first_seq AS firstSeq, last_seq AS lastSeq, events AS text FROM event_batches WHERE last_seq > ? ORDER BY last_seq LIMIT ?',
    )
    .all(afterSeq, limit)
  let count = 0
  const enough = rows.findIndex((row) => (count += row.lastSeq - row.firstSeq + 1) >= limit)
  return enough === -1 ? rows : rows.slice(0, enough + 1)
}

/** Data that every `task.…` event carries, then its own. */
export function taskEvent(
  type: EventType,
  at: EpochMs,
  task: {
    readonly id: string
    readonly number: number
    readonly name: string
    readonly queue: string
    readonly attempt: number
  },
  workerId: string | null,
  data: Readonly<Record<string, Json>>,
): NewEvent {
  return {
    type,
    at,
    taskId: task.id,
    queue: task.queue,
    workerId,
    data: { name: task.name, number: task.number, attempt: task.attempt, ...data },
  }
}
