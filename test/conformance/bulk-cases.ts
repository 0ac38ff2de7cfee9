import { describe, expect, it } from 'vitest'
import type { Broker } from '../../src/shared/domain/broker.ts'
import type { BulkOperation, NewBulk } from '../../src/shared/domain/bulk-port.ts'
import { untilFinal, untilTask } from '../support/until.ts'
import { expectRefusal } from './expect-refusal.ts'
import type { OpenBroker } from './open-broker.ts'
import { FAR_AWAY, json, submitOne } from './submit-one.ts'

/** Asks again until the operation has ended. */
async function untilEnded(broker: Broker, id: string): Promise<BulkOperation> {
  await expect
    .poll(async () => (await broker.getOperation(id)).state, { timeout: 30_000 })
    .not.toBe('running')
  return broker.getOperation(id)
}

async function runBulk(broker: Broker, bulk: NewBulk): Promise<BulkOperation> {
  const started = await broker.startBulk(bulk)
  expect(started).toMatchObject({ state: 'running', done: 0, skipped: 0, finishedAt: null })
  return untilEnded(broker, started.id)
}

const waiting = (count: number, queue: string) =>
  Array.from({ length: count }, (_, n) => ({ name: 'echo', queue, kwargs: json({ n }), runAt: FAR_AWAY }))

