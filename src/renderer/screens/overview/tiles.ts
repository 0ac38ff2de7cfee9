import type { Overview } from '../../../shared/domain/overview.ts'
import type { Queue, StateCounts, Stats } from '../../../shared/domain/queue.ts'
import { countBetween, failuresOf, finishedOf } from '../../charts/rate-series.ts'
import { formatCount, formatPercent } from '../../ui/format/count.ts'
import type { OverviewPeriod } from './overview-search.ts'

export type TileId = 'processed' | 'pending' | 'running' | 'failed' | 'dead' | 'success'

/** A figure and one line of what it means. */
export interface Tile {
  readonly id: TileId
  readonly label: string
  readonly value: string
  readonly meaning: string
}

export interface TileFacts {
  readonly period: OverviewPeriod
  /** Of the period shown. */
  readonly stats: Stats
  /** Of the next longer period, to compare with; undefined when it is not known. */
  readonly longerStats: Stats | undefined
  readonly counts: StateCounts
  readonly deadLetters: number
  readonly slots: Overview['slots']
  /** Only the one chosen, when one is. */
  readonly queues: readonly Queue[]
}

const PERIOD_MS: Readonly<Record<OverviewPeriod, number>> = {
  '15m': 15 * 60_000,
  '1h': 3_600_000,
  '24h': 86_400_000,
}

const PERIOD_NAMES: Readonly<Record<OverviewPeriod, { readonly last: string; readonly before: string }>> = {
  '15m': { last: 'in the last 15 minutes', before: 'on the 15 minutes before' },
  '1h': { last: 'in the last hour', before: 'on the hour before' },
  '24h': { last: 'in the last 24 hours', before: 'on the day before' },
}

/** The six figures of the Overview. */
export function buildTiles(facts: TileFacts): readonly Tile[] {
  const { period, stats, counts, deadLetters, slots, queues } = facts
  const finished = sumOf(stats, finishedOf)
  const failed = sumOf(stats, failuresOf)
  const before = countsBefore(facts)
  const { last } = PERIOD_NAMES[period]
  return [
    {
      id: 'processed',
      label: 'Processed',
      value: formatCount(finished),
      meaning: changeOfCount(finished, before?.finished, period),
    },
    {
      id: 'pending',
      label: 'Pending',
      value: formatCount(counts.pending),
      meaning: whereMost(counts.pending, queues, (queue) => queue.counts.pending) ?? 'waiting for a slot',
    },
    {
      id: 'running',
      label: 'Running',
      value: formatCount(counts.running),
      meaning: `of ${formatCount(slots.total)} slots`,
    },
    {
      id: 'failed',
      label: 'Failed',
      value: formatCount(failed),
      meaning: differenceOf(failed, before?.failed, period),
    },
    {
      id: 'dead',
      label: 'Dead letters',
      value: formatCount(deadLetters),
      meaning: whereMost(deadLetters, queues, (queue) => queue.deadLetters) ?? 'none waiting for you',
    },
    {
      id: 'success',
      label: 'Success rate',
      value: finished === 0 ? '–' : formatPercent(1 - failed / finished),
      meaning:
        finished === 0 ? 'after the first task' : changeOfRate(finished, failed, before, period) || last,
    },
  ]
}

function sumOf(stats: Stats, count: Parameters<typeof countBetween>[3]): number {
  return stats.buckets.reduce((sum, bucket) => sum + count(bucket), 0)
}

interface CountsBefore {
  readonly finished: number
  readonly failed: number
}

/** What was in the period just before the one shown; null when it is not known or nothing finished then. */
function countsBefore({ period, stats, longerStats }: TileFacts): CountsBefore | null {
  if (longerStats === undefined) return null
  const to = stats.buckets[0]?.at ?? stats.at
  const from = to - PERIOD_MS[period]
  const finished = countBetween(longerStats, from, to, finishedOf)
  const failed = countBetween(longerStats, from, to, failuresOf)
  return finished === null || failed === null || finished < 1 ? null : { finished, failed }
}

/** `+4.1 % on the hour before`. */
function changeOfCount(now: number, before: number | undefined, period: OverviewPeriod): string {
  const { last, before: than } = PERIOD_NAMES[period]
  if (before === undefined) return last
  const percent = ((now - before) / before) * 100
  if (Math.abs(percent) < 0.05) return `±0 % ${than}`
  if (percent > 999) return last
  return `${signed(percent, 1)} % ${than}`
}

/** `+1,071 on the hour before`: for failures a share of a small number would mislead. */
function differenceOf(now: number, before: number | undefined, period: OverviewPeriod): string {
  const { last, before: than } = PERIOD_NAMES[period]
  if (before === undefined) return last
  const difference = Math.round(now - before)
  return difference === 0
    ? `±0 ${than}`
    : `${difference > 0 ? '+' : '−'}${formatCount(Math.abs(difference))} ${than}`
}

/** `−0.71 pt on the hour before`; empty when there is nothing to compare with. */
function changeOfRate(
  finished: number,
  failed: number,
  before: CountsBefore | null,
  period: OverviewPeriod,
): string {
  if (before === null) return ''
  const points = (before.failed / before.finished - failed / finished) * 100
  return Math.abs(points) < 0.005 ? '' : `${signed(points, 2)} pt ${PERIOD_NAMES[period].before}`
}

function signed(value: number, digits: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(digits)}`
}

/** `268 of them in payments`; null when there are none. */
function whereMost(
  total: number,
  queues: readonly Queue[],
  countOf: (queue: Queue) => number,
): string | null {
  if (total === 0) return null
  const [most] = queues.toSorted((a, b) => countOf(b) - countOf(a))
  if (most === undefined || countOf(most) === 0) return null
  return countOf(most) >= total
    ? `all in ${most.name}`
    : `${formatCount(countOf(most))} of them in ${most.name}`
}
