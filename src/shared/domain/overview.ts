import type { EpochMs } from './clock.ts'
import type { StateCounts, Totals } from './queue.ts'

/** A broker in one look. */
export interface Overview {
  readonly at: EpochMs
  readonly counts: StateCounts
  readonly deadLetters: number
  readonly totals: Totals
  readonly queues: { readonly total: number; readonly active: number; readonly paused: number }
  readonly workers: { readonly total: number; readonly active: number; readonly idle: number }
  readonly slots: { readonly busy: number; readonly total: number }
  /** Finished per second, over the last minute. */
  readonly throughputPerSecond: number
  readonly oldestPendingAt: EpochMs | null
  readonly lastSeq: number
}
