import type { EpochMs } from '../../shared/domain/clock.ts'
import type { Period, Stats } from '../../shared/domain/queue.ts'
import { timeTicks } from './axis-ticks.ts'
import { utcOffsetMs } from './axis-style.ts'
import { rateSeries, splitLine, type RatePoint } from './rate-series.ts'

/** One step as the charts want it: each line in its solid and its dashed part. */
export interface ThroughputRow extends RatePoint {
  readonly submittedWhole: number | null
  readonly submittedPartial: number | null
  readonly succeededWhole: number | null
  readonly succeededPartial: number | null
}

/** What the two throughput charts share, so that their steps stand under each other. */
export interface ThroughputFrame {
  readonly rows: readonly ThroughputRow[]
  readonly period: Period
  readonly from: EpochMs
  readonly to: EpochMs
  readonly times: readonly EpochMs[]
}

export function throughputFrame(stats: Stats): ThroughputFrame {
  const points = rateSeries(stats)
  const split = (key: 'submitted' | 'succeeded') =>
    splitLine(points.map(({ at, isInProgress, [key]: value }) => ({ at, isInProgress, value })))
  const submitted = split('submitted')
  const succeeded = split('succeeded')
  const from = stats.buckets[0]?.at ?? stats.at
  const to = stats.buckets.at(-1)?.at ?? stats.at
  return {
    rows: points.map((point, index) => ({
      ...point,
      submittedWhole: submitted[index]?.whole ?? null,
      submittedPartial: submitted[index]?.partial ?? null,
      succeededWhole: succeeded[index]?.whole ?? null,
      succeededPartial: succeeded[index]?.partial ?? null,
    })),
    period: stats.period,
    from,
    to,
    times: timeTicks(from, to, 7, utcOffsetMs(to)),
  }
}
