import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  findAnswering,
  findStrategy,
  findThrottle,
  toDegradationMark,
  toFallback,
  toResilience,
} from './degradation.ts'
import { COMPONENTS, DEGRADATION_STRATEGIES, type MarkDegraded } from './resilience.ts'

const NOW = 1_000_000
const wanted: fc.Arbitrary<MarkDegraded> = fc.record({
  component: fc.constantFrom(...COMPONENTS),
  strategy: fc.constantFrom(...DEGRADATION_STRATEGIES),
  ttlMs: fc.integer({ min: 1000, max: 86_400_000 }),
})

describe('a mark', () => {
  it('stands from its beginning until its end, and not a moment longer', () => {
    fc.assert(
      fc.property(wanted, fc.nat(1000), (request, throughput) => {
        const mark = toDegradationMark(request, throughput, NOW)
        for (const [now, stands] of [
          [NOW, true],
          [mark.until - 1, true],
          [mark.until, false],
        ] as const) {
          expect(findStrategy([mark], request.strategy, now)).toBe(stands ? mark : null)
          const answers = stands && ['return_cached', 'default_value'].includes(request.strategy)
          expect(findAnswering([mark], request.component, now)).toBe(answers ? mark : null)
          expect(findThrottle([mark], now) !== null).toBe(stands && request.strategy === 'reduce_throughput')
        }
      }),
    )
  })

  it('answers no reads of another component', () => {
    const mark = toDegradationMark({ component: 'workers', strategy: 'return_cached' }, 0, NOW)
    expect(findAnswering([mark], 'database', NOW)).toBeNull()
  })

  it('leaves a tenth of the throughput there was, and at least one a second', () => {
    const request = { component: 'database', strategy: 'reduce_throughput' } as const
    expect(toDegradationMark(request, 0, NOW).claimsPerSecond).toBe(1)
    expect(toDegradationMark(request, 1234, NOW).claimsPerSecond).toBe(123)
  })

  it('gives way to one that is slower', () => {
    const fast = toDegradationMark({ component: 'database', strategy: 'reduce_throughput' }, 900, NOW)
    const slow = toDegradationMark(
      { component: 'workers', strategy: 'reduce_throughput', ttlMs: 1000 },
      100,
      NOW,
    )
    expect(findThrottle([fast, slow], NOW)).toEqual({ claimsPerSecond: 10, until: NOW + 1000 })
    expect(findThrottle([fast, slow], NOW + 1000)).toEqual({ claimsPerSecond: 90, until: fast.until })
  })
})

it('a submit keeps everything but its queue on its way to the fallback', () => {
  const mark = toDegradationMark({ component: 'database', strategy: 'queue_to_fallback' }, 0, NOW)
  const tasks = [{ name: 'a', queue: 'q', priority: 3 }, { name: 'b' }]
  expect(toFallback(tasks, mark)).toEqual([
    { name: 'a', queue: 'fallback', priority: 3 },
    { name: 'b', queue: 'fallback' },
  ])
  expect(toFallback(tasks, null)).toBe(tasks)
})

it('the score is the percentage of what is healthy and not marked', () => {
  const mark = toDegradationMark({ component: 'events', strategy: 'async_fallback' }, 0, NOW)
  const components = COMPONENTS.map((name) => ({
    name,
    isHealthy: name !== 'workers',
    detail: null,
    degradation: name === 'events' ? mark : null,
  }))
  expect(toResilience(components, NOW).score).toBe(60)
  expect(toResilience(components.slice(0, 3), NOW).score).toBe(66.7)
})
