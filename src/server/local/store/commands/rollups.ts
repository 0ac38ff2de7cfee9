import type { EpochMs } from '../../../../shared/domain/clock.ts'
import { prepareReadCursor, prepareWriteCursor } from '../background-cursors.ts'
import { HOUR_MS, HOURS_PER_DAY, MINUTES_PER_HOUR, type Rollup } from '../queries/next-rollup.ts'
import type { CommandContext } from './command-context.ts'

const KEPT_MINUTES_HOURS = 48
const KEPT_DAYS = 31

/** Chart figures of hours and days, summed from minutes, and how long each is kept. */
export function prepareRollups({ db }: CommandContext) {
  const read = prepareReadCursor(db)
  const write = prepareWriteCursor(db)
  const put = {
    hour: db.prepare('INSERT OR REPLACE INTO hour_stats (hour, queue, stats) VALUES (?, ?, ?)'),
    day: db.prepare('INSERT OR REPLACE INTO day_stats (day, queue, stats) VALUES (?, ?, ?)'),
  }
  const prune = (['minute', 'hour', 'day'] as const).map((unit) =>
    db.prepare<[number, number]>(`DELETE FROM ${unit}_stats WHERE (${unit}, queue) IN
      (SELECT ${unit}, queue FROM ${unit}_stats WHERE ${unit} < ? ORDER BY ${unit} LIMIT ?)`),
  )

  return {
    /** Writes some sums of an hour or day; only with the last of them do charts read it. */
    writeRollup({ unit, number, sums, isLast }: Rollup & { readonly isLast: boolean }): void {
      for (const { queue, stats } of sums) put[unit].run(number, queue, JSON.stringify(stats))
      if (isLast) write(`rollup.${unit}`, number + 1)
    },
    /** After the clock was set back: hours that are filled once more are summed once more, while their minutes are kept. */
    reopenRollups({ now }: { readonly now: EpochMs }): void {
      const hour = Math.floor(now / HOUR_MS)
      const done = read('rollup.hour')
      if (done === null || hour >= done || hour < done - KEPT_MINUTES_HOURS + 1) return
      write('rollup.hour', hour)
      const day = Math.floor(hour / HOURS_PER_DAY)
      if ((read('rollup.day') ?? 0) > day) write('rollup.day', day)
    },
    /** Deletes up to `limit` minutes, hours and days each that are kept no longer; answers how many. */
    pruneStats({ now, limit }: { readonly now: EpochMs; readonly limit: number }): number {
      const hour = Math.floor(now / HOUR_MS)
      const doneHour = read('rollup.hour') ?? 0
      const doneDay = read('rollup.day') ?? 0
      const firstKeptDay = Math.floor(hour / HOURS_PER_DAY) - KEPT_DAYS
      const firstKept = [
        Math.min(hour - KEPT_MINUTES_HOURS, doneHour) * MINUTES_PER_HOUR,
        Math.min(firstKeptDay, doneDay) * HOURS_PER_DAY,
        firstKeptDay,
      ]
      return prune.reduce((sum, statement, index) => sum + statement.run(firstKept[index]!, limit).changes, 0)
    },
  }
}
