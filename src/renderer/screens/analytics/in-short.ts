import type { Stats } from '../../../shared/domain/queue.ts'
import { describeStep, failuresOf, finishedOf, rateSeries } from '../../charts/rate-series.ts'
import { formatCount, formatPercent, formatRate, formatShortCount } from '../../ui/format/count.ts'
import { formatDuration } from '../../ui/format/duration.ts'
import { formatClockTime, formatDay } from '../../ui/format/instant.ts'
import { formatDepth } from './waiting-tables.ts'

/** One figure of a period, and what it means. */
export interface ShortFigure {
  readonly label: string
  readonly value: string
  readonly meaning: string
}

/** A period in six figures. */
export function inShort(stats: Stats): readonly ShortFigure[] {
  const { buckets, bucketMs, period } = stats
  const sum = (of: (bucket: (typeof buckets)[number]) => number) =>
    buckets.reduce((total, bucket) => total + of(bucket), 0)
  const when = (at: number) =>
    period === '7d' || period === '30d' ? `${formatDay(at)}, ${formatClockTime(at)}` : formatClockTime(at)
  const finished = sum(finishedOf)
  const failed = sum(failuresOf)
  const busiest = most(rateSeries(stats), ({ submitted }) => submitted)
  const deepest = most(buckets, ({ meanDepth }) => meanDepth)
  const longest = most(buckets, ({ oldestWaitMs }) => oldestWaitMs)
  const none = 'nothing waited'
  return [
    { label: 'Submitted', value: formatCount(sum(({ submitted }) => submitted)), meaning: 'in this time' },
    {
      label: 'Finished',
      value: formatCount(finished),
      meaning: `${formatCount(sum(({ cancelled }) => cancelled))} cancelled besides`,
    },
    {
      label: 'Failed',
      value: finished === 0 ? '–' : formatPercent(failed / finished),
      meaning: `${formatShortCount(failed)}, after ${formatShortCount(sum(({ retried }) => retried))} retries`,
    },
    {
      label: 'Busiest',
      value: busiest === null ? '–' : `${formatRate(busiest.submitted)}/s`,
      meaning:
        busiest === null ? 'nothing was submitted' : `${describeStep(bucketMs)} from ${when(busiest.at)}`,
    },
    {
      label: 'Deepest',
      value: deepest === null ? '0' : formatDepth(deepest.meanDepth),
      meaning: deepest === null ? none : `waiting, from ${when(deepest.at)}`,
    },
    {
      label: 'Longest wait',
      value: longest === null ? '–' : formatDuration(longest.oldestWaitMs),
      meaning: longest === null ? none : `from ${when(longest.at)}`,
    },
  ]
}

/** Null where it is zero everywhere. */
function most<Item>(items: readonly Item[], of: (item: Item) => number): Item | null {
  const best = items.reduce<Item | null>(
    (found, item) => (found === null || of(item) > of(found) ? item : found),
    null,
  )
  return best === null || of(best) === 0 ? null : best
}
