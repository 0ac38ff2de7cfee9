import type { DurationHistogram } from '../../../shared/domain/histogram.ts'
import type { MinuteStats } from './ledger.ts'

const COUNTS = ['submitted', 'succeeded', 'failed', 'timedOut', 'cancelled', 'retried'] as const

/** Kept numbers of any stretch of time; added up from those of minutes, hours or days. */
export type StatsSum = Record<(typeof COUNTS)[number], number> & {
  readonly wait: Record<number, number>
  readonly run: Record<number, number>
  /** Pending tasks, summed over the minutes: a mean is this by the number of minutes. */
  depth: number
  /** The longest that a pending task had waited. */
  oldestMs: number
}

export const emptySum = (): StatsSum => ({
  submitted: 0,
  succeeded: 0,
  failed: 0,
  timedOut: 0,
  cancelled: 0,
  retried: 0,
  wait: {},
  run: {},
  depth: 0,
  oldestMs: 0,
})

export function addStats(sum: StatsSum, stats: MinuteStats | StatsSum): void {
  for (const field of COUNTS) sum[field] += stats[field]
  addTo(sum.wait, stats.wait)
  addTo(sum.run, stats.run)
  // Minutes without a look have neither, nor have sums of an earlier version.
  sum.depth += stats.depth ?? 0
  sum.oldestMs = Math.max(sum.oldestMs, stats.oldestMs ?? 0)
}

/** In place: a chart adds thousands of them. */
function addTo(sum: Record<number, number>, counts: DurationHistogram): void {
  for (const bucket in counts) sum[bucket] = (sum[bucket] ?? 0) + counts[bucket]!
}
