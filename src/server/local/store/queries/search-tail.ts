import type { BrokerEvent } from '../../../../shared/domain/event.ts'
import { prepareReadCursor } from '../background-cursors.ts'
import type { ReadableDatabase } from '../open-database.ts'

/** Events that leave everything that is searched as it was. */
const WITHOUT_TEXT: ReadonlySet<string> = new Set([
  'task.claimed',
  'task.started',
  'task.progress',
  'task.log',
  'task.paused',
  'task.resumed',
])

/** The task whose text an event may have changed; null when it changed none. */
export function changedTask({ type, data }: BrokerEvent): number | null {
  return type.startsWith('task.') && !WITHOUT_TEXT.has(type) ? (data['number'] as number) : null
}

/**
 * The tasks that changed after the full-text index was last filled, so that a search reads them
 * themselves: what was submitted a moment ago is found at once.
 * @returns a function that takes how many of the newest events are looked through, about.
 */
export function prepareSearchTail(db: ReadableDatabase): (maxEvents: number) => readonly number[] {
  const readCursor = prepareReadCursor(db)
  const batches = db.prepare<[number], { first_seq: number; last_seq: number; events: string }>(
    'SELECT first_seq, last_seq, events FROM event_batches WHERE last_seq > ? ORDER BY last_seq DESC',
  )
  return (maxEvents) => {
    const numbers = new Set<number>()
    let seen = 0
    for (const { first_seq, last_seq, events } of batches.iterate(readCursor('search.seq') ?? 0)) {
      for (const event of JSON.parse(events) as BrokerEvent[]) {
        const number = changedTask(event)
        if (number !== null) numbers.add(number)
      }
      seen += last_seq - first_seq + 1
      if (seen >= maxEvents) break
    }
    return [...numbers]
  }
}
