import type { Broker } from '../../../shared/domain/broker.ts'
import type { EpochMs } from '../../../shared/domain/clock.ts'
import type { Component } from '../../../shared/domain/resilience.ts'
import { emptyCounts, emptyTotals } from '../../../shared/domain/queue.ts'
import { PERIOD_STEPS } from '../store/queries/stats.ts'

/** Lists and numbers. What is read by its id is never degraded: nobody acts on an old state. */
export type DegradableRead =
  | 'overview'
  | 'listTasks'
  | 'listFullTasks'
  | 'countTasks'
  | 'listQueues'
  | 'stats'
  | 'trends'
  | 'taskTotals'
  | 'failureGroups'
  | 'listWorkers'
  | 'listSchedules'

type Answer<Read extends DegradableRead> = Awaited<ReturnType<Broker[Read]>>

/** Whose component each read is. */
export const READ_COMPONENTS: Readonly<Record<DegradableRead, Component>> = {
  overview: 'database',
  listTasks: 'database',
  listFullTasks: 'database',
  countTasks: 'database',
  listQueues: 'database',
  stats: 'database',
  trends: 'database',
  taskTotals: 'database',
  failureGroups: 'database',
  listWorkers: 'workers',
  listSchedules: 'scheduler',
}

/** What default_value answers: nothing there, nothing happened. A new object each time. */
export const DEFAULT_ANSWERS: {
  readonly [Read in DegradableRead]: (now: EpochMs, ...asked: Parameters<Broker[Read]>) => Answer<Read>
} = {
  overview: (now) => ({
    at: now,
    counts: emptyCounts(),
    deadLetters: 0,
    totals: emptyTotals(),
    queues: { total: 0, active: 0, paused: 0 },
    workers: { total: 0, active: 0, idle: 0 },
    slots: { busy: 0, total: 0 },
    throughputPerSecond: 0,
    oldestPendingAt: null,
    lastSeq: 0,
  }),
  listTasks: () => ({ tasks: [], next: null }),
  listFullTasks: () => ({ tasks: [], next: null }),
  countTasks: () => 0,
  listQueues: () => [],
  stats(now, { period }) {
    const { lengthMs, bucketMs } = PERIOD_STEPS[period]
    const lastAt = Math.floor(now / bucketMs) * bucketMs
    const count = lengthMs / bucketMs
    const counts = { submitted: 0, succeeded: 0, failed: 0, timedOut: 0, cancelled: 0, retried: 0 }
    const buckets = Array.from({ length: count }, (_, index) => ({
      at: lastAt - (count - 1 - index) * bucketMs,
      ...counts,
      waitMs: null,
      runMs: null,
      meanDepth: 0,
      oldestWaitMs: 0,
    }))
    return { period, bucketMs, at: now, buckets }
  },
  trends: (now) => ({
    at: now,
    from: now,
    total: {
      submitted: 0,
      succeeded: 0,
      failed: 0,
      timedOut: 0,
      cancelled: 0,
      retried: 0,
      meanWaitMs: null,
      meanRunMs: null,
    },
    steps: [],
    peaks: [],
    failures: { count: 0, patterns: [] },
  }),
  taskTotals: () => [],
  failureGroups: () => [],
  listWorkers: () => [],
  listSchedules: () => ({ schedules: [], next: null }),
}
