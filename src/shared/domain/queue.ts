import type { EpochMs } from './clock.ts'
import type { BoundedHistogram } from './histogram.ts'
import type { QueueSettings } from './queue-settings.ts'
import { TASK_STATES, type TaskState } from './state.ts'

export type StateCounts = Readonly<Record<TaskState, number>>

/** What happened so far, counted as it happens; deleting tasks does not take from it. */
export interface Totals {
  readonly submitted: number
  readonly succeeded: number
  readonly failed: number
  readonly timedOut: number
  readonly cancelled: number
  readonly retried: number
  readonly deadLettered: number
  /** Sums over started attempts, in milliseconds. */
  readonly waitMs: number
  readonly runMs: number
  /** Attempts started, what `waitMs` is a sum over; and ended, what `runMs` is a sum over. */
  readonly started: number
  readonly ended: number
}

/** Nothing in any state. */
export const emptyCounts = (): Record<TaskState, number> =>
  Object.fromEntries(TASK_STATES.map((state) => [state, 0])) as Record<TaskState, number>

/** Nothing has happened yet. */
export const emptyTotals = (): Record<keyof Totals, number> => ({
  submitted: 0,
  succeeded: 0,
  failed: 0,
  timedOut: 0,
  cancelled: 0,
  retried: 0,
  deadLettered: 0,
  waitMs: 0,
  runMs: 0,
  started: 0,
  ended: 0,
})

export interface Queue {
  readonly name: string
  readonly isPaused: boolean
  readonly settings: QueueSettings
  /** How many of its tasks are in each state now. */
  readonly counts: StateCounts
  readonly deadLetters: number
  readonly totals: Totals
  /** Finished per second, over the last minute. */
  readonly throughputPerSecond: number
  /** Submitted per second, over the last minute. */
  readonly submittedPerSecond: number
  /** When the longest-waiting pending task became due; null when none waits. */
  readonly oldestPendingAt: EpochMs | null
  /** Threads and external workers that take from it. */
  readonly consumers: number
  readonly createdAt: EpochMs
}

/** Totals and run times of one task name in one queue, for metrics. */
export interface TaskTotals {
  readonly queue: string
  readonly name: string
  readonly totals: Totals
  readonly runHistogram: BoundedHistogram
  readonly waitHistogram: BoundedHistogram
}

export const PERIODS = ['15m', '1h', '24h', '7d', '30d'] as const
export type Period = (typeof PERIODS)[number]

/** One step of a chart. Counts are of the whole bucket; the last one may still be filling. */
export interface StatsBucket {
  readonly at: EpochMs
  readonly submitted: number
  readonly succeeded: number
  readonly failed: number
  readonly timedOut: number
  readonly cancelled: number
  readonly retried: number
  readonly waitMs: Percentiles | null
  readonly runMs: Percentiles | null
  /** Pending tasks, as a mean over the minutes of the bucket; looked at several times a minute. */
  readonly meanDepth: number
  /** The longest that a pending task had waited at any of these looks, in milliseconds. */
  readonly oldestWaitMs: number
}

export interface Percentiles {
  readonly p50: number
  readonly p95: number
  readonly p99: number
}

export interface Stats {
  readonly period: Period
  readonly bucketMs: number
  /** When the figures were taken: tells how far the last bucket is filled. */
  readonly at: EpochMs
  /** Oldest first, without gaps: a step in which nothing happened is all zero. */
  readonly buckets: readonly StatsBucket[]
}
