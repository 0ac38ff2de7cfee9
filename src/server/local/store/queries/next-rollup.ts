import type { EpochMs } from '../../../../shared/domain/clock.ts'
import { prepareReadCursor } from '../background-cursors.ts'
import type { ReadableDatabase } from '../open-database.ts'
import { addStats, emptySum, type StatsSum } from '../sum-stats.ts'

export const MINUTES_PER_HOUR = 60
export const HOURS_PER_DAY = 24
export const HOUR_MS = 3_600_000

/** So long after its end is an hour taken as complete: by then what is told late has been told. */
const SETTLE_MS = 600_000

/** The sums of one hour or day, ready to be written. */
export interface Rollup {
  readonly unit: 'hour' | 'day'
  /** Hours or days since 1970, UTC. */
  readonly number: number
  readonly sums: readonly { readonly queue: string; readonly stats: StatsSum }[]
}

/**
 * The next hour or day to be summed, hours first; null when all that are complete have been.
 */
export function prepareNextRollup(db: ReadableDatabase) {
  const readCursor = prepareReadCursor(db)
  const firstMinute = db
    .prepare<[number], number | null>('SELECT min(minute) FROM minute_stats WHERE minute >= ?')
    .pluck()
  const firstHour = db
    .prepare<[number], number | null>('SELECT min(hour) FROM hour_stats WHERE hour >= ?')
    .pluck()
  const minutes = db.prepare<[number, number], { queue: string; stats: string }>(
    'SELECT queue, stats FROM minute_stats WHERE minute >= ? AND minute < ?',
  )
  const hours = db.prepare<[number, number], { queue: string; stats: string }>(
    'SELECT queue, stats FROM hour_stats WHERE hour >= ? AND hour < ?',
  )

  function sum(rows: Iterable<{ queue: string; stats: string }>): Rollup['sums'] {
    const sums = new Map<string, StatsSum>()
    for (const { queue, stats } of rows) {
      let ofQueue = sums.get(queue)
      if (ofQueue === undefined) sums.set(queue, (ofQueue = emptySum()))
      addStats(ofQueue, JSON.parse(stats) as StatsSum)
    }
    return [...sums].map(([queue, stats]) => ({ queue, stats }))
  }

  return ({ now }: { readonly now: EpochMs }): Rollup | null => {
    const endHour = Math.floor((now - SETTLE_MS) / HOUR_MS)
    const doneHour = readCursor('rollup.hour') ?? 0
    const minute = firstMinute.get(doneHour * MINUTES_PER_HOUR) ?? null
    // Hours in which nothing happened are passed over: they need no row.
    const hour = minute === null ? endHour : Math.floor(minute / MINUTES_PER_HOUR)
    if (hour < endHour)
      return {
        unit: 'hour',
        number: hour,
        sums: sum(minutes.iterate(hour * MINUTES_PER_HOUR, (hour + 1) * MINUTES_PER_HOUR)),
      }
    const endDay = Math.floor(doneHour / HOURS_PER_DAY)
    const doneDay = readCursor('rollup.day') ?? 0
    const nextHour = firstHour.get(doneDay * HOURS_PER_DAY) ?? null
    const day = nextHour === null ? endDay : Math.floor(nextHour / HOURS_PER_DAY)
    if (day < endDay)
      return {
        unit: 'day',
        number: day,
        sums: sum(hours.iterate(day * HOURS_PER_DAY, (day + 1) * HOURS_PER_DAY)),
      }
    return null
  }
}
