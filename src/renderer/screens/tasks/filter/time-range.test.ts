import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boundsOf, readTimeRange, timeRangeWords, writeTimeRange } from './time-range.ts'

const NOW = Date.UTC(2026, 10, 21, 12)

describe('a stretch of time', () => {
  it('is counted back from now', () => {
    expect(boundsOf(readTimeRange('24h')!, NOW)).toEqual({ after: NOW - 86_400_000, before: undefined })
    expect(boundsOf(readTimeRange('>1h')!, NOW)).toEqual({ after: undefined, before: NOW - 3_600_000 })
    expect(timeRangeWords(readTimeRange('7D')!)).toBe('last 7 d')
    expect(timeRangeWords(readTimeRange('> 90m')!)).toBe('over 90 min ago')
  })

  it('goes from one instant up to another, in the reader’s own time', () => {
    const range = readTimeRange('2026-11-20..2026-11-21T12:30')!
    expect(boundsOf(range, NOW)).toEqual({
      after: new Date('2026-11-20T00:00').getTime(),
      before: new Date('2026-11-21T12:30').getTime(),
    })
    expect(timeRangeWords(range)).toBe('20 Nov 00:00 – 21 Nov 12:30')
  })

  it('takes a day as a whole, also as an end', () => {
    const whole = {
      after: new Date('2026-11-20T00:00').getTime(),
      before: new Date('2026-11-21T00:00').getTime(),
    }
    expect(boundsOf(readTimeRange('2026-11-20')!, NOW)).toEqual(whole)
    expect(boundsOf(readTimeRange('..2026-11-20')!, NOW)).toEqual({ after: undefined, before: whole.before })
    expect(boundsOf(readTimeRange('2026-11-20 ..')!, NOW)).toEqual({ after: whole.after, before: undefined })
  })

  it.each([
    '',
    'soon',
    '0h',
    '99999h',
    '5y',
    '..',
    '2026-02-30',
    '2026-11-21..2026-11-20',
    '2026-11-20T10:00',
    '1..2',
  ])('is not “%s”', (text) => expect(readTimeRange(text)).toBeNull())

  it('stands in an address as something that is read back as itself', () => {
    const instant = fc.integer({ min: 0, max: NOW })
    const range = fc.oneof(
      fc.record({
        kind: fc.constantFrom('last' as const, 'before' as const),
        count: fc.integer({ min: 1, max: 9999 }),
        unit: fc.constantFrom('m' as const, 'h' as const, 'd' as const),
      }),
      fc
        .tuple(instant, instant, fc.constantFrom('from', 'to', 'both'))
        .filter(([a, b]) => a !== b)
        .map(([a, b, sides]) => ({
          kind: 'between' as const,
          from: sides === 'to' ? null : Math.min(a, b),
          to: sides === 'from' ? null : Math.max(a, b),
        })),
    )
    fc.assert(
      fc.property(range, (each) => {
        expect(readTimeRange(writeTimeRange(each))).toEqual(each)
      }),
    )
  })
})
