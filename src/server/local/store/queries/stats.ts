import type { EpochMs } from '../../../../shared/domain/clock.ts'
import { type DurationHistogram, percentileMs } from '../../../../shared/domain/histogram.ts'
import type { Percentiles, Period, Stats, StatsBucket } from '../../../../shared/domain/queue.ts'
import { prepareReadCursor } from '../background-cursors.ts'
import type { ReadableDatabase } from '../open-database.ts'
import { addStats, emptySum, type StatsSum } from '../sum-stats.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** How long a period is, and how wide a step of its chart. */
export const PERIOD_STEPS: Readonly<
  Record<Period, { readonly lengthMs: number; readonly bucketMs: number }>
> = {
  '15m': { lengthMs: 15 * MINUTE_MS, bucketMs: MINUTE_MS },
  '1h': { lengthMs: HOUR_MS, bucketMs: 2 * MINUTE_MS },
  '24h': { lengthMs: DAY_MS, bucketMs: HOUR_MS },
  '7d': { lengthMs: 7 * DAY_MS, bucketMs: 6 * HOUR_MS },
  '30d': { lengthMs: 30 * DAY_MS, bucketMs: DAY_MS },
}

interface StatsRow {
  /** In units of the table: minutes, hours or days since 1970. */
  readonly unit: number
  readonly stats: string
}

/**
 * Chart figures of a period: from days and hours where they are summed up and a step is that wide, and
 * from the kept minutes since then, so that every figure is the same as from minutes alone.
 */
export function prepareStats(db: ReadableDatabase) {
  const readCursor = prepareReadCursor(db)
  const minutes = prepareRows(db, 'minute')
  const hours = prepareRows(db, 'hour')
  const days = prepareRows(db, 'day')

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
    const firstAt = Math.floor(now / bucketMs) * bucketMs - lengthMs + bucketMs
    const sums = Array.from({ length: lengthMs / bucketMs }, emptySum)
    /** Adds what lies between two instants, and answers where it ended. */
    const take = (rows: typeof minutes, unitMs: number, from: EpochMs, to: EpochMs): EpochMs => {
      if (to <= from) return from
      for (const { unit, stats } of rows(from / unitMs, to / unitMs, queue))
        addStats(sums[Math.floor((unit * unitMs - firstAt) / bucketMs)]!, JSON.parse(stats) as StatsSum)
      return to
    }
    const end = (Math.floor(now / MINUTE_MS) + 1) * MINUTE_MS
    const summed = (cursor: number | null, unitMs: number) =>
      bucketMs % unitMs === 0 ? Math.min((cursor ?? 0) * unitMs, Math.floor(end / unitMs) * unitMs) : 0
    let reached = take(days, DAY_MS, firstAt, summed(readCursor('rollup.day'), DAY_MS))
    reached = take(hours, HOUR_MS, reached, summed(readCursor('rollup.hour'), HOUR_MS))
    take(minutes, MINUTE_MS, reached, end)
    return {
      period,
      bucketMs,
      at: now,
      buckets: sums.map((sum, index) => {
        const at = firstAt + index * bucketMs
        return toBucket(sum, at, Math.min(bucketMs, end - at))
      }),
    }
  }
}

/** Rows of one table from a unit up to, but not including, another. */
export function prepareRows(db: ReadableDatabase, unit: 'minute' | 'hour' | 'day') {
  const sql = `SELECT ${unit} AS unit, stats FROM ${unit}_stats WHERE ${unit} >= ? AND ${unit} < ?`
  const all = db.prepare<[number, number], StatsRow>(sql)
  const ofQueue = db.prepare<[number, number, string], StatsRow>(`${sql} AND queue = ?`)
  return (from: number, to: number, queue: string | undefined) =>
    queue === undefined ? all.all(from, to) : ofQueue.all(from, to, queue)
}

/** @param lengthMs up to the end of the minute that has begun, for the bucket that is not over. */
function toBucket(
  { wait, run, depth, oldestMs, ...counts }: StatsSum,
  at: EpochMs,
  lengthMs: number,
): StatsBucket {
  return {
    at,
    ...counts,
    waitMs: toPercentiles(wait),
    runMs: toPercentiles(run),
    meanDepth: (depth * MINUTE_MS) / lengthMs,
    oldestWaitMs: oldestMs,
  }
}

function toPercentiles(histogram: DurationHistogram): Percentiles | null {
  const p50 = percentileMs(histogram, 0.5)
  if (p50 === null) return null
  return { p50, p95: percentileMs(histogram, 0.95)!, p99: percentileMs(histogram, 0.99)! }
}
