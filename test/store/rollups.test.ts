import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rollUp } from '../../src/server/local/maintenance/roll-up.ts'
import { createReader, type Reader } from '../../src/server/local/store/reader.ts'
import { bucketOf } from '../../src/shared/domain/histogram.ts'
import { PERIODS } from '../../src/shared/domain/queue.ts'
import { type OpenWriter, openWriter } from './open-writer.ts'
import { storeOn } from './store-on.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const NOW = Date.UTC(2026, 4, 20, 13, 37, 12)

interface Minute {
  readonly at: number
  readonly queue: string
  readonly succeeded: number
  readonly waitMs: number
}

function addMinute({ db }: OpenWriter, { at, queue, succeeded, waitMs }: Minute): void {
  db.prepare('INSERT OR REPLACE INTO minute_stats (minute, queue, stats) VALUES (?, ?, ?)').run(
    Math.floor(at / MINUTE_MS),
    queue,
    JSON.stringify({
      submitted: succeeded + 1,
      succeeded,
      failed: 1,
      timedOut: 2,
      cancelled: 3,
      retried: 4,
      wait: { [bucketOf(waitMs)]: succeeded },
      run: { [bucketOf(waitMs * 2)]: 1 },
      // Of minutes in which nothing waited there is none.
      ...(succeeded % 2 === 0 ? { depth: succeeded, oldestMs: waitMs } : {}),
    }),
  )
}

const minute = (oldestMs: number) =>
  fc.record({
    at: fc.integer({ min: 0, max: oldestMs }).map((ago) => NOW - ago),
    queue: fc.constantFrom('a', 'b', 'c'),
    succeeded: fc.integer({ min: 0, max: 1000 }),
    waitMs: fc.integer({ min: 0, max: 1_000_000 }),
  })

const charts = (reader: Reader, now: number) =>
  PERIODS.flatMap((period) => [
    reader.stats({ period, now }),
    ...['a', 'b', 'c'].map((queue) => reader.stats({ period, queue, now })),
  ])

describe('summing minutes to hours and days', () => {
  it('leaves every chart of every period as it was', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(minute(47 * HOUR_MS), { maxLength: 60 }),
        fc.integer({ min: 0, max: 40 * HOUR_MS }),
        async (minutes, earlierMs) => {
          using store = await openWriter()
          const reader = createReader(store.db)
          for (const each of minutes) addMinute(store, each)
          const before = charts(reader, NOW)
          // A first round some time before, so that the second goes on in the middle.
          await rollUp(
            storeOn(store, reader, () => NOW - earlierMs),
            { now: () => NOW - earlierMs } as never,
          )
          expect(charts(reader, NOW)).toEqual(before)
          await rollUp(
            storeOn(store, reader, () => NOW),
            { now: () => NOW } as never,
          )
          expect(charts(reader, NOW)).toEqual(before)
        },
      ),
      { numRuns: 40 },
    )
  }, 60_000)

  it('keeps the charts of 30 days after the minutes of the last 48 hours are all that is left', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(minute(29 * DAY_MS), { minLength: 1, maxLength: 60 }), async (minutes) => {
        using store = await openWriter()
        const reader = createReader(store.db)
        for (const each of minutes) addMinute(store, each)
        const long = (now: number) => (['7d', '30d'] as const).map((period) => reader.stats({ period, now }))
        const before = long(NOW)
        await rollUp(
          storeOn(store, reader, () => NOW),
          { now: () => NOW } as never,
        )
        expect(long(NOW)).toEqual(before)
        const oldest = store.db.prepare('SELECT min(minute) FROM minute_stats').pluck().get() as number | null
        expect((oldest ?? Infinity) * MINUTE_MS).toBeGreaterThanOrEqual(NOW - 49 * HOUR_MS)
      }),
      { numRuns: 40 },
    )
  }, 60_000)

  it('sums an hour once more when the clock was set back into it', async () => {
    using store = await openWriter()
    const reader = createReader(store.db)
    addMinute(store, { at: NOW - 3 * HOUR_MS, queue: 'a', succeeded: 10, waitMs: 5 })
    await rollUp(
      storeOn(store, reader, () => NOW),
      { now: () => NOW } as never,
    )
    const earlier = NOW - 3 * HOUR_MS
    await rollUp(
      storeOn(store, reader, () => earlier),
      { now: () => earlier } as never,
    )
    addMinute(store, { at: earlier + MINUTE_MS, queue: 'a', succeeded: 7, waitMs: 5 })
    await rollUp(
      storeOn(store, reader, () => NOW),
      { now: () => NOW } as never,
    )
    const { buckets } = reader.stats({ period: '7d', now: NOW })
    expect(buckets.reduce((sum, { succeeded }) => sum + succeeded, 0)).toBe(17)
  })

  it('forgets days after 31 of them, and leaves nothing of what it summed behind', async () => {
    using store = await openWriter()
    const reader = createReader(store.db)
    for (let day = 0; day < 40; day += 1)
      addMinute(store, { at: NOW - day * DAY_MS, queue: 'a', succeeded: 1, waitMs: 1 })
    await rollUp(
      storeOn(store, reader, () => NOW),
      { now: () => NOW } as never,
    )
    const oldest = store.db.prepare('SELECT min(day) FROM day_stats').pluck().get() as number
    expect(oldest).toBe(Math.floor(NOW / DAY_MS) - 31)
    expect(reader.stats({ period: '30d', now: NOW }).buckets.map(({ succeeded }) => succeeded)).toEqual(
      Array.from({ length: 30 }, () => 1),
    )
  })

  it('makes the chart of 30 busy days a matter of a few hundred rows', async () => {
    using store = await openWriter()
    const reader = createReader(store.db)
    store.db.transaction(() => {
      for (let at = NOW - 47 * HOUR_MS; at < NOW; at += MINUTE_MS)
        for (const queue of ['a', 'b', 'c']) addMinute(store, { at, queue, succeeded: 3, waitMs: at % 5000 })
    })()
    await rollUp(
      storeOn(store, reader, () => NOW),
      { now: () => NOW } as never,
    )
    const { hour, day } = Object.fromEntries(
      (
        store.db.prepare("SELECT name, value FROM background_cursors WHERE name LIKE 'rollup.%'").all() as {
          name: string
          value: number
        }[]
      ).map(({ name, value }) => [name.slice('rollup.'.length), value]),
    ) as { hour: number; day: number }
    const minutesRead = Math.floor(NOW / MINUTE_MS) - hour * 60 + 1
    expect(minutesRead).toBeLessThanOrEqual(71)
    expect(hour - day * 24).toBeLessThan(48)
  })
})
