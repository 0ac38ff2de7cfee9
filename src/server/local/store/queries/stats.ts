import type { EpochMs } from '../../../../shared/domain/clock.ts'
import { addHistograms, type DurationHistogram, percentileMs } from '../../../../shared/domain/histogram.ts'
import type { Percentiles, Period, Stats, StatsBucket } from '../../../../shared/domain/queue.ts'
import type { MinuteStats } from '../ledger.ts'
import type { ReadableDatabase } from '../open-database.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** How long a period is, and how wide a step of its chart. */
export const PERIOD_STEPS: Readonly<
  Record<Period, { readonly lengthMs: number; readonly bucketMs: number }>
> = {
  '15m': { lengthMs: 15 * MINUTE_MS, bucketMs: MINUTE_MS },
  '1h': { lengthMs: HOUR_MS, bucketMs: 2 * MINUTE_MS },
  '24h': { lengthMs: 24 * HOUR_MS, bucketMs: HOUR_MS },
  '7d': { lengthMs: 7 * 24 * HOUR_MS, bucketMs: 6 * HOUR_MS },
  '30d': { lengthMs: 30 * 24 * HOUR_MS, bucketMs: 24 * HOUR_MS },
}

/** Chart figures of a period, from the numbers kept per minute. */
export function prepareStats(db: ReadableDatabase) {
  const all = db.prepare<[number, number], { minute: number; stats: string }>(
    'SELECT minute, stats FROM minute_stats WHERE minute >= ? AND minute <= ?',
  )
  const ofQueue = db.prepare<[number, number, string], { minute: number; stats: string }>(
    'SELECT minute, stats FROM minute_stats WHERE minute >= ? AND minute <= ? AND queue = ?',
  )
  return ({
    queue,
    period,
    now,
  }: {
    readonly queue?: string
    readonly period: Period
    readonly now: EpochMs
  }): Stats => {
    const { lengthMs, bucketMs } = PERIOD_STEPS[period]
    const lastAt = Math.floor(now / bucketMs) * bucketMs
    const firstAt = lastAt - lengthMs + bucketMs
    const from = firstAt / MINUTE_MS
    const to = Math.floor(now / MINUTE_MS)
    const rows = queue === undefined ? all.all(from, to) : ofQueue.all(from, to, queue)
    const sums = Array.from({ length: lengthMs / bucketMs }, emptySum)
    for (const { minute, stats } of rows) {
      const index = Math.floor((minute * MINUTE_MS - firstAt) / bucketMs)
      add(sums[index]!, JSON.parse(stats) as MinuteStats)
    }
    return {
      period,
      bucketMs,
      at: now,
      buckets: sums.map((sum, index) => toBucket(sum, firstAt + index * bucketMs)),
    }
  }
}

type Sum = Omit<MinuteStats, 'wait' | 'run'> & { wait: DurationHistogram; run: DurationHistogram }

const emptySum = (): Sum => ({
  submitted: 0,
  succeeded: 0,
  failed: 0,
  timedOut: 0,
  cancelled: 0,
  retried: 0,
  wait: {},
  run: {},
})

function add(sum: Sum, stats: MinuteStats): void {
  for (const field of ['submitted', 'succeeded', 'failed', 'timedOut', 'cancelled', 'retried'] as const)
    sum[field] += stats[field]
  sum.wait = addHistograms(sum.wait, stats.wait)
  sum.run = addHistograms(sum.run, stats.run)
}

function toBucket({ wait, run, ...counts }: Sum, at: EpochMs): StatsBucket {
  return { at, ...counts, waitMs: toPercentiles(wait), runMs: toPercentiles(run) }
}

function toPercentiles(histogram: DurationHistogram): Percentiles | null {
  const p50 = percentileMs(histogram, 0.5)
  if (p50 === null) return null
  return { p50, p95: percentileMs(histogram, 0.95)!, p99: percentileMs(histogram, 0.99)! }
}
