import { describe, expect, it } from 'vitest'
import { untilFinal, untilIdle } from '../support/until.ts'
import { expectRefusal } from './expect-refusal.ts'
import type { OpenBroker } from './open-broker.ts'
import { FAR_AWAY, json, submitOne } from './submit-one.ts'

export function subtaskCases(open: OpenBroker): void {
  describe('a task that submits others', () => {
    it('is their parent, and they are listed in the order it submitted them', async () => {
      await using fixture = await open()
      const tasks = Array.from({ length: 5 }, (_, index) => ({
        name: 'echo',
        args: [index],
        queue: 'children',
      }))
      const { id } = await submitOne(fixture.broker, { name: 'submitAll', kwargs: json({ tasks }) })
      const { result } = await untilFinal(fixture.broker, id)
      const ids = (JSON.parse(result!) as { id: string }[]).map((answer) => answer.id)
      const first = await fixture.broker.subtasks(id, { limit: 3 })
      const rest = await fixture.broker.subtasks(id, { limit: 3, cursor: first.next! })
      expect([...first.tasks, ...rest.tasks].map((task) => task.id)).toEqual(ids)
      expect(rest.next).toBeNull()
      const child = await untilFinal(fixture.broker, ids[4]!)
      expect(child).toMatchObject({ state: 'succeeded', parentId: id, queue: 'children', args: '[4]' })
    })

    it('may say of a child what any submit may say', async () => {
      await using fixture = await open()
      const child = {
        name: 'echo',
        kwargs: { big: { deep: [1] } },
        priority: 9,
        runAt: FAR_AWAY,
        timeoutMs: 5000,
        queueTimeoutMs: 6000,
        maxRetries: 1,
        metadata: { team: 'a' },
      }
      const { id } = await submitOne(fixture.broker, { name: 'submitAll', kwargs: json({ tasks: [child] }) })
      await untilFinal(fixture.broker, id)
      const { tasks } = await fixture.broker.subtasks(id)
      const { kwargs: _kwargs, ...expected } = child
      expect(tasks).toMatchObject([{ ...expected, state: 'scheduled' }])
      expect((await fixture.broker.getTask(tasks[0]!.id)).kwargs).toBe('{"big":{"deep":[1]}}')
    })

    it('is told why when one cannot be taken, and goes on', async () => {
      await using fixture = await open()
      const cases: readonly (readonly [unknown, RegExp])[] = [
        [{ name: 'echo', priority: 11 }, /priority must be/],
        [{ name: 'echo', priorty: 1 }, /priorty/],
        [{ name: 'echo', queue: 7 }, /queue: .*expected string/],
        [{}, /name: .*expected string/],
        [{ name: 'echo', kwargs: [] }, /kwargs: .*expected object/],
        [{ name: 'echo', args: {} }, /args: .*expected array/],
        [null, /expected object/],
      ]
      const tasks = [...cases.map(([child]) => child), { name: 'echo' }]
      const { id } = await submitOne(fixture.broker, { name: 'submitAll', kwargs: json({ tasks }) })
      const { state, result } = await untilFinal(fixture.broker, id)
      expect(state).toBe('succeeded')
      expect(JSON.parse(result!)).toEqual([
        ...cases.map(([, message]) => ({
          name: 'SubmitError',
          code: 'INVALID_REQUEST',
          message: expect.stringMatching(message),
        })),
        { id: expect.any(String) },
      ])
      expect((await fixture.broker.subtasks(id)).tasks).toHaveLength(1)
    })

    it('has submitted what it did not wait for, when it ends', async () => {
      await using fixture = await open()
      const tasks = [{ name: 'echo' }, { name: 'echo' }]
      const { id } = await submitOne(fixture.broker, { name: 'submitAndForget', kwargs: json({ tasks }) })
      expect((await untilFinal(fixture.broker, id)).state).toBe('succeeded')
      expect((await fixture.broker.subtasks(id)).tasks).toHaveLength(2)
    })

    it('fails when something it did not wait for is refused', async () => {
      await using fixture = await open()
      const kwargs = json({ tasks: [{ name: 'echo', priority: 99 }] })
      const { id } = await submitOne(fixture.broker, { name: 'submitAndForget', kwargs, maxRetries: 0 })
      expect(await untilFinal(fixture.broker, id)).toMatchObject({
        state: 'failed',
        error: { type: 'SubmitError' },
      })
    })

    it('that fails and starts again submits another child each time', async () => {
      await using fixture = await open()
      const kwargs = json({ task: { name: 'echo' } })
      const { id } = await submitOne(fixture.broker, { name: 'submitThenFail', kwargs, maxRetries: 1 })
      await untilFinal(fixture.broker, id)
      expect((await fixture.broker.subtasks(id)).tasks).toHaveLength(2)
    })

    it('that names an idempotency key submits one child, however often it starts', async () => {
      await using fixture = await open()
      const kwargs = json({ task: { name: 'echo', idempotencyKey: 'step 1' } })
      const { id } = await submitOne(fixture.broker, { name: 'submitThenFail', kwargs, maxRetries: 1 })
      const { result } = await untilFinal(fixture.broker, id)
      expect((await fixture.broker.subtasks(id)).tasks.map((task) => json(task.id))).toEqual([result])
    })

    it('may submit from many attempts at once, each its own', async () => {
      await using fixture = await open()
      const tasks = Array.from({ length: 10 }, () => ({ name: 'echo' }))
      const parents = await fixture.broker.submit(
        Array.from({ length: 10 }, () => ({ name: 'submitAll', kwargs: json({ tasks }) })),
      )
      await untilIdle(fixture.broker)
      for (const { id } of parents) {
        const { result } = await fixture.broker.getTask(id)
        const children = (await fixture.broker.subtasks(id)).tasks.map((task) => ({ id: task.id }))
        expect(children).toEqual(JSON.parse(result!))
      }
    })
  })

  describe('the subtasks', () => {
    it('of a task without any are none', async () => {
      await using fixture = await open()
      const { id } = await submitOne(fixture.broker, { name: 'echo' })
      expect(await fixture.broker.subtasks(id)).toEqual({ tasks: [], next: null })
    })

    it('are also those that were submitted with it as their parent', async () => {
      await using fixture = await open()
      const parent = await submitOne(fixture.broker, { name: 'echo' })
      const child = await submitOne(fixture.broker, { name: 'echo', parentId: parent.id })
      expect((await fixture.broker.subtasks(parent.id)).tasks).toMatchObject([
        { id: child.id, parentId: parent.id },
      ])
    })

    it('of an unknown task, or after a cursor of something else, are refused', async () => {
      await using fixture = await open()
      const { id } = await submitOne(fixture.broker, { name: 'echo' })
      await expectRefusal(fixture.broker.subtasks('nope'), 'TASK_NOT_FOUND')
      await expectRefusal(fixture.broker.subtasks(id, { cursor: 'no number' }), 'INVALID_REQUEST')
    })
  })
}