export function bulkCases(open: OpenBroker): void {
  describe('a bulk operation', () => {
    it('cancels everything that matches and nothing else, and counts it', async () => {
      await using fixture = await open()
      const { broker } = fixture
      await broker.submit(waiting(350, 'meant'))
      await broker.submit(waiting(20, 'other'))
      const operation = await runBulk(broker, { action: 'cancel', query: { queue: 'meant' } })
      expect(operation).toMatchObject({
        action: 'cancel',
        query: { queue: 'meant' },
        state: 'done',
        matched: 350,
        done: 350,
        skipped: 0,
        reasons: {},
        reason: null,
      })
      expect(await broker.countTasks({ queue: 'meant', states: ['cancelled'] })).toBe(350)
      expect(await broker.countTasks({ queue: 'other', states: ['scheduled'] })).toBe(20)
    })

    it('passes over what its action cannot be done to, says why, and does nothing the second time', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const done = await submitOne(broker, { name: 'echo', queue: 'mixed' })
      await untilFinal(broker, done.id)
      await broker.submit(waiting(3, 'mixed'))
      const cancel = { action: 'cancel', query: { queue: 'mixed' } } as const
      expect(await runBulk(broker, cancel)).toMatchObject({
        matched: 4,
        done: 3,
        skipped: 1,
        reasons: { INVALID_STATE: 1 },
      })
      expect(await runBulk(broker, cancel)).toMatchObject({ matched: 4, done: 0, skipped: 4 })
    })

    it('asks running tasks to end when it cancels them', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const task = await submitOne(broker, { name: 'untilAborted' })
      await untilTask(broker, task.id, ({ progress }) => progress !== null)
      expect(await runBulk(broker, { action: 'cancel', query: { states: ['running'] } })).toMatchObject({
        done: 1,
      })
      expect((await untilFinal(broker, task.id)).state).toBe('cancelled')
    })

    it('stops running tasks that do not listen, when it shall', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const task = await submitOne(broker, { name: 'spin' })
      await untilTask(broker, task.id, ({ state, progress }) => state === 'running' && progress !== null)
      const cancel = { action: 'cancel', query: { states: ['running'] }, terminate: true } as const
      expect(await runBulk(broker, cancel)).toMatchObject({ done: 1 })
      expect((await untilFinal(broker, task.id)).state).toBe('cancelled')
    })

    it('pauses what waits and what runs, and resumes it', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const task = await submitOne(broker, { name: 'savesItsPlace', queue: 'q' })
      await untilTask(broker, task.id, ({ progress }) => progress !== null)
      await broker.submit(waiting(2, 'q'))
      expect(await runBulk(broker, { action: 'pause', query: { queue: 'q' } })).toMatchObject({ done: 3 })
      await untilTask(broker, task.id, ({ state }) => state === 'paused')
      expect(await broker.countTasks({ states: ['paused'] })).toBe(3)
      expect(await runBulk(broker, { action: 'resume', query: { states: ['paused'] } })).toMatchObject({
        done: 3,
      })
      expect((await untilFinal(broker, task.id)).result).toBe('{"place":7}')
      expect(await broker.countTasks({ states: ['scheduled'] })).toBe(2)
    })

    it('runs again what failed, each once however often it is asked', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const receipts = await broker.submit([
        { name: 'explode', maxRetries: 0, queue: 'q' },
        { name: 'explode', maxRetries: 0, queue: 'q' },
        { name: 'echo', queue: 'q' },
      ])
      for (const { id } of receipts) await untilFinal(broker, id)
      await broker.setQueuePaused('q', true)
      const retry = {
        action: 'retry',
        query: { queue: 'q', createdBefore: receipts[2]!.createdAt + 1 },
      } as const
      expect(await runBulk(broker, retry)).toMatchObject({ done: 2, reasons: { INVALID_STATE: 1 } })
      const replays = (await broker.listTasks({ states: ['pending'] })).tasks
      expect(replays.map(({ replayOf }) => replayOf)).toEqual([receipts[1]!.id, receipts[0]!.id])
      expect(await broker.countTasks({ isDeadLetter: true })).toBe(0)
      const again = await runBulk(broker, { action: 'retry', query: { queue: 'q', states: ['failed'] } })
      expect(again).toMatchObject({ done: 0, reasons: { ALREADY_REPLAYED: 2 } })
    })

    it('runs again what succeeded too, each once, when that is asked for', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const receipts = await broker.submit([{ name: 'echo', queue: 'q' }, ...waiting(1, 'q')])
      await untilFinal(broker, receipts[0]!.id)
      await broker.setQueuePaused('q', true)
      const query = { queue: 'q', createdBefore: receipts[1]!.createdAt + 1 }
      const retry = { action: 'retry', query, withSucceeded: true } as const
      expect(await runBulk(broker, retry)).toMatchObject({ done: 1, reasons: { INVALID_STATE: 1 } })
      const [replay] = (await broker.listTasks({ states: ['pending'] })).tasks
      expect(replay?.replayOf).toBe(receipts[0]!.id)
      expect((await broker.getTask(receipts[0]!.id)).state).toBe('succeeded')
      const again = await runBulk(broker, { ...retry, query: { queue: 'q', states: ['succeeded'] } })
      expect(again).toMatchObject({ done: 0, reasons: { ALREADY_REPLAYED: 1 } })
    })

    it('deletes what does not run', async () => {
      await using fixture = await open()
      const { broker } = fixture
      await broker.submit(waiting(250, 'q'))
      const kept = await submitOne(broker, { name: 'spin', queue: 'q' })
      await untilTask(broker, kept.id, ({ state, progress }) => state === 'running' && progress !== null)
      expect(await runBulk(broker, { action: 'delete', query: { queue: 'q' } })).toMatchObject({
        matched: 251,
        done: 250,
        reasons: { INVALID_STATE: 1 },
      })
      expect((await broker.listTasks({ queue: 'q' })).tasks.map(({ id }) => id)).toEqual([kept.id])
      await broker.cancel(kept.id, { terminate: true })
    })

    it('sets a priority', async () => {
      await using fixture = await open()
      const { broker } = fixture
      await broker.submit(waiting(3, 'q'))
      await runBulk(broker, { action: 'priority', query: { queue: 'q' }, priority: 9 })
      expect((await broker.listTasks({})).tasks.map(({ priority }) => priority)).toEqual([9, 9, 9])
    })

    it('finds its tasks by text too, also those submitted a moment ago', async () => {
      await using fixture = await open()
      const { broker } = fixture
      await broker.submit([...waiting(5, 'q'), { name: 'needle', queue: 'q', runAt: FAR_AWAY }])
      const operation = await runBulk(broker, { action: 'delete', query: { text: 'eedl' } })
      expect(operation).toMatchObject({ matched: 1, done: 1 })
      expect(await broker.countTasks({ queue: 'q' })).toBe(5)
    })

    it('leaves alone what is submitted after it began', async () => {
      await using fixture = await open()
      const { broker } = fixture
      await broker.submit(waiting(300, 'q'))
      const { id } = await broker.startBulk({ action: 'cancel', query: { queue: 'q' } })
      const late = await submitOne(broker, { name: 'echo', queue: 'q', runAt: FAR_AWAY })
      expect(await untilEnded(broker, id)).toMatchObject({ matched: 300, done: 300 })
      expect((await broker.getTask(late.id)).state).toBe('scheduled')
    })

    it('stops when cancelled, and what it did stays done and counted', async () => {
      await using fixture = await open()
      const { broker } = fixture
      await broker.submit(waiting(5000, 'q'))
      const { id } = await broker.startBulk({ action: 'cancel', query: { queue: 'q' } })
      const cancelled = await broker.cancelOperation(id)
      expect(cancelled.state).toBe('cancelled')
      expect(cancelled.done).toBeLessThan(5000)
      expect(await broker.countTasks({ states: ['cancelled'] })).toBe(cancelled.done)
      expect(await broker.cancelOperation(id)).toEqual(cancelled)
    })

    it('is listed, newest first', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const first = await runBulk(broker, { action: 'delete', query: { queue: 'none' } })
      const second = await runBulk(broker, { action: 'pause', query: { queue: 'none' } })
      expect(first).toMatchObject({ matched: 0, done: 0, state: 'done' })
      expect(await broker.listOperations()).toEqual([second, first])
    })

    it('is refused with an unknown action, a priority out of range, or what does not belong to its action', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const query = { queue: 'q' }
      for (const bulk of [
        { action: 'explode' as never, query },
        { action: 'priority', query },
        { action: 'priority', query, priority: 11 },
        { action: 'priority', query, priority: 1.5 },
        { action: 'cancel', query, priority: 1 },
        { action: 'pause', query, terminate: true },
        { action: 'cancel', query, withSucceeded: true },
      ] as const)
        await expectRefusal(broker.startBulk(bulk), 'INVALID_REQUEST')
      expect(await broker.listOperations()).toEqual([])
    })

    it('that is not there cannot be asked for or cancelled', async () => {
      await using fixture = await open()
      await expectRefusal(fixture.broker.getOperation('nope'), 'OPERATION_NOT_FOUND')
      await expectRefusal(fixture.broker.cancelOperation('nope'), 'OPERATION_NOT_FOUND')
    })
  })
}
