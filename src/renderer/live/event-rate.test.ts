import { describe, expect, it } from 'vitest'
import { countEvents, eventsPerSecond, NO_RATE } from './event-rate.ts'

describe('events per second', () => {
  it('is the mean of the last three whole seconds', () => {
    let rate = NO_RATE
    for (const [at, count] of [
      [1_000, 30],
      [2_000, 30],
      [2_900, 30],
      [3_500, 30],
    ] as const)
      rate = countEvents(rate, count, at)

    expect(eventsPerSecond(rate, 4_200)).toBe(40)
  })

  it('does not count the second that is still running, so that it does not sag', () => {
    const rate = countEvents(countEvents(NO_RATE, 30, 1_000), 5, 4_000)

    expect(eventsPerSecond(rate, 4_000)).toBe(10)
  })

  it('falls to nothing when nothing comes', () => {
    expect(eventsPerSecond(countEvents(NO_RATE, 500, 1_000), 10_000)).toBe(0)
  })

  it('keeps no more than it needs', () => {
    let rate = NO_RATE
    for (let at = 0; at < 100_000; at += 250) rate = countEvents(rate, 1, at)

    expect(rate.seconds.length).toBeLessThanOrEqual(4)
  })
})
