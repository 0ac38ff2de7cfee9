import { describe, expect, it } from 'vitest'
import type { Broker } from '../../src/shared/domain/broker.ts'
import type { TaskReceipt } from '../../src/shared/domain/task.ts'
import type { Worker } from '../../src/shared/domain/worker.ts'
import { untilFinal, untilIdle, untilTask } from '../support/until.ts'
import { expectRefusal } from './expect-refusal.ts'
import { eventsUntil } from './external-worker.ts'
import { has, type OpenBroker } from './open-broker.ts'
import { submitOne } from './submit-one.ts'

/** Tasks that run until somebody cancels them. */
async function hold(broker: Broker, queue: string, count: number): Promise<readonly TaskReceipt[]> {
  return broker.submit(Array.from({ length: count }, () => ({ name: 'untilAborted', queue })))
}

/** The one that is there from the start. */
async function bundledPool(broker: Broker): Promise<Worker> {
  const [bundled] = await broker.listWorkers()
  return bundled!
}

const untilRunning = (broker: Broker, id: string) =>
  untilTask(broker, id, ({ progress }) => progress !== null)

export function localPoolCases(open: OpenBroker): void {
  describe('a local worker', () => {
    it('that is added takes from its queues alone', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const [bundled] = await broker.listWorkers()
      const added = await broker.addLocalWorker({ name: 'vip', queues: ['vip'], threads: 1 })
      expect(added).toMatchObject({ kind: 'local', queues: ['vip'], concurrency: 1, status: 'idle' })
      expect(added.number).not.toBe(bundled!.number)
      expect((await broker.listWorkers()).map(({ id }) => id)).toEqual([bundled!.id, added.id])
      await broker.setWorkerPaused(bundled!.id, true)
      const other = await submitOne(broker, { name: 'echo', queue: 'other' })
      const vip = await submitOne(broker, { name: 'echo', queue: 'vip' })
      expect(await untilFinal(broker, vip.id)).toMatchObject({ state: 'succeeded', workerId: added.id })
      expect((await broker.getTask(other.id)).state).toBe('pending')
      await broker.setWorkerPaused(bundled!.id, false)
      expect(await untilFinal(broker, other.id)).toMatchObject({ state: 'succeeded', workerId: bundled!.id })
      expect((await broker.getWorker(added.id)).succeeded).toBe(1)
    })

    it('runs as many tasks at once as it has threads, and no more', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const [bundled] = await broker.listWorkers()
      await broker.setWorkerPaused(bundled!.id, true)
      const { id } = await broker.addLocalWorker({ name: 'narrow', queues: null, threads: 1 })
      const [first, second] = await hold(broker, 'q', 2)
      await untilRunning(broker, first!.id)
      expect((await broker.getWorker(id)).running).toHaveLength(1)
      expect((await broker.getTask(second!.id)).startedAt).toBeNull()
      await broker.cancel(first!.id, { terminate: false })
      await untilRunning(broker, second!.id)
    })

    it('has more or fewer threads while it runs', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const { id } = await bundledPool(broker)
      const [a, b, c, d] = await hold(broker, 'q', 4)
      for (const task of [a, b]) await untilRunning(broker, task!.id)
      expect((await broker.resizeWorker(id, 4)).concurrency).toBe(4)
      for (const task of [c, d]) await untilRunning(broker, task!.id)
      expect((await broker.resizeWorker(id, 1)).running).toHaveLength(4)
      const [e] = await hold(broker, 'q', 1)
      for (const task of [a, b, c]) {
        await broker.cancel(task!.id, { terminate: false })
        await untilFinal(broker, task!.id)
      }
      expect((await broker.getWorker(id)).running.map(({ taskId }) => taskId)).toEqual([d!.id])
      await broker.cancel(d!.id, { terminate: false })
      await untilRunning(broker, e!.id)
    })

    it('that drains finishes what it runs, is offline then, and comes back when asked', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const { id } = await bundledPool(broker)
      const [running] = await hold(broker, 'q', 1)
      await untilRunning(broker, running!.id)
      const { lastSeq } = await broker.overview()
      expect((await broker.drainWorker(id)).status).toBe('draining')
      expect((await broker.drainWorker(id)).status).toBe('draining')
      const waiting = await submitOne(broker, { name: 'echo', queue: 'q' })
      await broker.cancel(running!.id, { terminate: false })
      const events = await eventsUntil(
        broker,
        lastSeq,
        ['worker.draining', 'worker.disconnected'],
        ({ type }) => type === 'worker.disconnected',
      )
      expect(events.map(({ type, workerId }) => [type, workerId])).toEqual([
        ['worker.draining', id],
        ['worker.disconnected', id],
      ])
      expect((await broker.getWorker(id)).status).toBe('offline')
      expect((await broker.getTask(waiting.id)).state).toBe('pending')
      expect((await broker.setWorkerPaused(id, false)).status).not.toBe('offline')
      expect((await untilFinal(broker, waiting.id)).state).toBe('succeeded')
    })

    it('that is removed finishes what it runs, and is gone', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const { id } = await broker.addLocalWorker({ name: 'extra', queues: ['extra'], threads: 1 })
      const [bundled] = await broker.listWorkers()
      await broker.setWorkerPaused(bundled!.id, true)
      const [running] = await hold(broker, 'extra', 1)
      await untilRunning(broker, running!.id)
      const { lastSeq } = await broker.overview()
      await broker.removeWorker(id)
      expect((await broker.getTask(running!.id)).state).toBe('running')
      expect((await broker.getWorker(id)).status).toBe('draining')
      await broker.cancel(running!.id, { terminate: false })
      await eventsUntil(broker, lastSeq, ['worker.disconnected'], () => true)
      await expectRefusal(broker.getWorker(id), 'WORKER_NOT_FOUND')
      expect(await untilFinal(broker, running!.id)).toMatchObject({ state: 'cancelled', workerId: id })
      const again = await broker.addLocalWorker({ name: 'extra', queues: ['extra'], threads: 1 })
      expect(again.status).toBe('idle')
    })

    it('that has drained can be removed', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const { id } = await broker.addLocalWorker({ name: 'extra', queues: ['extra'], threads: 1 })
      const { lastSeq } = await broker.overview()
      await broker.drainWorker(id)
      await eventsUntil(broker, lastSeq, ['worker.disconnected'], () => true)
      expect((await broker.getWorker(id)).status).toBe('offline')
      const { lastSeq: drained } = await broker.overview()
      await broker.removeWorker(id)
      await eventsUntil(broker, drained, ['worker.disconnected'], () => true)
      await expectRefusal(broker.getWorker(id), 'WORKER_NOT_FOUND')
    })

    it('out of range, or of a name that is taken, is refused', async () => {
      await using fixture = await open()
      const { broker } = fixture
      await broker.addLocalWorker({ name: 'one', queues: null, threads: 1 })
      const refused = async (pool: Parameters<Broker['addLocalWorker']>[0]) =>
        (await expectRefusal(broker.addLocalWorker(pool), 'INVALID_REQUEST'))['path']
      expect(await refused({ name: 'one', queues: null, threads: 1 })).toBe('name')
      expect(await refused({ name: 'no spaces', queues: null, threads: 1 })).toBe('name')
      expect(await refused({ name: 'two', queues: [], threads: 1 })).toBe('queues')
      expect(await refused({ name: 'two', queues: ['a b'], threads: 1 })).toBe('queues[0]')
      for (const threads of [0, 101, 1.5])
        expect(await refused({ name: 'two', queues: null, threads })).toBe('threads')
      expect(await broker.listWorkers()).toHaveLength(2)
    })

    it.runIf(has(open, 'externalWorkers'))(
      'that is said to be inactive claims nothing until it is active again',
      async () => {
        await using fixture = await open()
        const { broker } = fixture
        const { id } = await bundledPool(broker)
        expect((await broker.setWorkerStatus(id, 'inactive')).status).toBe('paused')
        const task = await submitOne(broker, { name: 'echo' })
        expect((await broker.heartbeat(id)).worker.declaredStatus).toBe('inactive')
        expect((await broker.getTask(task.id)).state).toBe('pending')
        await broker.setWorkerStatus(id, 'active')
        expect((await untilFinal(broker, task.id)).state).toBe('succeeded')
      },
    )

    it.runIf(has(open, 'externalWorkers'))('leases nothing: it is no external one', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const { id } = await bundledPool(broker)
      await expectRefusal(broker.leaseTasks(id, { limit: 1, leaseMs: 1000 }), 'WORKER_NOT_FOUND')
    })

    it('loses and doubles no task while it is resized, paused, drained, added and removed', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const { id } = await bundledPool(broker)
      const receipts = await broker.submit(
        Array.from({ length: 3000 }, (_, index) => ({ name: 'echo', queue: index % 3 === 0 ? 'a' : 'b' })),
      )
      for (let round = 0; round < 5; round += 1) {
        await broker.resizeWorker(id, 1 + (round % 4))
        const extra = await broker.addLocalWorker({ name: `extra-${round}`, queues: ['a'], threads: 2 })
        await broker.setWorkerPaused(id, true)
        await broker.setWorkerPaused(id, false)
        await broker.drainWorker(id)
        await broker.removeWorker(extra.id)
        await broker.setWorkerPaused(id, false)
      }
      await untilIdle(broker)
      const { totals } = await broker.overview()
      expect(totals).toMatchObject({ succeeded: 3000, started: 3000, ended: 3000, retried: 0 })
      for (const receipt of [receipts[0]!, receipts.at(-1)!])
        expect(await broker.getTask(receipt.id)).toMatchObject({ state: 'succeeded', attempt: 1 })
    })
  })
}
