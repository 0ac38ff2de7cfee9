import { describe, expect, it } from 'vitest'
import { PERIODS } from '../../src/shared/domain/queue.ts'
import { untilIdle } from '../support/until.ts'
import { expectRefusal } from './expect-refusal.ts'
import type { OpenBroker } from './open-broker.ts'
import { json } from './submit-one.ts'

export function numberCases(open: OpenBroker): void {
  describe('the numbers', () => {
    it('of the overview are those of its tasks', async () => {
      await using fixture = await open()
      const { broker } = fixture
      await broker.submit([
        { name: 'echo' },
        { name: 'echo', queue: 'b' },
        { name: 'explode', maxRetries: 0 },
      ])
      await untilIdle(broker)
      const overview = await broker.overview()
      expect(overview.counts).toMatchObject({ succeeded: 2, failed: 1, pending: 0, running: 0 })
      expect(overview).toMatchObject({
        deadLetters: 1,
        totals: { submitted: 3, succeeded: 2, failed: 1, deadLettered: 1, started: 3, ended: 3 },
        queues: { total: 2, active: 0, paused: 0 },
        workers: { total: 1 },
        oldestPendingAt: null,
      })
      expect(overview.throughputPerSecond).toBeCloseTo(3 / 60)
    })

    it.each(PERIODS)('of the last %s are steps without a gap that add up', async (period) => {
      await using fixture = await open()
      const { broker } = fixture
      await broker.submit([
        { name: 'echo' },
        { name: 'echo' },
        { name: 'explode', queue: 'b', maxRetries: 0 },
      ])
      await untilIdle(broker)
      const stats = await broker.stats({ period })
      const steps = stats.buckets.map(({ at }) => at)
      expect(steps).toEqual(steps.map((_, index) => steps[0]! + index * stats.bucketMs))
      expect(steps.at(-1)!).toBeLessThanOrEqual(stats.at)
      expect(stats.at).toBeLessThan(steps.at(-1)! + stats.bucketMs)
      const sum = (field: 'submitted' | 'succeeded' | 'failed') =>
        stats.buckets.reduce((total, bucket) => total + bucket[field], 0)
      expect([sum('submitted'), sum('succeeded'), sum('failed')]).toEqual([3, 2, 1])
      const measured = stats.buckets.filter(({ runMs, waitMs }) => runMs !== null && waitMs !== null)
      expect(measured.length).toBeGreaterThan(0)
      for (const { runMs } of measured) expect(runMs!.p50).toBeLessThanOrEqual(runMs!.p99)
      const ofQueue = await broker.stats({ period, queue: 'b' })
      expect(ofQueue.buckets.reduce((total, { submitted }) => total + submitted, 0)).toBe(1)
    })

    it.each([
      [1, 'hour'],
      [24, 'hour'],
      [720, 'day'],
    ] as const)(
      'of the last %i hours by the %s are trends that add up, with what failed',
      async (hours, step) => {
        await using fixture = await open()
        const { broker } = fixture
        await broker.submit([
          { name: 'echo' },
          { name: 'explode', queue: 'b', kwargs: json({ message: 'order 17 is gone' }), maxRetries: 0 },
        ])
        await untilIdle(broker)
        const [last] = await broker.submit([
          { name: 'explode', queue: 'c', kwargs: json({ message: 'order 18 is gone' }), maxRetries: 0 },
          { name: 'hopeless' },
        ])
        await untilIdle(broker)
        const { total, steps, peaks, failures, at, from } = await broker.trends({ hours, step })
        expect(total).toMatchObject({ submitted: 4, succeeded: 1, failed: 3, timedOut: 0 })
        expect(total.meanWaitMs).not.toBeNull()
        expect(steps.reduce((sum, { submitted }) => sum + submitted, 0)).toBe(4)
        expect(peaks.reduce((sum, { submitted }) => sum + submitted, 0)).toBe(4)
        expect(at - from).toBeGreaterThanOrEqual(hours * 3_600_000)
        expect(failures).toEqual({
          count: 3,
          patterns: [
            { type: 'RangeError', message: 'order 18 is gone', latestTaskId: last!.id, count: 2 },
            { type: 'Error', message: 'no use', latestTaskId: expect.any(String), count: 1 },
          ],
        })
      },
    )

    it('of trends are refused for a time that is none', async () => {
      await using fixture = await open()
      for (const hours of [0, -1, 1.5, 721, Number.NaN])
        await expectRefusal(fixture.broker.trends({ hours, step: 'hour' }), 'INVALID_REQUEST')
    })

    it('by task name count every start and end once', async () => {
      await using fixture = await open()
      await fixture.broker.submit([{ name: 'echo' }, { name: 'echo' }, { name: 'explode', maxRetries: 0 }])
      await untilIdle(fixture.broker)
      const totals = await fixture.broker.taskTotals()
      const echo = totals.find(({ name }) => name === 'echo')!
      expect(echo.totals).toMatchObject({ submitted: 2, succeeded: 2, started: 2, ended: 2 })
      const sum = (counts: readonly number[]) => counts.reduce((a, b) => a + b, 0)
      expect([sum(echo.runHistogram), sum(echo.waitHistogram)]).toEqual([2, 2])
    })
  })
}
