import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isBrokerError } from '../../../shared/domain/errors.ts'
import { MAX_EPOCH_MS } from '../../../shared/domain/limits.ts'
import type { ScheduleTiming } from '../../../shared/domain/schedule.ts'
import { firstFireAfter, type FixedTiming, fixTiming, lastFireUpTo } from './fire-times.ts'

const NOW = Date.UTC(2026, 0, 1)
const HOUR_MS = 3_600_000
const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString())

const zones = fc.constantFrom(
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'America/Santiago',
  'Pacific/Apia',
)
const field = (most: number) =>
  fc.oneof(
    fc.constant('*'),
    fc.integer({ min: 0, max: most }).map(String),
    fc.integer({ min: 2, max: 20 }).map((step) => `*/${step}`),
    fc
      .uniqueArray(fc.integer({ min: 0, max: most }), { minLength: 1, maxLength: 3 })
      .map((values) => values.join(',')),
  )
const timings: fc.Arbitrary<FixedTiming> = fc.oneof(
  fc.record({
    kind: fc.constant('cron' as const),
    expression: fc.tuple(field(59), field(23)).map(([minute, hour]) => `${minute} ${hour} * * *`),
    timeZone: zones,
  }),
  fc.record({
    kind: fc.constant('interval' as const),
    everyMs: fc.integer({ min: 1000, max: 10 * 24 * HOUR_MS }),
    anchorAt: fc.integer({ min: NOW - 400 * 24 * HOUR_MS, max: NOW }),
  }),
)
const instants = fc.integer({ min: NOW, max: NOW + 3 * 365 * 24 * HOUR_MS })

function fires(
  expression: string,
  timeZone: string,
  from: string,
  count: number,
): readonly (string | null)[] {
  const timing = fixTiming({ kind: 'cron', expression, timeZone }, NOW, 'timing')
  const found: (string | null)[] = []
  for (let at: number | null = Date.parse(from); at !== null && found.length < count;) {
    at = firstFireAfter(timing, at)
    found.push(iso(at))
  }
  return found
}

function refusalOf(timing: ScheduleTiming): { readonly path: unknown; readonly message: string } {
  try {
    fixTiming(timing, NOW, 'timing')
  } catch (error) {
    if (!isBrokerError(error, 'INVALID_REQUEST')) throw error
    return { path: error.details.path, message: error.message }
  }
  throw new Error('It was not refused.')
}
const cron = (expression: string, timeZone = 'UTC'): ScheduleTiming => ({
  kind: 'cron',
  expression,
  timeZone,
})

describe('the instants of a timing', () => {
  it('go strictly forward, and looking back finds the one before', () => {
    fc.assert(
      fc.property(timings, instants, (timing, after) => {
        const first = firstFireAfter(timing, after)!
        expect(first).toBeGreaterThan(after)
        expect(firstFireAfter(timing, first - 1)).toBe(first)
        expect(lastFireUpTo(timing, first)).toBe(first)
        const last = lastFireUpTo(timing, first - 1)
        expect(last === null || last <= after).toBe(true)
        if (last !== null) expect(firstFireAfter(timing, last)).toBe(first)
      }),
      { numRuns: 300 },
    )
  })

  it('of a daily time are one a day in every zone, whatever the clocks do', () => {
    fc.assert(
      fc.property(
        zones,
        fc.integer({ min: 0, max: 23 }),
        fc.integer({ min: 0, max: 59 }),
        instants,
        (timeZone, hour, minute, from) => {
          const timing: FixedTiming = { kind: 'cron', expression: `${minute} ${hour} * * *`, timeZone }
          const format = new Intl.DateTimeFormat('en-CA', { timeZone })
          const days: string[] = []
          for (let at = from, count = 0; count < 40; count += 1) {
            at = firstFireAfter(timing, at)!
            days.push(format.format(at))
          }
          for (const [index, day] of days.entries())
            if (index > 0) expect(Date.parse(day) - Date.parse(days[index - 1]!)).toBe(24 * HOUR_MS)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('of a time that the clocks leave out come right after the gap', () => {
    expect(fires('30 2 * * *', 'Europe/Berlin', '2026-03-28T12:00:00Z', 2)).toEqual([
      '2026-03-29T01:00:00.000Z',
      '2026-03-30T00:30:00.000Z',
    ])
  })

  it('of a time that comes twice come once, and of every half hour both times', () => {
    expect(fires('30 2 * * *', 'Europe/Berlin', '2026-10-24T12:00:00Z', 2)).toEqual([
      '2026-10-25T00:30:00.000Z',
      '2026-10-26T01:30:00.000Z',
    ])
    expect(fires('*/30 * * * *', 'Europe/Berlin', '2026-10-25T00:00:00Z', 4)).toEqual([
      '2026-10-25T00:30:00.000Z',
      '2026-10-25T01:00:00.000Z',
      '2026-10-25T01:30:00.000Z',
      '2026-10-25T02:00:00.000Z',
    ])
  })

  it('may be told in seconds and by nickname', () => {
    expect(fires('*/20 * * * * *', 'UTC', '2026-01-01T00:00:00Z', 2)).toEqual([
      '2026-01-01T00:00:20.000Z',
      '2026-01-01T00:00:40.000Z',
    ])
    expect(fires('@weekly', 'UTC', '2026-01-01T00:00:00Z', 1)).toEqual(['2026-01-04T00:00:00.000Z'])
  })

  it('of an interval are the anchor and its multiples after it, to the end of time', () => {
    const timing = fixTiming({ kind: 'interval', everyMs: 5000 }, NOW, 'timing')
    expect(timing).toEqual({ kind: 'interval', everyMs: 5000, anchorAt: NOW })
    expect([firstFireAfter(timing, NOW), firstFireAfter(timing, NOW - HOUR_MS)]).toEqual([NOW + 5000, NOW])
    expect([lastFireUpTo(timing, NOW - 1), lastFireUpTo(timing, NOW + 9999)]).toEqual([null, NOW + 5000])
    expect(firstFireAfter(timing, MAX_EPOCH_MS)).toBeNull()
  })
})

describe('a timing that cannot be', () => {
  it.each([
    ['61 * * * *', /'61 \* \* \* \*' cannot be read: Invalid value for minute: 61\./],
    ['* * *', /five, six/],
    ['* * * * * * *', /5 or 6 parts/],
    ['0 0 * * FOO', /illegal characters/],
    ['2030-01-01T00:00:00', /is a date/],
    ['@reboot', /not supported/],
    ['0 0 30 2 *', /never fires/],
    ['*'.repeat(300), /at most 256/],
  ])('is refused for its expression: %s', (expression, message) => {
    const refusal = refusalOf(cron(expression))
    expect(refusal.path).toBe('timing.expression')
    expect(refusal.message).toMatch(message)
  })

  it('is refused for its zone, with an example of a right one', () => {
    expect(refusalOf(cron('0 0 * * *', 'Mars/Olympus'))).toEqual({
      path: 'timing.timeZone',
      message: expect.stringMatching(/'Mars\/Olympus' is no time zone; give an IANA name, as Europe\/Berlin/),
    })
  })

  it.each([[999], [1.5], [Number.NaN], [367 * 24 * HOUR_MS]])(
    'is refused for its interval: %s ms',
    (everyMs) => {
      expect(refusalOf({ kind: 'interval', everyMs }).path).toBe('timing.everyMs')
    },
  )
})
