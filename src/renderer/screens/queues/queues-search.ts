import { QUEUE_NAME_PATTERN } from '../../../shared/domain/limits.ts'
import { PERIODS, type Period } from '../../../shared/domain/queue.ts'

/** What the address of the Queues page says. */
export interface QueuesSearch {
  readonly text?: string | undefined
  /** Id of the column it is sorted by; by name when not given. */
  readonly sort?: string | undefined
  readonly down?: boolean | undefined
}

export function parseQueuesSearch(search: Record<string, unknown>): QueuesSearch {
  const { text, sort, down } = search
  return {
    text: typeof text === 'string' || typeof text === 'number' ? String(text).slice(0, 128) : undefined,
    sort: typeof sort === 'string' ? sort : undefined,
    down: typeof down === 'boolean' ? down : undefined,
  }
}

/** What the address of one queue's page says besides its name. */
export interface QueueSearch {
  readonly period?: Period | undefined
}

export function parseQueueSearch({ period }: Record<string, unknown>): QueueSearch {
  return { period: PERIODS.find((known) => known === period) }
}

/** A name from the address; what cannot be a queue's is no queue. */
export function isQueueName(text: string): boolean {
  return QUEUE_NAME_PATTERN.test(text)
}
