import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addHistograms, boundIndexOf, bucketOf, DURATION_BOUNDS_MS, percentileMs } from './histogram.ts'

const histogramOf = (durations: readonly number[]) =>
  durations.reduce((sum, ms) => addHistograms(sum, { [bucketOf(ms)]: 1 }), {})

describe('a histogram of durations', () => {
  it('gives a percentile within one bucket of the true one', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(86_400_000), { minLength: 1, maxLength: 200 }),
        fc.constantFrom(0.5, 0.95, 0.99),
        (durations, fraction) => {
          const sorted = durations.toSorted((a, b) => a - b)
          const exact = sorted[Math.max(0, Math.ceil(fraction * sorted.length) - 1)]!
          const read = percentileMs(histogramOf(durations), fraction)!
          expect(Math.abs(Math.log2(read + 1) - Math.log2(exact + 1))).toBeLessThanOrEqual(0.2501)
        },
      ),
    )
  })

  it('has no percentile while empty', () => {
    expect(percentileMs({}, 0.5)).toBeNull()
  })

  it('counts a duration under the first bound that holds it', () => {
    expect([0, 5, 6, 100, 101, 1_800_000, 1_800_001].map(boundIndexOf)).toEqual([0, 0, 1, 4, 5, 14, 15])
    expect(DURATION_BOUNDS_MS).toHaveLength(15)
  })
})
