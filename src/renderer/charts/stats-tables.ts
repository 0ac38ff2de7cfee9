import type { Stats } from '../../shared/domain/queue.ts'
import { formatCount } from '../ui/format/count.ts'
import { formatExactDuration } from '../ui/format/duration.ts'
import { formatClockSeconds, formatClockTime, formatDay } from '../ui/format/instant.ts'
import type { ChartTable } from './chart-frame.tsx'

/** The figures behind the throughput chart, in tasks of a whole step, newest first. */
export function throughputTable(stats: Stats): ChartTable {
  return {
    heads: ['From', 'Submitted', 'Succeeded', 'Failed', 'Timed out', 'Cancelled', 'Retried'],
    rows: stats.buckets
      .map(({ at, submitted, succeeded, failed, timedOut, cancelled, retried }) => [
        stepText(at, stats),
        ...[submitted, succeeded, failed, timedOut, cancelled, retried].map(formatCount),
      ])
      .toReversed(),
  }
}

/** The figures behind the latency charts, newest first. A step in which nothing happened has none. */
export function latencyTable(stats: Stats): ChartTable {
  const figures = (percentiles: { p50: number; p95: number; p99: number } | null) =>
    percentiles === null
      ? ['–', '–', '–']
      : [percentiles.p50, percentiles.p95, percentiles.p99].map(formatExactDuration)
  return {
    heads: ['From', 'Waiting p50', 'p95', 'p99', 'Running p50', 'p95 ', 'p99 '],
    rows: stats.buckets
      .map(({ at, waitMs, runMs }) => [stepText(at, stats), ...figures(waitMs), ...figures(runMs)])
      .toReversed(),
  }
}

/** When a step begins; the one in progress says so. */
function stepText(at: number, { bucketMs, at: askedAt, period }: Stats): string {
  const clock = bucketMs < 60_000 ? formatClockSeconds(at) : formatClockTime(at)
  const time = period === '7d' || period === '30d' ? `${formatDay(at)} ${clock}` : clock
  return at + bucketMs > askedAt ? `${time} (so far)` : time
}
