import type { EpochMs } from '../../shared/domain/clock.ts'
import type { Percentiles, Stats, StatsBucket } from '../../shared/domain/queue.ts'

/** One step of the throughput chart, in tasks per second. */
export interface RatePoint {
  readonly at: EpochMs
  /** When the step ends; for the one in progress, when the figures were taken. */
  readonly until: EpochMs
  readonly isInProgress: boolean
  readonly submitted: number
  readonly succeeded: number
  /** Failed and timed out together. */
  readonly failed: number
}

/** A bucket that has run for less than this share says too little about its rate to be drawn. */
const LEAST_SHARE = 0.1

/**
 * Rates per second, oldest first. The bucket in progress is rated by the time it has run, so that it
 * does not dive; it is left out while it has hardly begun.
 */
export function rateSeries({ buckets, bucketMs, at }: Stats): readonly RatePoint[] {
  return buckets.flatMap((bucket): readonly RatePoint[] => {
    const isInProgress = bucket.at + bucketMs > at
    const until = isInProgress ? at : bucket.at + bucketMs
    const elapsedMs = until - bucket.at
    if (elapsedMs < bucketMs * LEAST_SHARE) return []
    const perSecond = (count: number) => (count * 1000) / elapsedMs
    return [
      {
        at: bucket.at,
        until,
        isInProgress,
        submitted: perSecond(bucket.submitted),
        succeeded: perSecond(bucket.succeeded),
        failed: perSecond(failuresOf(bucket)),
      },
    ]
  })
}

export function failuresOf({ failed, timedOut }: StatsBucket): number {
  return failed + timedOut
}

export function finishedOf(bucket: StatsBucket): number {
  return bucket.succeeded + failuresOf(bucket)
}

/** What a line of which the last step may be in progress needs: the solid part and the dashed one. */
export interface SplitPoint {
  readonly at: EpochMs
  /** Null on the step in progress. */
  readonly whole: number | null
  /** The step in progress and the whole one before it, which the dashes start from; else null. */
  readonly partial: number | null
  /** A full step without a neighbour: no line reaches it, so it needs a dot. */
  readonly isAlone: boolean
}

interface TimedValue {
  readonly at: EpochMs
  readonly isInProgress: boolean
  readonly value: number | null
}

/** Splits a series into its solid line and the dashed end that shares the last full point. */
export function splitLine(values: readonly TimedValue[]): readonly SplitPoint[] {
  return values.map(({ at, isInProgress, value }, index) => {
    const isBeforePartial = values[index + 1]?.isInProgress === true
    const isAlone =
      !isInProgress && value !== null && values[index - 1]?.value == null && values[index + 1]?.value == null
    return {
      at,
      whole: isInProgress ? null : value,
      partial: isInProgress || isBeforePartial ? value : null,
      isAlone,
    }
  })
}

export interface LatencyPoint {
  readonly at: EpochMs
  readonly isInProgress: boolean
  readonly percentiles: Percentiles | null
}

/** Waiting or running percentiles by step; null where nothing happened. */
export function latencySeries(
  { buckets, bucketMs, at }: Stats,
  of: 'waitMs' | 'runMs',
): readonly LatencyPoint[] {
  return buckets.map((bucket) => ({
    at: bucket.at,
    isInProgress: bucket.at + bucketMs > at,
    percentiles: bucket[of],
  }))
}

/**
 * How much happened between two instants; a bucket that lies across an edge counts by its share. Null
 * when the figures do not reach back so far, or are too coarse to tell.
 */
export function countBetween(
  { buckets, bucketMs, at }: Stats,
  from: EpochMs,
  to: EpochMs,
  count: (bucket: StatsBucket) => number,
): number | null {
  const first = buckets[0]
  if (first === undefined || first.at > from || bucketMs > (to - from) / 2) return null
  return buckets.reduce((sum, bucket) => {
    const end = Math.min(bucket.at + bucketMs, at)
    const overlapMs = Math.min(end, to) - Math.max(bucket.at, from)
    return overlapMs <= 0 || end <= bucket.at ? sum : sum + (count(bucket) * overlapMs) / (end - bucket.at)
  }, 0)
}

/** `2 minutes`, `1 minute`, `15 s`: what a step of the chart is, after "by". */
export function describeStep(bucketMs: number): string {
  const units = [
    [86_400_000, 'day'],
    [3_600_000, 'hour'],
    [60_000, 'minute'],
  ] as const
  const unit = units.find(([ms]) => bucketMs % ms === 0)
  if (unit === undefined) return `${bucketMs / 1000} s`
  const count = bucketMs / unit[0]
  return count === 1 ? unit[1] : `${count} ${unit[1]}s`
}
