import type { Stats, StatsBucket } from '../../../shared/domain/queue.ts'
import type { ChartTable } from '../../charts/chart-frame.tsx'
import { OUTCOMES, outcomeSeries } from '../../charts/outcome-series.ts'
import { throughputTable } from '../../charts/stats-tables.ts'
import { formatCount } from '../../ui/format/count.ts'
import { formatExactDuration } from '../../ui/format/duration.ts'
import { STATE_LOOKS } from '../../ui/state/task-state.ts'

/** The figures behind the charts of depth and age, newest first. */
export const waitingTable = (stats: Stats): ChartTable =>
  tableOf(stats, ['Pending, mean', 'Oldest waited'], ({ meanDepth, oldestWaitMs }) => [
    formatDepth(meanDepth),
    oldestWaitMs === 0 ? '–' : formatExactDuration(oldestWaitMs),
  ])

/** The figures behind the chart of outcomes, newest first. */
export function outcomesTable(stats: Stats): ChartTable {
  const order = OUTCOMES.toReversed()
  const points = new Map(outcomeSeries(stats).map((point) => [point.at, point]))
  return tableOf(
    stats,
    order.map((outcome) => STATE_LOOKS[outcome].word),
    ({ at }) => order.map((outcome) => formatCount(points.get(at)?.[outcome] ?? 0)),
  )
}

/** The steps read as in every other table of the same figures. */
function tableOf(
  stats: Stats,
  heads: readonly string[],
  cellsOf: (bucket: StatsBucket) => readonly string[],
): ChartTable {
  const steps = throughputTable(stats).rows.map(([step = '']) => step)
  const cells = stats.buckets.map(cellsOf).toReversed()
  return { heads: ['From', ...heads], rows: steps.map((step, index) => [step, ...(cells[index] ?? [])]) }
}

/** A mean of whole tasks: `0`, `0.4`, `12`, `1,204`. */
export function formatDepth(depth: number): string {
  return depth < 10 ? String(Number(depth.toFixed(1))) : formatCount(depth)
}
