import type { EpochMs } from '../../shared/domain/clock.ts'
import type { Stats } from '../../shared/domain/queue.ts'

/** How tasks can end, as the stacked bars have them from the foot. */
export const OUTCOMES = ['succeeded', 'cancelled', 'timed_out', 'failed'] as const
export type Outcome = (typeof OUTCOMES)[number]

/** One step: how many ended in which way. */
export interface OutcomePoint extends Readonly<Record<Outcome, number>> {
  readonly at: EpochMs
  readonly until: EpochMs
  readonly isInProgress: boolean
}

export function outcomeSeries({ buckets, bucketMs, at }: Stats): readonly OutcomePoint[] {
  return buckets.map((bucket) => ({
    at: bucket.at,
    until: Math.min(bucket.at + bucketMs, at),
    isInProgress: bucket.at + bucketMs > at,
    succeeded: bucket.succeeded,
    cancelled: bucket.cancelled,
    timed_out: bucket.timedOut,
    failed: bucket.failed,
  }))
}

export function outcomesOf(point: OutcomePoint): number {
  return OUTCOMES.reduce((sum, outcome) => sum + point[outcome], 0)
}
