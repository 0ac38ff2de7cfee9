import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { durationTicks, timeTicks, valueTicks } from './axis-ticks.ts'

describe('the ticks of a value axis', () => {
  it.each([
    [0, [0, 1]],
    [2.3, [0, 1, 2, 3]],
    [57, [0, 20, 40, 60]],
    [60, [0, 20, 40, 60]],
    [0.9, [0, 0.25, 0.5, 0.75, 1]],
    [4_812, [0, 2000, 4000, 6000]],
  ])('up to %d are round', (max, ticks) => {
    expect(valueTicks(max)).toEqual(ticks)
  })

  it('begin at zero, reach the greatest value, and are never more than five', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e9, noNaN: true }), (max) => {
        const ticks = valueTicks(max)
        expect(ticks[0]).toBe(0)
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(max * (1 - 1e-6))
        expect(ticks.length).toBeLessThanOrEqual(5)
      }),
    )
  })
})

describe('the ticks of a duration axis', () => {
  it.each([
    [0, [0, 1]],
    [640, [0, 500, 1000]],
    [1_240, [0, 500, 1000, 1500]],
    [9_800, [0, 5_000, 10_000]],
    [200_000, [0, 120_000, 240_000]],
  ])('up to %d ms are round', (max, ticks) => {
    expect(durationTicks(max)).toEqual(ticks)
  })
})

describe('the ticks of a time axis', () => {
  const at = (hour: number, minute: number) => Date.UTC(2030, 0, 15, hour, minute)

  it('are round clock times', () => {
    expect(timeTicks(at(13, 32), at(14, 32), 7, 0)).toEqual(
      [
        [13, 40],
        [13, 50],
        [14, 0],
        [14, 10],
        [14, 20],
        [14, 30],
      ].map(([hour, minute]) => at(hour ?? 0, minute ?? 0)),
    )
  })

  it('are round where the reader is, also half an hour off', () => {
    const offset = 5.5 * 3_600_000
    const [first] = timeTicks(at(0, 0), at(23, 59), 6, offset)

    expect(new Date((first ?? 0) + offset).toISOString()).toMatch(/T(08|04|12|00|16|20):00:00/)
  })

  it('never crowd', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 * 86_400_000 }), (span) => {
        expect(timeTicks(0, span, 7, 0).length).toBeLessThanOrEqual(8)
      }),
    )
  })
})
