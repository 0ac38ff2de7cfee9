import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { backoffDelayMs, DEFAULT_BACKOFF } from './backoff.ts'

const policies = fc.record({
  baseMs: fc.nat(60_000),
  factor: fc.double({ min: 1, max: 10, noNaN: true }),
  capMs: fc.nat(3_600_000),
  jitter: fc.constantFrom('full' as const, 'none' as const),
})
const dice = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })

describe('the delay before a retry', () => {
  it('is a whole number from 0 to the cap, for any policy, retry and dice', () => {
    fc.assert(
      fc.property(policies, fc.integer({ min: 1, max: 10_000 }), dice, (policy, retry, random) => {
        const delay = backoffDelayMs(policy, retry, () => random)
        expect(Number.isInteger(delay)).toBe(true)
        expect(delay).toBeGreaterThanOrEqual(0)
        expect(delay).toBeLessThanOrEqual(policy.capMs)
      }),
    )
  })

  it('is nothing for a base of nothing, also after more retries than a factor can count', () => {
    const policy = { baseMs: 0, factor: 1.17, capMs: 0, jitter: 'none' as const }
    expect(backoffDelayMs(policy, 4632, () => 0.5)).toBe(0)
    expect(backoffDelayMs({ ...policy, baseMs: 1, capMs: 60_000 }, 100_000, () => 0.5)).toBe(60_000)
  })

  it('doubles by default, from one second to ten minutes', () => {
    const ceilings = [1, 2, 3, 11, 50].map((retry) =>
      backoffDelayMs({ ...DEFAULT_BACKOFF, jitter: 'none' }, retry, () => 0),
    )
    expect(ceilings).toEqual([1000, 2000, 4000, 600_000, 600_000])
  })
})
