import type { BrokerEvent } from '../../../shared/domain/event.ts'

/** What became of tasks that were run again: id of the new task → how it stands. */
export type Reprocessed = ReadonlyMap<string, 'under way' | 'succeeded' | 'failed' | 'cancelled'>

export interface ReprocessedCounts {
  readonly total: number
  readonly succeeded: number
  readonly failed: number
  readonly cancelled: number
  readonly underWay: number
}

/** More are forgotten, oldest first. */
const MOST_KEPT = 20_000

const OUTCOMES: Readonly<Record<string, 'succeeded' | 'failed' | 'cancelled'>> = {
  'task.succeeded': 'succeeded',
  'task.failed': 'failed',
  'task.timed_out': 'failed',
  'task.cancelled': 'cancelled',
}

/** What is known after some events; the same when they are about no such task. */
export function followReprocessed(before: Reprocessed, events: readonly BrokerEvent[]): Reprocessed {
  let after: Map<string, 'under way' | 'succeeded' | 'failed' | 'cancelled'> | null = null
  for (const { type, taskId } of events) {
    if (taskId === null) continue
    const outcome = OUTCOMES[type]
    if (type === 'task.replayed') (after ??= new Map(before)).set(taskId, 'under way')
    else if (outcome !== undefined && (after ?? before).has(taskId))
      (after ??= new Map(before)).set(taskId, outcome)
  }
  if (after === null) return before
  return after.size <= MOST_KEPT ? after : new Map([...after].slice(-MOST_KEPT))
}

export function countReprocessed(reprocessed: Reprocessed): ReprocessedCounts {
  const counts = { total: reprocessed.size, succeeded: 0, failed: 0, cancelled: 0, underWay: 0 }
  for (const state of reprocessed.values()) counts[state === 'under way' ? 'underWay' : state] += 1
  return counts
}
