import type { TaskTotals } from '../../../shared/domain/queue.ts'
import { DURATION_BOUNDS_MS, type BoundedHistogram } from '../../../shared/domain/histogram.ts'

/** What a task name has come to, over all its queues or in one. */
export interface NameFigures {
  readonly name: string
  readonly queues: readonly string[]
  readonly finished: number
  readonly failed: number
  readonly retried: number
  readonly meanWaitMs: number | null
  readonly meanRunMs: number | null
  /** At most so long did 95 of 100 run: a bound of the histogram; null above the last, and without any. */
  readonly p95RunMs: number | null
}

/** One row a task name, those that took the most time first. */
export function byName(totals: readonly TaskTotals[], queue: string | undefined): readonly NameFigures[] {
  const groups = new Map<string, TaskTotals[]>()
  for (const each of totals) {
    if (queue !== undefined && each.queue !== queue) continue
    const parts = groups.get(each.name)
    if (parts === undefined) groups.set(each.name, [each])
    else parts.push(each)
  }
  const rows = [...groups].map(([name, parts]) => {
    const sum = (of: (part: TaskTotals) => number) => parts.reduce((total, part) => total + of(part), 0)
    const runMs = sum(({ totals: { runMs } }) => runMs)
    const started = sum(({ totals: { started } }) => started)
    const ended = sum(({ totals: { ended } }) => ended)
    const failed = sum(({ totals: { failed, timedOut } }) => failed + timedOut)
    return {
      runMs,
      name,
      queues: parts.map((part) => part.queue).toSorted(),
      finished: failed + sum(({ totals: { succeeded } }) => succeeded),
      failed,
      retried: sum(({ totals: { retried } }) => retried),
      meanWaitMs: started === 0 ? null : sum(({ totals: { waitMs } }) => waitMs) / started,
      meanRunMs: ended === 0 ? null : runMs / ended,
      p95RunMs: boundOf(
        parts.map(({ runHistogram }) => runHistogram),
        0.95,
      ),
    }
  })
  return rows.toSorted((one, other) => other.runMs - one.runMs || one.name.localeCompare(other.name))
}

/** The least bound that `share` of all counted ones stay under. */
function boundOf(histograms: readonly BoundedHistogram[], share: number): number | null {
  const counts = Array.from({ length: DURATION_BOUNDS_MS.length + 1 }, (_, index) =>
    histograms.reduce((sum, histogram) => sum + (histogram[index] ?? 0), 0),
  )
  const total = counts.reduce((sum, count) => sum + count, 0)
  if (total === 0) return null
  let below = 0
  const index = counts.findIndex((count) => {
    below += count
    return below >= share * total
  })
  return DURATION_BOUNDS_MS[index] ?? null
}
