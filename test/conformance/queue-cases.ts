import { describe, expect, it } from 'vitest'
import { untilFinal, untilIdle } from '../support/until.ts'
import type { OpenBroker } from './open-broker.ts'
import { expectRefusal } from './expect-refusal.ts'
import { FAR_AWAY, submitOne } from './submit-one.ts'

export function queueCases(open: OpenBroker): void {
  describe('a queue', () => {
    it('exists from the first task that names it', async () => {
      await using fixture = await open()
      expect(await fixture.broker.listQueues()).toEqual([])
      await fixture.broker.submit([
        { name: 'echo', queue: 'b', runAt: FAR_AWAY },
        { name: 'echo', queue: 'a', runAt: FAR_AWAY },
      ])
      expect((await fixture.broker.listQueues()).map(({ name }) => name)).toEqual(['a', 'b'])
    })

    it('lets nothing be claimed while it is paused, and everything after', async () => {
      await using fixture = await open()
      await submitOne(fixture.broker, { name: 'echo', queue: 'q', runAt: FAR_AWAY })
      expect((await fixture.broker.setQueuePaused('q', true)).isPaused).toBe(true)
      const waiting = await submitOne(fixture.broker, { name: 'echo', queue: 'q' })
      const other = await submitOne(fixture.broker, { name: 'echo', queue: 'other' })
      await untilFinal(fixture.broker, other.id)
      expect((await fixture.broker.getTask(waiting.id)).state).toBe('pending')
      await fixture.broker.setQueuePaused('q', false)
      expect((await untilFinal(fixture.broker, waiting.id)).state).toBe('succeeded')
    })

    it('is paused twice as well as once, with one event', async () => {
      await using fixture = await open()
      await submitOne(fixture.broker, { name: 'echo', queue: 'q', runAt: FAR_AWAY })
      const { lastSeq } = await fixture.broker.overview()
      await fixture.broker.setQueuePaused('q', true)
      await fixture.broker.setQueuePaused('q', true)
      expect((await fixture.broker.overview()).lastSeq).toBe(lastSeq + 1)
    })

    it('is purged of what waits, and keeps its history', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const done = await submitOne(broker, { name: 'echo', queue: 'q' })
      await untilFinal(broker, done.id)
      await broker.setQueuePaused('q', true)
      const waiting = Array.from({ length: 5 }, () => ({ name: 'echo', queue: 'q' }))
      await broker.submit([...waiting, { name: 'echo', queue: 'q', runAt: FAR_AWAY }])
      expect(await broker.purgeQueue('q')).toBe(6)
      expect((await broker.listTasks({ queue: 'q' })).tasks.map(({ id }) => id)).toEqual([done.id])
      expect((await broker.getQueue('q')).counts).toMatchObject({ pending: 0, scheduled: 0, succeeded: 1 })
    })

    it('counts what is in it, by state, exactly', async () => {
      await using fixture = await open()
      const { broker } = fixture
      await broker.submit([
        ...Array.from({ length: 3 }, () => ({ name: 'echo', queue: 'q' })),
        ...Array.from({ length: 2 }, () => ({ name: 'explode', queue: 'q', maxRetries: 0 })),
      ])
      await untilIdle(broker)
      await submitOne(broker, { name: 'echo', queue: 'q', runAt: FAR_AWAY })
      const queue = await broker.getQueue('q')
      expect(queue.counts).toMatchObject({ pending: 0, running: 0, succeeded: 3, failed: 2, scheduled: 1 })
      expect(queue).toMatchObject({
        deadLetters: 2,
        oldestPendingAt: null,
        totals: { submitted: 6, succeeded: 3, failed: 2, ended: 5 },
      })
    })

    it('that nobody has named is refused', async () => {
      await using fixture = await open()
      await expectRefusal(fixture.broker.getQueue('nope'), 'QUEUE_NOT_FOUND')
      await expectRefusal(fixture.broker.setQueuePaused('nope', true), 'QUEUE_NOT_FOUND')
      await expectRefusal(fixture.broker.purgeQueue('nope'), 'QUEUE_NOT_FOUND')
      await expectRefusal(fixture.broker.stats({ queue: 'nope', period: '1h' }), 'QUEUE_NOT_FOUND')
    })
  })
}
