import { describe, expect, it } from 'vitest'
import { untilFinal, untilIdle, untilTask } from '../support/until.ts'
import type { OpenBroker } from './open-broker.ts'
import { json, submitOne } from './submit-one.ts'

export function runCases(open: OpenBroker): void {
  describe('a task that runs', () => {
    it('hands its input to the handler and keeps the result', async () => {
      await using fixture = await open()
      const { id } = await submitOne(fixture.broker, {
        name: 'echo',
        args: json([1]),
        kwargs: json({ a: 'b' }),
      })
      const task = await untilFinal(fixture.broker, id)
      expect(task).toMatchObject({ state: 'succeeded', attempt: 1, error: null, isDeadLetter: false })
      expect(task.result).toBe('{"args":[1],"kwargs":{"a":"b"}}')
      expect(task.createdAt).toBeLessThanOrEqual(task.claimedAt!)
      expect(task.claimedAt!).toBeLessThanOrEqual(task.startedAt!)
      expect(task.startedAt!).toBeLessThanOrEqual(task.finishedAt!)
    })

    it('tells the handler who it is', async () => {
      await using fixture = await open()
      const task = { name: 'whoAmI', queue: 'who', metadata: { team: 'a' } }
      const { id } = await submitOne(fixture.broker, task)
      const { result } = await untilFinal(fixture.broker, id)
      expect(JSON.parse(result!)).toEqual({
        id: (await fixture.idBehind?.(id)) ?? id,
        name: 'whoAmI',
        queue: 'who',
        attempt: 1,
        metadata: { team: 'a' },
      })
    })

    it('is running, with its start known, while its handler works', async () => {
      await using fixture = await open()
      const { id } = await submitOne(fixture.broker, { name: 'untilAborted' })
      const task = await untilTask(fixture.broker, id, ({ progress }) => progress !== null)
      expect(task).toMatchObject({ state: 'running', attempt: 1, finishedAt: null })
      expect(task.startedAt).not.toBeNull()
      expect(task.workerId).not.toBeNull()
    })

    it('keeps its progress as a stream and its lines in order', async () => {
      await using fixture = await open()
      const { id } = await submitOne(fixture.broker, { name: 'talkative' })
      const task = await untilFinal(fixture.broker, id)
      expect(task).toMatchObject({
        state: 'succeeded',
        result: 'null',
        progress: { fraction: 1, stage: 'last' },
      })
      const history = await fixture.broker.progressHistory(id, { limit: 10 })
      expect(history).toMatchObject([
        { fraction: 0.25, stage: 'first', message: 'a quarter', attempt: 1 },
        { fraction: 1, stage: 'last', message: null, attempt: 1 },
      ])
      expect(await fixture.broker.progressHistory(id, { fromId: history[1]!.streamId, limit: 10 })).toEqual([
        history[1],
      ])
      expect(await fixture.broker.logs(id)).toMatchObject([
        { level: 'info', message: 'one { two: 2 }', attempt: 1 },
        { level: 'error', message: 'three', attempt: 1 },
      ])
    })

    it('takes the highest priority first, and inside one priority the first one in', async () => {
      await using fixture = await open()
      const { broker } = fixture
      await submitOne(broker, { name: 'echo' })
      await untilIdle(broker)
      await broker.setQueuePaused('default', true)
      const priorities = [5, 1, 9, 5, 10, 1, 9]
      const receipts = await broker.submit(priorities.map((priority) => ({ name: 'echo', priority })))
      const events = broker.subscribe({ filter: { types: ['task.claimed'] } })
      await broker.setQueuePaused('default', false)
      const claimed: string[] = []
      for await (const batch of events) {
        claimed.push(...batch.events.map(({ taskId }) => taskId!))
        if (claimed.length === priorities.length) break
      }
      const expected = receipts.toSorted((a, b) => b.priority - a.priority || a.number - b.number)
      expect(claimed).toEqual(expected.map(({ id }) => id))
    })

    it('waits for a handler that nobody has, and stays in nobody’s way', async () => {
      await using fixture = await open()
      const [unknown, known] = await fixture.broker.submit([
        { name: 'nobody-has-this', priority: 10 },
        { name: 'echo' },
      ])
      await untilFinal(fixture.broker, known!.id)
      expect((await fixture.broker.getTask(unknown!.id)).state).toBe('pending')
    })
  })

  describe('a result', () => {
    it.each([
      ['a function', 'returnsFunction', 'TypeError'],
      ['a circle', 'returnsCircle', 'TypeError'],
      ['more than may be kept', 'returnsTooMuch', 'RangeError'],
    ])('that is %s fails the attempt with a clear error', async (_what, name, type) => {
      await using fixture = await open()
      const { id } = await submitOne(fixture.broker, { name, maxRetries: 0 })
      expect(await untilFinal(fixture.broker, id)).toMatchObject({
        state: 'failed',
        result: null,
        error: { type },
      })
    })

    it('that is nothing is null', async () => {
      await using fixture = await open()
      const { id } = await submitOne(fixture.broker, { name: 'returnsUndefined' })
      expect(await untilFinal(fixture.broker, id)).toMatchObject({ state: 'succeeded', result: 'null' })
    })
  })
}
