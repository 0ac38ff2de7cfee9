import type { EventSubscription } from '../../shared/domain/broker.ts'
import type { BrokerEvent, EventBatch, EventFilter } from '../../shared/domain/event.ts'
import type { StoredEvents } from './store/event-log.ts'

/** Events kept in memory for subscribers; older ones are read from the store. */
const KEPT_EVENTS = 20_000
/** Most events of one batch. */
const MAX_BATCH = 1000

export interface EventHub {
  readonly lastSeq: number
  publish(stored: StoredEvents): void
  subscribe(options: {
    readonly after?: number | undefined
    readonly filter?: EventFilter | undefined
  }): EventSubscription
  close(): void
}

interface KeptBatch {
  readonly stored: StoredEvents
  /** Parsed when the first subscriber looks. */
  events: readonly BrokerEvent[] | null
}

/**
 * Gives events to subscribers, who pull: a slow one costs no memory here. One that falls behind what
 * is in memory reads the store, and one that falls behind that is told how many it missed.
 *
 * @param readStored reads stored batches after a `seq`, oldest first, at most about `limit` events.
 */
export function createEventHub(options: {
  readonly lastSeq: number
  readonly readStored: (after: number, limit: number) => Promise<readonly StoredEvents[]>
}): EventHub {
  let lastSeq = options.lastSeq
  let kept: KeptBatch[] = []
  let keptCount = 0
  let isClosed = false
  const waiting = new Set<() => void>()

  function wake(): void {
    for (const resolve of waiting) resolve()
    waiting.clear()
  }

  function trim(): void {
    let drop = 0
    while (keptCount > KEPT_EVENTS && drop < kept.length - 1) {
      const { firstSeq, lastSeq: last } = kept[drop]!.stored
      keptCount -= last - firstSeq + 1
      drop += 1
    }
    if (drop > 0) kept = kept.slice(drop)
  }

  /** From memory when it reaches back far enough, else null. */
  function fromMemory(after: number): readonly BrokerEvent[] | null {
    const first = kept[0]
    if (first === undefined || after + 1 < first.stored.firstSeq) return null
    let low = 0
    let high = kept.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if (kept[middle]!.stored.lastSeq <= after) low = middle + 1
      else high = middle
    }
    const events: BrokerEvent[] = []
    for (let index = low; index < kept.length && events.length < MAX_BATCH; index += 1) {
      const batch = kept[index]!
      batch.events ??= JSON.parse(batch.stored.text) as BrokerEvent[]
      for (const event of batch.events) if (event.seq > after) events.push(event)
    }
    return events
  }

  async function fromStore(after: number): Promise<readonly BrokerEvent[]> {
    const batches = await options.readStored(after, MAX_BATCH)
    return batches.flatMap(({ text }) => JSON.parse(text) as BrokerEvent[]).filter(({ seq }) => seq > after)
  }

  return {
    get lastSeq() {
      return lastSeq
    },
    publish(stored) {
      lastSeq = stored.lastSeq
      kept.push({ stored, events: null })
      keptCount += stored.lastSeq - stored.firstSeq + 1
      trim()
      wake()
    },
    subscribe({ after, filter }) {
      let cursor = Math.min(after ?? lastSeq, lastSeq)
      let isDone = false
      const matches = toPredicate(filter)

      async function next(): Promise<IteratorResult<EventBatch>> {
        while (!isDone && !isClosed) {
          if (cursor >= lastSeq) {
            await new Promise<void>((resolve) => waiting.add(resolve))
            continue
          }
          const found = fromMemory(cursor) ?? (await fromStore(cursor))
          const first = found[0]
          const missed = first === undefined ? lastSeq - cursor : first.seq - cursor - 1
          cursor = found.at(-1)?.seq ?? lastSeq
          const events = found.filter(matches)
          if (events.length > 0 || missed > 0) return { done: false, value: { events, missed } }
        }
        return { done: true, value: undefined }
      }
      const close = () => {
        isDone = true
        wake()
      }
      return {
        close,
        [Symbol.asyncIterator]: () => ({
          next,
          return() {
            close()
            return Promise.resolve({ done: true, value: undefined })
          },
        }),
      }
    },
    close() {
      isClosed = true
      wake()
    },
  }
}

function toPredicate(filter: EventFilter | undefined): (event: BrokerEvent) => boolean {
  if (filter === undefined) return () => true
  const types = filter.types === undefined ? null : new Set(filter.types)
  const taskIds = filter.taskIds === undefined ? null : new Set(filter.taskIds)
  return (event) =>
    (types === null || types.has(event.type)) &&
    (taskIds === null || (event.taskId !== null && taskIds.has(event.taskId))) &&
    (filter.queue === undefined || event.queue === filter.queue)
}
