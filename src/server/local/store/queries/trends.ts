import type { EpochMs } from '../../../../shared/domain/clock.ts'
import { meanMs } from '../../../../shared/domain/histogram.ts'
import type { TaskError } from '../../../../shared/domain/task.ts'
import {
  type FailurePattern,
  MAX_FAILURE_PATTERNS,
  MAX_PEAKS,
  type PeakLoad,
  type TrendFigures,
  type Trends,
  type TrendsQuery,
} from '../../../../shared/domain/trends.ts'
import { prepareReadCursor } from '../background-cursors.ts'
import type { ReadableDatabase } from '../open-database.ts'
import { addStats, emptySum, type StatsSum } from '../sum-stats.ts'
import { prepareRows } from './stats.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
/** Up to here the minutes of a whole period are kept. */
const MAX_HOURS_OF_MINUTES = 47

/** Figures of the last hours: from minutes while those are kept, from hours before that. */
export function prepareTrends(db: ReadableDatabase) {
  const readCursor = prepareReadCursor(db)
  const minutes = prepareRows(db, 'minute')
  const hours = prepareRows(db, 'hour')
  const findFailures = prepareFailures(db)

  return ({ hours: length, step, now }: TrendsQuery & { readonly now: EpochMs }): Trends => {
    const isOfMinutes = length <= MAX_HOURS_OF_MINUTES
    const unitMs = isOfMinutes ? MINUTE_MS : HOUR_MS
    const slotMs = isOfMinutes ? 30 * MINUTE_MS : HOUR_MS
    const stepMs = step === 'hour' ? HOUR_MS : DAY_MS
    const from = Math.floor(now / unitMs) * unitMs - length * HOUR_MS
    const end = (Math.floor(now / MINUTE_MS) + 1) * MINUTE_MS

    const firstStep = Math.floor(from / stepMs)
    const steps = Array.from({ length: Math.floor((end - 1) / stepMs) - firstStep + 1 }, emptySum)
    const total = emptySum()
    const submittedAt = new Map<number, number>()
    const add = (at: EpochMs, stats: StatsSum) => {
      addStats(total, stats)
      addStats(steps[Math.floor(at / stepMs) - firstStep]!, stats)
      const slot = Math.floor((at % DAY_MS) / slotMs)
      submittedAt.set(slot, (submittedAt.get(slot) ?? 0) + stats.submitted)
    }

    let reached = from
    if (!isOfMinutes) {
      reached = Math.max(from, Math.min((readCursor('rollup.hour') ?? 0) * HOUR_MS, end))
      for (const { unit, stats } of hours(from / HOUR_MS, reached / HOUR_MS, undefined))
        add(unit * HOUR_MS, JSON.parse(stats) as StatsSum)
    }
    for (const { unit, stats } of minutes(reached / MINUTE_MS, end / MINUTE_MS, undefined))
      add(unit * MINUTE_MS, JSON.parse(stats) as StatsSum)

    return {
      at: now,
      from,
      total: toFigures(total),
      steps: steps.map((sum, index) => ({ at: (firstStep + index) * stepMs, ...toFigures(sum) })),
      peaks: toPeaks(submittedAt, slotMs / MINUTE_MS),
      failures: findFailures(from),
    }
  }
}

function toFigures({ wait, run, depth: _depth, oldestMs: _oldest, ...counts }: StatsSum): TrendFigures {
  return { ...counts, meanWaitMs: meanMs(wait), meanRunMs: meanMs(run) }
}

function toPeaks(submittedAt: ReadonlyMap<number, number>, slotMinutes: number): readonly PeakLoad[] {
  return [...submittedAt]
    .filter(([, submitted]) => submitted > 0)
    .toSorted(([slot, submitted], [otherSlot, other]) => other - submitted || slot - otherSlot)
    .slice(0, MAX_PEAKS)
    .map(([slot, submitted]) => ({ minuteOfDay: slot * slotMinutes, submitted }))
}

/** By the list index of each queue, so that tasks that did not fail cost nothing. */
function prepareFailures(db: ReadableDatabase) {
  const failed = `queue IN (SELECT queue FROM state_counts WHERE state IN ('failed', 'timed_out') AND count > 0)
    AND state IN ('failed', 'timed_out') AND finished_at >= @from`
  const count = db.prepare<[object], number>(`SELECT count(*) FROM tasks WHERE ${failed}`).pluck()
  const groups = db.prepare<[object], { count: number; latest: number }>(`
    SELECT count(*) AS count, max(number) AS latest FROM tasks WHERE ${failed}
    GROUP BY error_fingerprint ORDER BY count DESC, latest DESC LIMIT @limit`)
  const find = db.prepare<[number], { id: string; error: string }>(
    'SELECT id, error FROM tasks WHERE number = ?',
  )

  return (from: EpochMs): Trends['failures'] => ({
    count: count.get({ from })!,
    patterns: groups.all({ from, limit: MAX_FAILURE_PATTERNS }).map((group): FailurePattern => {
      const { id, error } = find.get(group.latest)!
      const { type, message } = JSON.parse(error) as TaskError
      return { type, message, latestTaskId: id, count: group.count }
    }),
  })
}
