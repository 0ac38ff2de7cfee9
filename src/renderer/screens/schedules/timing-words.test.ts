import { describe, expect, it } from 'vitest'
import { describeTiming, formatFire, splitInterval } from './timing-words.ts'

describe('a timing in words', () => {
  it.each([
    [1_000, 'Every second'],
    [90_000, 'Every 90 seconds'],
    [300_000, 'Every 5 minutes'],
    [3_600_000, 'Every hour'],
    [172_800_000, 'Every 2 days'],
  ])('of %d ms is: %s', (everyMs, words) => {
    expect(describeTiming({ kind: 'interval', everyMs })).toBe(words)
  })

  it('is the expression itself where words would not do', () => {
    expect(describeTiming({ kind: 'cron', expression: '0 9 L * *', timeZone: 'UTC' })).toBe('0 9 L * *')
  })
})

describe('an interval', () => {
  it('is entered in the largest unit that fits without a fraction', () => {
    expect(splitInterval(5_400_000)).toEqual({ count: 90, unit: 'minutes' })
    // Less than a second apart is refused by the broker; whatever it says is shown.
    expect(splitInterval(1_500)).toEqual({ count: 1.5, unit: 'seconds' })
  })
})

describe('an instant of a schedule', () => {
  it('is told as the clocks of its own time zone show it', () => {
    const at = Date.UTC(2030, 0, 15, 8, 0)
    expect(formatFire(at, 'Europe/Berlin')).toBe('Tue 15 Jan, 09:00')
    expect(formatFire(at + 5_000, 'UTC')).toBe('Tue 15 Jan, 08:00:05')
  })
})
