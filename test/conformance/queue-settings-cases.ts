import { describe, expect, it } from 'vitest'
import type { Broker } from '../../src/shared/domain/broker.ts'
import { DEFAULT_QUEUE_SETTINGS, type QueueSettings } from '../../src/shared/domain/queue-settings.ts'
import { untilFinal, untilIdle, untilTask } from '../support/until.ts'
import type { OpenBroker } from './open-broker.ts'
import { expectRefusal } from './expect-refusal.ts'
import { FAR_AWAY, json, submitOne } from './submit-one.ts'

/** Most tasks of a queue that were running at one time, from the events. */
async function mostRunning(broker: Broker, queue: string): Promise<number> {
  const { lastSeq } = await broker.overview()
  let running = 0
  let most = 0
  let seq = 0
  for await (const { events } of broker.subscribe({ after: 0 })) {
    for (const event of events) {
      seq = event.seq
      if (event.queue !== queue) continue
      if (event.type === 'task.claimed') running += 1
      if (['task.succeeded', 'task.failed', 'task.retrying'].includes(event.type)) running -= 1
      most = Math.max(most, running)
    }
    if (seq >= lastSeq) break
  }
  return most
}

/** How many tasks of a queue were claimed before a task of another, from the events. */
async function claimsBefore(broker: Broker, taskId: string, queue: string): Promise<number> {
  let claims = 0
  for await (const { events } of broker.subscribe({ after: 0, filter: { types: ['task.claimed'] } }))
    for (const event of events) {
      if (event.taskId === taskId) return claims
      if (event.queue === queue) claims += 1
    }
  throw new Error('The events ended too early.')
}

export function queueSettingsCases(open: OpenBroker): void {
  describe('the settings of a queue', () => {
    it('make the queue, are kept, and change one by one', async () => {
      await using fixture = await open()
      const { broker } = fixture
      expect((await broker.updateQueue('q', { concurrency: 2 })).settings).toEqual({
        ...DEFAULT_QUEUE_SETTINGS,
        concurrency: 2,
      })
      await broker.updateQueue('q', { timeoutMs: 5000 })
      await broker.updateQueue('q', { concurrency: null })
      expect((await broker.getQueue('q')).settings).toEqual({ ...DEFAULT_QUEUE_SETTINGS, timeoutMs: 5000 })
    })

    it('are the defaults of its tasks, after what the submit says', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const backoff = { baseMs: 7, factor: 2, capMs: 70, jitter: 'none' as const }
      await broker.updateQueue('q', { timeoutMs: 5000, queueTimeoutMs: 6000, maxRetries: 9, backoff })
      const [plain, own] = await broker.submit([
        { name: 'echo', queue: 'q', runAt: FAR_AWAY },
        { name: 'echo', queue: 'q', runAt: FAR_AWAY, timeoutMs: 1, queueTimeoutMs: 2, maxRetries: 3 },
      ])
      expect(await broker.getTask(plain!.id)).toMatchObject({
        timeoutMs: 5000,
        queueTimeoutMs: 6000,
        maxRetries: 9,
        backoff,
      })
      expect(await broker.getTask(own!.id)).toMatchObject({
        timeoutMs: 1,
        queueTimeoutMs: 2,
        maxRetries: 3,
        backoff,
      })
    })

    it('limit how many of its tasks run at once, and no other queue', async () => {
      await using fixture = await open()
      const { broker } = fixture
      await broker.updateQueue('one', { concurrency: 1 })
      const slow = { name: 'nap', kwargs: json({ ms: 20 }) }
      await broker.submit([
        ...Array.from({ length: 6 }, () => ({ ...slow, queue: 'one' })),
        ...Array.from({ length: 6 }, () => ({ ...slow, queue: 'many' })),
      ])
      await untilIdle(broker)
      expect(await mostRunning(broker, 'one')).toBe(1)
      expect((await broker.getQueue('one')).counts.succeeded).toBe(6)
      expect((await broker.getQueue('many')).counts.succeeded).toBe(6)
    })

    it('limit how fast its tasks start, and hold none up for ever', async () => {
      await using fixture = await open()
      const { broker } = fixture
      await broker.updateQueue('q', { rateLimit: { count: 2, perMs: 200 } })
      const receipts = await broker.submit(Array.from({ length: 6 }, () => ({ name: 'echo', queue: 'q' })))
      const other = await submitOne(broker, { name: 'echo', queue: 'other' })
      await untilFinal(broker, other.id)
      await untilIdle(broker)
      const tasks = await Promise.all(receipts.map(({ id }) => broker.getTask(id)))
      expect(tasks.map(({ state }) => state)).toEqual(Array.from({ length: 6 }, () => 'succeeded'))
      const claimed = tasks.map(({ claimedAt }) => claimedAt!).toSorted((a, b) => a - b)
      // Two at once, then one every 100 ms: the sixth no earlier than 400 ms after the first.
      expect(claimed[5]! - claimed[0]!).toBeGreaterThanOrEqual(399)
    })

    it.each<[string, Partial<QueueSettings>]>([
      ['concurrency', { concurrency: 0 }],
      ['rateLimit.count', { rateLimit: { count: -1, perMs: 5 } }],
      ['rateLimit.perMs', { rateLimit: { count: 1, perMs: 0 } }],
      ['timeoutMs', { timeoutMs: 0.5 }],
      ['maxRetries', { maxRetries: -1 }],
      ['retentionMs', { retentionMs: 1 }],
      ['retentionCount', { retentionCount: Number.NaN }],
    ])('refuse a wrong %s by name, and change nothing', async (path, changes) => {
      await using fixture = await open()
      const details = await expectRefusal(fixture.broker.updateQueue('q', changes), 'INVALID_REQUEST')
      expect(details['path']).toBe(path)
      await expectRefusal(fixture.broker.getQueue('q'), 'QUEUE_NOT_FOUND')
      await expectRefusal(fixture.broker.updateQueue('a b', {}), 'INVALID_REQUEST')
    })
  })

  describe('a full line', () => {
    it('does not starve one queue for another', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const first = await submitOne(broker, { name: 'untilAborted', queue: 'busy' })
      await untilTask(broker, first.id, ({ progress }) => progress !== null)
      await broker.submit(
        Array.from({ length: 400 }, () => ({
          name: 'nap',
          queue: 'busy',
          priority: 10,
          kwargs: json({ ms: 5 }),
        })),
      )
      const { id } = await submitOne(broker, { name: 'echo', queue: 'quiet', priority: 0 })
      await untilFinal(broker, id)
      expect(await claimsBefore(broker, id, 'busy')).toBeLessThan(400)
    })
  })
}
