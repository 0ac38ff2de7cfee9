import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rollUp } from '../../src/server/local/maintenance/roll-up.ts'
import { createReader } from '../../src/server/local/store/reader.ts'
import { bucketOf } from '../../src/shared/domain/histogram.ts'
import type { Trends } from '../../src/shared/domain/trends.ts'
import { type OpenWriter, openWriter } from './open-writer.ts'
import { storeOn } from './store-on.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const NOW = Date.UTC(2026, 4, 20, 13, 37, 12)

interface Minute {
  readonly at: number
  readonly queue: string
  readonly submitted: number
}

function addMinutes({ db }: OpenWriter, minutes: readonly Minute[]): void {
  const insert = db.prepare('INSERT OR REPLACE INTO minute_stats (minute, queue, stats) VALUES (?, ?, ?)')
  for (const { at, queue, submitted } of minutes) {
    const counts = { submitted, succeeded: submitted, failed: 1, timedOut: 1, cancelled: 0, retried: 0 }
    const stats = { ...counts, wait: { [bucketOf(1000)]: submitted }, run: {} }
    insert.run(Math.floor(at / MINUTE_MS), queue, JSON.stringify(stats))
  }
}

const roll = (store: OpenWriter) =>
  rollUp(
    storeOn(store, createReader(store.db), () => NOW),
    { now: () => NOW } as never,
  )

/** The later of two of one minute and queue is the one that is kept. */
const kept = (minutes: readonly Minute[]) => [
  ...new Map(minutes.map((each) => [`${Math.floor(each.at / MINUTE_MS)} ${each.queue}`, each])).values(),
]

describe('trends', () => {
  it('count what the minutes of the period counted, in all and by step, also when hours are all that is left', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            at: fc.integer({ min: 0, max: 719 * HOUR_MS }).map((ago) => NOW - ago),
            queue: fc.constantFrom('a', 'b'),
            submitted: fc.integer({ min: 0, max: 50 }),
          }),
          { maxLength: 40 },
        ),
        fc.oneof(fc.integer({ min: 1, max: 47 }), fc.integer({ min: 48, max: 720 })),
        fc.constantFrom('hour', 'day'),
        async (minutes, hours, step) => {
          using store = await openWriter()
          const { trends } = createReader(store.db)
          addMinutes(store, minutes)
          const before = trends({ hours, step, now: NOW })
          expectSums(before, minutes, step)
          await roll(store)
          expect(trends({ hours, step, now: NOW })).toEqual(before)
        },
      ),
      { numRuns: 40 },
    )
  }, 60_000)

  function expectSums(found: Trends, minutes: readonly Minute[], step: 'hour' | 'day'): void {
    const within = kept(minutes).filter(({ at }) => Math.floor(at / MINUTE_MS) * MINUTE_MS >= found.from)
    const sum = (each: readonly { readonly submitted: number }[]) =>
      each.reduce((total, { submitted }) => total + submitted, 0)
    expect(found.total.submitted).toBe(sum(within))
    expect(found.total.failed).toBe(within.length)
    expect(sum(found.steps)).toBe(sum(within))
    const stepMs = step === 'hour' ? HOUR_MS : 24 * HOUR_MS
    for (const { at, submitted } of found.steps) {
      expect(at % stepMs).toBe(0)
      expect(submitted).toBe(sum(within.filter((each) => each.at >= at && each.at < at + stepMs)))
    }
  }

  it('begin so many hours before now, and have steps without a gap', async () => {
    using store = await openWriter()
    const { trends } = createReader(store.db)

    const short = trends({ hours: 24, step: 'hour', now: NOW })
    const long = trends({ hours: 72, step: 'day', now: NOW })

    expect(new Date(short.from).toISOString()).toBe('2026-05-19T13:37:00.000Z')
    expect(short.steps.map(({ at }) => at)).toEqual(
      Array.from({ length: 25 }, (_, index) => Date.UTC(2026, 4, 19, 13) + index * HOUR_MS),
    )
    expect(new Date(long.from).toISOString()).toBe('2026-05-17T13:00:00.000Z')
    expect(long.steps.map(({ at }) => new Date(at).getUTCDate())).toEqual([17, 18, 19, 20])
    expect(short.total).toMatchObject({ submitted: 0, meanWaitMs: null, meanRunMs: null })
    expect(short.peaks).toEqual([])
  })

  it('tell the five busiest times of the day, and how long was waited on average', async () => {
    using store = await openWriter()
    const { trends } = createReader(store.db)
    const at = (hour: number, minute: number) => Date.UTC(2026, 4, 20, hour, minute)
    addMinutes(store, [
      { at: at(9, 29), queue: 'a', submitted: 1 },
      { at: at(9, 30), queue: 'a', submitted: 30 },
      { at: at(9, 59), queue: 'b', submitted: 30 },
      { at: at(8, 0), queue: 'a', submitted: 50 },
      { at: at(10, 0), queue: 'a', submitted: 20 },
      { at: at(11, 0), queue: 'a', submitted: 10 },
      { at: at(12, 0), queue: 'a', submitted: 10 },
      { at: at(13, 0), queue: 'a', submitted: 5 },
      { at: at(13, 30), queue: 'a', submitted: 0 },
    ])

    const { peaks, total } = trends({ hours: 24, step: 'hour', now: NOW })

    expect(peaks).toEqual([
      { minuteOfDay: 570, submitted: 60 },
      { minuteOfDay: 480, submitted: 50 },
      { minuteOfDay: 600, submitted: 20 },
      { minuteOfDay: 660, submitted: 10 },
      { minuteOfDay: 720, submitted: 10 },
    ])
    expect(total.meanWaitMs).toBeGreaterThan(900)
    expect(total.meanWaitMs).toBeLessThan(1100)
  })
})
