import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fullBucket, nextTokenAt, refill } from './token-bucket.ts'

const limits = fc.record({
  count: fc.integer({ min: 1, max: 1000 }),
  perMs: fc.integer({ min: 1, max: 3_600_000 }),
})

it('never lets more through than one full bucket and what time has added', () => {
  fc.assert(
    fc.property(limits, fc.array(fc.tuple(fc.nat(10_000), fc.nat(50)), { maxLength: 50 }), (limit, waits) => {
      let now = 1_000_000
      let bucket = fullBucket(limit, now)
      let taken = 0
      for (const [ms, wanted] of waits) {
        now += ms
        bucket = refill(bucket, limit, now)
        const take = Math.min(wanted, Math.floor(bucket.tokens))
        bucket = { ...bucket, tokens: bucket.tokens - take }
        taken += take
      }
      expect(taken).toBeLessThanOrEqual(limit.count + ((now - 1_000_000) * limit.count) / limit.perMs + 1e-6)
    }),
  )
})

it('has a token when it says it will, and none before', () => {
  fc.assert(
    fc.property(limits, fc.double({ min: 0, max: 0.999, noNaN: true }), (limit, tokens) => {
      const bucket = { tokens, at: 5000 }
      const at = nextTokenAt(bucket, limit)
      expect(refill(bucket, limit, at).tokens).toBeGreaterThanOrEqual(1 - 1e-9)
      expect(refill(bucket, limit, at - 1).tokens).toBeLessThan(1)
    }),
    // 0.001 × 2,884,000 is 2,884.0000000000027 here.
    { examples: [[{ count: 1, perMs: 2_884_000 }, 0.999]] },
  )
})

it('takes nothing when the clock goes back', () => {
  const limit = { count: 10, perMs: 1000 }
  expect(refill({ tokens: 4, at: 5000 }, limit, 1000).tokens).toBe(4)
})
