import { describe, expect, it } from 'vitest'
import type { TaskReceipt } from '../../src/shared/domain/task.ts'
import { expectRefusal } from './expect-refusal.ts'
import { ELSEWHERE, LEASE_MS, register, submitElsewhere } from './external-worker.ts'
import type { OpenBroker } from './open-broker.ts'
import { json } from './submit-one.ts'

const ask = { limit: 100, leaseMs: LEASE_MS }

export function leasingCases(open: OpenBroker): void {
  describe('leasing', () => {
    it('gives the highest priority first over all queues, and the first in inside one', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const { id } = await register(broker, { concurrency: 100 })
      const priorities = [2, 9, 5, 9, 0, 5]
      const submitted: TaskReceipt[] = []
      for (const [index, priority] of priorities.entries())
        submitted.push(await submitElsewhere(broker, { priority, queue: index % 2 === 0 ? 'even' : 'odd' }))
      const first = await broker.leaseTasks(id, { limit: 2, leaseMs: LEASE_MS })
      const rest = await broker.leaseTasks(id, ask)
      expect([...first, ...rest].map(({ taskId }) => taskId)).toEqual(
        [1, 3, 2, 5, 0, 4].map((index) => submitted[index]!.id),
      )
    })

    it('takes only from the queues of the worker, only names it knows, and nothing of a paused queue', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const { id } = await register(broker, { queues: ['a', 'b'], names: ['known'] })
      const wanted = await submitElsewhere(broker, { name: 'known', queue: 'a' })
      const held = await submitElsewhere(broker, { name: 'known', queue: 'b' })
      await submitElsewhere(broker, { name: 'unknown', queue: 'a' })
      await submitElsewhere(broker, { name: 'known', queue: 'c' })
      await broker.setQueuePaused('b', true)
      expect((await broker.leaseTasks(id, ask)).map(({ taskId }) => taskId)).toEqual([wanted.id])
      await broker.setQueuePaused('b', false)
      expect((await broker.leaseTasks(id, ask)).map(({ taskId }) => taskId)).toEqual([held.id])
    })

    it('gives no more than is asked for, and than the queue allows at once', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const { id } = await register(broker, { concurrency: 100 })
      for (let i = 0; i < 8; i += 1) await submitElsewhere(broker, { queue: 'q' })
      expect(await broker.leaseTasks(id, { limit: 2, leaseMs: LEASE_MS })).toHaveLength(2)
      await broker.updateQueue('q', { concurrency: 5 })
      const other = await register(broker, { concurrency: 100 })
      expect(await broker.leaseTasks(other.id, ask)).toHaveLength(3)
      expect(await broker.leaseTasks(id, ask)).toEqual([])
    })

    it('gives what is needed to run, and marks the task as claimed', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const { id } = await register(broker)
      const submitted = await submitElsewhere(broker, {
        queue: 'images',
        args: json([1, 'two']),
        kwargs: json({ width: 3 }),
        metadata: { team: 'x' },
        timeoutMs: 5000,
      })
      const [leased, ...others] = await broker.leaseTasks(id, ask)
      expect(others).toEqual([])
      expect(leased).toMatchObject({
        taskId: submitted.id,
        number: submitted.number,
        name: ELSEWHERE,
        queue: 'images',
        attempt: 1,
        args: '[1,"two"]',
        kwargs: '{"width":3}',
        metadata: { team: 'x' },
        timeoutMs: 5000,
        checkpoint: null,
        leaseMs: LEASE_MS,
      })
      expect(await broker.getTask(submitted.id)).toMatchObject({
        state: 'running',
        workerId: id,
        attempt: 1,
        startedAt: null,
      })
    })

    it('never gives one task to two workers', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const workers = await Promise.all(
        Array.from({ length: 5 }, () => register(broker, { concurrency: 30 })),
      )
      await broker.submit(Array.from({ length: 120 }, () => ({ name: ELSEWHERE })))
      const leased = await Promise.all(
        workers.flatMap(({ id }) =>
          [1, 2, 3].map(() => broker.leaseTasks(id, { limit: 10, leaseMs: LEASE_MS })),
        ),
      )
      const ids = leased.flat().map(({ taskId }) => taskId)
      expect(ids).toHaveLength(120)
      expect(new Set(ids).size).toBe(120)
      for (const { id } of workers)
        expect((await broker.getWorker(id)).running.length).toBeLessThanOrEqual(30)
    })

    it('out of range is refused by the name of the field', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const { id } = await register(broker)
      const refused = (limit: number, leaseMs: number) =>
        expectRefusal(broker.leaseTasks(id, { limit, leaseMs }), 'INVALID_REQUEST')
      for (const limit of [0, 1001, 1.5]) expect(await refused(limit, LEASE_MS)).toEqual({ path: 'limit' })
      for (const leaseMs of [99, 86_400_001, 0.5])
        expect(await refused(1, leaseMs)).toEqual({ path: 'leaseMs' })
    })
  })
}
