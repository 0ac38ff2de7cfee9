import { describe, expect, it } from 'vitest'
import type { SubmitTask } from '../../src/shared/domain/task.ts'
import type { JsonText } from '../../src/shared/domain/json.ts'
import { untilFinal } from '../support/until.ts'
import type { OpenBroker } from './open-broker.ts'
import { expectRefusal } from './expect-refusal.ts'
import { FAR_AWAY, json, submitOne } from './submit-one.ts'

export function submitCases(open: OpenBroker): void {
  describe('a submit', () => {
    it('answers with a task that can be read at once, with every default of the domain', async () => {
      await using fixture = await open()
      const receipt = await submitOne(fixture.broker, { name: 'echo', runAt: FAR_AWAY })
      expect(receipt).toMatchObject({
        name: 'echo',
        queue: 'default',
        state: 'scheduled',
        priority: 5,
        isRepeat: false,
      })
      const idBehind = (await fixture.idBehind?.(receipt.id)) ?? receipt.id
      expect(idBehind).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-/)
      const task = await fixture.broker.getTask(receipt.id)
      expect(task).toMatchObject({
        args: '[]',
        kwargs: '{}',
        priority: 5,
        attempt: 0,
        maxRetries: 3,
        timeoutMs: 300_000,
        metadata: {},
        result: null,
        error: null,
        progress: null,
        workerId: null,
        replayOf: null,
        startedAt: null,
        backoff: { baseMs: 1000, factor: 2, capMs: 600_000, jitter: 'full' },
      })
      expect(await fixture.broker.getTaskByNumber(receipt.number)).toEqual(task)
    })

    it('keeps everything it was given', async () => {
      await using fixture = await open()
      const given: SubmitTask = {
        name: 'no handler needed',
        queue: 'a.b:c-d_1',
        priority: 0,
        runAt: FAR_AWAY,
        timeoutMs: 1,
        maxRetries: 0,
        args: json([1, 'zwei', null]),
        kwargs: json({ deep: { er: [true] } }),
        queueTimeoutMs: 5,
        metadata: { user: 'ü', count: 3, ok: true, none: null },
        backoff: { baseMs: 5, factor: 1, capMs: 9, jitter: 'none' },
      }
      const { id } = await submitOne(fixture.broker, given)
      expect(await fixture.broker.getTask(id)).toMatchObject(given)
    })

    it('keeps integers beyond 2^53 digit for digit, in and out of a handler', async () => {
      await using fixture = await open()
      const kwargs = '{"order":9007199254740993,"list":[123456789012345678901234567890]}' as JsonText
      const { id } = await submitOne(fixture.broker, { name: 'echo', kwargs })
      const task = await untilFinal(fixture.broker, id)
      expect(task.kwargs).toBe(kwargs)
      expect(task.result).toBe(`{"args":[],"kwargs":${kwargs}}`)
    })

    it('is all or nothing', async () => {
      await using fixture = await open()
      const unique = { key: 'only-once', forMs: 60_000 }
      const tasks = [{ name: 'echo' }, { name: 'echo', unique }, { name: 'echo', unique }]
      await expectRefusal(fixture.broker.submit(tasks), 'DUPLICATE_TASK')
      expect(await fixture.broker.countTasks({})).toBe(0)
      expect((await fixture.broker.overview()).totals.submitted).toBe(0)
    })

    it('takes thousands in one call and answers in their order', async () => {
      await using fixture = await open()
      const tasks = Array.from({ length: 3000 }, (_, index) => ({ name: `task-${index}`, runAt: FAR_AWAY }))
      const receipts = await fixture.broker.submit(tasks)
      expect(receipts.map(({ name }) => name)).toEqual(tasks.map(({ name }) => name))
      // Ids of a dialect's own, as numbers, are in order without being so as text.
      const ids = receipts.map(({ id, number }) => (fixture.idBehind === undefined ? id : number))
      expect(ids).toEqual(ids.toSorted((one, other) => (one < other ? -1 : 1)))
      expect((await fixture.broker.overview()).counts.scheduled).toBe(3000)
    })

    it('with an instant in the past means now', async () => {
      await using fixture = await open()
      const { id } = await submitOne(fixture.broker, { name: 'echo', runAt: 1000 })
      expect((await untilFinal(fixture.broker, id)).state).toBe('succeeded')
    })

    it('runs a task once its time has come', async () => {
      await using fixture = await open()
      const runAt = Date.now() + 300
      const { id, state } = await submitOne(fixture.broker, { name: 'echo', runAt })
      // On a machine that is busy with other things its time may have come before the answer.
      expect(state === 'scheduled' || Date.now() >= runAt, state).toBe(true)
      const task = await untilFinal(fixture.broker, id)
      expect(task.state).toBe('succeeded')
      expect(task.startedAt).toBeGreaterThanOrEqual(runAt)
    })

    it('takes the settings of its handler where it says nothing', async () => {
      await using fixture = await open()
      const { id } = await submitOne(fixture.broker, { name: 'strict_input', runAt: FAR_AWAY })
      expect(await fixture.broker.getTask(id)).toMatchObject({ timeoutMs: 1234, maxRetries: 7 })
      const own = await submitOne(fixture.broker, { name: 'strict_input', runAt: FAR_AWAY, maxRetries: 0 })
      expect(await fixture.broker.getTask(own.id)).toMatchObject({ timeoutMs: 1234, maxRetries: 0 })
    })
  })

  describe('a unique key', () => {
    const unique = { key: 'invoice-7', forMs: 60_000 }

    it('refuses a second submit inside its window, naming the first task', async () => {
      await using fixture = await open()
      const first = await submitOne(fixture.broker, { name: 'echo', unique })
      const details = await expectRefusal(fixture.broker.submit([{ name: 'echo', unique }]), 'DUPLICATE_TASK')
      const existingTaskId = (await fixture.idBehind?.(first.id)) ?? first.id
      expect(details).toEqual({ uniqueKey: 'invoice-7', existingTaskId })
    })

    it('lets other keys pass', async () => {
      await using fixture = await open()
      await submitOne(fixture.broker, { name: 'echo', unique })
      await submitOne(fixture.broker, { name: 'echo', unique: { key: 'invoice-8', forMs: 60_000 } })
      expect(await fixture.broker.countTasks({})).toBe(2)
    })

    it('is free again once its task is deleted', async () => {
      await using fixture = await open()
      const first = await submitOne(fixture.broker, { name: 'echo', unique, runAt: FAR_AWAY })
      await fixture.broker.deleteTask(first.id)
      expect((await submitOne(fixture.broker, { name: 'echo', unique })).id).not.toBe(first.id)
    })

    it('lets exactly one of many concurrent submits through', async () => {
      await using fixture = await open()
      const calls = Array.from({ length: 20 }, () => fixture.broker.submit([{ name: 'echo', unique }]))
      const outcomes = await Promise.allSettled(calls)
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      expect(await fixture.broker.countTasks({})).toBe(1)
    })
  })

  describe('an idempotency key', () => {
    it('makes one task of many submits, and answers each with that task', async () => {
      await using fixture = await open()
      const calls = Array.from({ length: 10 }, () =>
        submitOne(fixture.broker, { name: 'echo', idempotencyKey: 'order-1', runAt: FAR_AWAY }),
      )
      const receipts = await Promise.all(calls)
      expect(new Set(receipts.map(({ id }) => id)).size).toBe(1)
      expect(receipts.filter(({ isRepeat }) => !isRepeat)).toHaveLength(1)
      expect(await fixture.broker.countTasks({})).toBe(1)
    })
  })

  describe('a submit out of range', () => {
    it.each<[string, Partial<SubmitTask>, string]>([
      ['no name', { name: '' }, 'name'],
      ['too long a name', { name: 'x'.repeat(257) }, 'name'],
      ['a queue with a space', { queue: 'a b' }, 'queue'],
      ['an empty queue', { queue: '' }, 'queue'],
      ['too long a queue', { queue: 'q'.repeat(129) }, 'queue'],
      ['a priority above 10', { priority: 11 }, 'priority'],
      ['a negative priority', { priority: -1 }, 'priority'],
      ['half a priority', { priority: 1.5 }, 'priority'],
      ['negative retries', { maxRetries: -1 }, 'maxRetries'],
      ['no time at all', { timeoutMs: 0 }, 'timeoutMs'],
      ['endless time', { timeoutMs: Number.POSITIVE_INFINITY }, 'timeoutMs'],
      ['an instant that is none', { runAt: Number.NaN }, 'runAt'],
      ['input nested 65 deep', { kwargs: ('['.repeat(65) + ']'.repeat(65)) as JsonText }, 'kwargs'],
      ['a nested tag', { metadata: { a: {} as never } }, 'metadata.a'],
      ['an empty idempotency key', { idempotencyKey: '' }, 'idempotencyKey'],
    ])('is refused for %s, naming the field', async (_what, wrong, path) => {
      await using fixture = await open()
      const details = await expectRefusal(
        fixture.broker.submit([{ name: 'echo', ...wrong }]),
        'INVALID_REQUEST',
      )
      expect(details['path']).toBe(path)
      expect(await fixture.broker.countTasks({})).toBe(0)
    })

    it('says which of several tasks it was', async () => {
      await using fixture = await open()
      const tasks = [{ name: 'echo' }, { name: 'echo', priority: 99 }]
      expect((await expectRefusal(fixture.broker.submit(tasks), 'INVALID_REQUEST'))['path']).toBe(
        'tasks[1].priority',
      )
    })
  })
}
