import { describe, expect, it } from 'vitest'
import { attachTaskqueue } from '../../src/server/dialects/taskqueue/attach.ts'
import { json } from '../conformance/submit-one.ts'
import { expectRefusal } from '../conformance/expect-refusal.ts'
import { attachTo } from './attach-to.ts'
import { describeMisbehaviours } from './describe-misbehaviours.ts'
import { taskqueueServer } from './servers/taskqueue.ts'

const open = () => attachTo(taskqueueServer(), attachTaskqueue)

describe('attached to a server written from taskqueue.md', () => {
  it('reads the task of its example in the words of the domain', async () => {
    await using fixture = await open()
    expect(await fixture.broker.getTask('1')).toMatchObject({
      id: '1',
      number: 1,
      name: 'example_task',
      kwargs: '{"key":"value"}',
      priority: 5,
      state: 'scheduled',
      runAt: Date.UTC(2023, 9, 1, 10),
      createdAt: Date.UTC(2023, 8, 28, 15, 30),
      startedAt: null,
      finishedAt: null,
      workerId: null,
      result: null,
      error: null,
    })
  })

  it('reads tasks that leave out what they do not have, and instants to the microsecond', async () => {
    await using fixture = await open()
    expect(await fixture.broker.getTaskByNumber(2)).toMatchObject({
      state: 'running',
      kwargs: '{}',
      priority: 10,
      workerId: '1',
      createdAt: Date.UTC(2023, 8, 28, 15, 30, 0, 123),
      startedAt: Date.UTC(2023, 8, 28, 15, 31, 0, 654),
      finishedAt: null,
    })
    expect(await fixture.broker.getTask('3')).toMatchObject({
      state: 'succeeded',
      result: '{"rows":12}',
      kwargs: '{"order":7,"note":"ü"}',
      priority: 2,
      finishedAt: Date.UTC(2023, 8, 28, 15, 33),
    })
    expect(await fixture.broker.getTask('4')).toMatchObject({
      state: 'failed',
      error: { message: 'division by zero' },
      result: null,
    })
  })

  it('lists the newest first and the oldest first, page by page, and counts', async () => {
    await using fixture = await open()
    const { broker } = fixture
    for (const [order, expected] of [
      ['newest', ['5', '4', '3', '2', '1']],
      ['oldest', ['1', '2', '3', '4', '5']],
    ] as const) {
      const seen: string[] = []
      let cursor: string | undefined
      do {
        const page = await broker.listTasks({ order, limit: 2, cursor })
        seen.push(...page.tasks.map(({ id }) => id))
        cursor = page.next ?? undefined
      } while (cursor !== undefined)
      expect(seen).toEqual(expected)
    }
    expect(await broker.countTasks({})).toBe(5)
    expect(await broker.countTasks({ states: ['succeeded'] })).toBe(1)
    expect((await broker.listTasks({ states: ['running'] })).tasks.map(({ id }) => id)).toEqual(['2'])
    expect((await broker.listTasks({ offset: 4 })).tasks.map(({ id }) => id)).toEqual(['1'])
    expect((await broker.listTasks({ offset: 5 })).tasks).toEqual([])
    await expectRefusal(broker.listTasks({ states: ['running', 'succeeded'] }), 'NOT_SUPPORTED')
    await expectRefusal(broker.listTasks({ states: ['cancelled'] }), 'NOT_SUPPORTED')
  })

  it('submits with the nearest of its four priorities, its input untouched', async () => {
    await using fixture = await open()
    const { broker } = fixture
    const kwargs = '{"order":9007199254740993}' as ReturnType<typeof json>
    const [receipt] = await broker.submit([
      { name: 'mine', kwargs, priority: 9, runAt: Date.UTC(2030, 0, 1) },
    ])
    expect(receipt).toMatchObject({ id: '6', number: 6, name: 'mine', state: 'scheduled', isRepeat: false })
    expect(await broker.getTask('6')).toMatchObject({ priority: 8, runAt: Date.UTC(2030, 0, 1) })
    expect(fixture.bodies.at(-1)).toBe(
      '{"name":"mine","payload":{"order":9007199254740993},"priority":3,"scheduled_at":"2030-01-01T00:00:00.000Z"}',
    )
    await expectRefusal(broker.submit([{ name: 'mine', args: json([1]) }]), 'NOT_SUPPORTED')
    expect(await expectRefusal(broker.submit([{ name: '' }]), 'INVALID_REQUEST')).toEqual({ path: 'name' })
    expect(await expectRefusal(broker.submit([{ name: 'a', priority: 11 }]), 'INVALID_REQUEST')).toEqual({
      path: 'priority',
    })
  })

  it('pauses, resumes, changes and deletes; a wrong state is told from a task that is not there', async () => {
    await using fixture = await open()
    const { broker } = fixture
    expect((await broker.pauseTask('1')).state).toBe('paused')
    expect(await expectRefusal(broker.pauseTask('1'), 'INVALID_STATE')).toMatchObject({ state: 'paused' })
    expect((await broker.resumeTask('1')).state).toBe('pending')
    expect(await expectRefusal(broker.resumeTask('3'), 'INVALID_STATE')).toEqual({
      taskId: '3',
      state: 'succeeded',
      wanted: 'resumed',
    })
    expect(await broker.updateTask('5', { name: 'renamed', priority: 2 })).toMatchObject({
      name: 'renamed',
      priority: 2,
    })
    await broker.deleteTask('5')
    await expectRefusal(broker.getTask('5'), 'TASK_NOT_FOUND')
    for (const id of ['99', 'nope', '../workers/1', '']) {
      await expectRefusal(broker.getTask(id), 'TASK_NOT_FOUND')
      await expectRefusal(broker.pauseTask(id), 'TASK_NOT_FOUND')
      await expectRefusal(broker.updateTask(id, { name: 'x' }), 'TASK_NOT_FOUND')
      await expectRefusal(broker.deleteTask(id), 'TASK_NOT_FOUND')
    }
  })

  it('says that it lists no workers, for that is no call of the document', async () => {
    await using fixture = await open()
    expect(fixture.broker.capabilities.workers).toMatchObject({ available: false })
    await expectRefusal(fixture.broker.listWorkers(), 'NOT_SUPPORTED')
    await expectRefusal(fixture.broker.cancel('1', { terminate: true }), 'NOT_SUPPORTED')
  })
})

describeMisbehaviours({
  name: 'taskqueue',
  honest: taskqueueServer,
  attach: attachTaskqueue,
  calls: {
    submit: (broker) => broker.submit([{ name: 'a' }]),
    getTask: (broker) => broker.getTask('1'),
    listTasks: (broker) => broker.listTasks({}),
    listFullTasks: (broker) => broker.listFullTasks({ order: 'oldest' }),
    pauseTask: (broker) => broker.pauseTask('1'),
    updateTask: (broker) => broker.updateTask('5', { name: 'b' }),
    health: (broker) => broker.health(),
  },
})
