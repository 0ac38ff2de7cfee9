import type { EpochMs } from '../../shared/domain/clock.ts'
import type { Stats, StatsBucket } from '../../shared/domain/queue.ts'
import { splitLine } from './rate-series.ts'

/** One step of a single line: its value, and its solid and its dashed part. */
export interface GaugePoint {
  readonly at: EpochMs
  /** When the step ends; for the one in progress, when the figures were taken. */
  readonly until: EpochMs
  readonly isInProgress: boolean
  readonly value: number
  readonly whole: number | null
  readonly partial: number | null
}

/** A figure that is not counted but measured, as a depth: the step in progress needs no scaling. */
export function gaugeSeries(
  { buckets, bucketMs, at }: Stats,
  valueOf: (bucket: StatsBucket) => number,
): readonly GaugePoint[] {
  const points = buckets.map((bucket) => ({
    at: bucket.at,
    until: Math.min(bucket.at + bucketMs, at),
    isInProgress: bucket.at + bucketMs > at,
    value: valueOf(bucket),
  }))
  const split = splitLine(points)
  return points.map((point, index) => ({
    ...point,
    whole: split[index]?.whole ?? null,
    partial: split[index]?.partial ?? null,
  }))
}
