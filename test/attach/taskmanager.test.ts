import { describe, expect, it } from 'vitest'
import { attachTaskmanager } from '../../src/server/dialects/taskmanager/attach.ts'
import { expectRefusal } from '../conformance/expect-refusal.ts'
import { json } from '../conformance/submit-one.ts'
import { attachTo } from './attach-to.ts'
import { describeMisbehaviours } from './describe-misbehaviours.ts'
import { taskmanagerServer } from './servers/taskmanager.ts'

const ID = '550e8400-e29b-41d4-a716-446655440000'
const name = 'image_super_resolution_pipeline'
const open = () => attachTo(taskmanagerServer(), attachTaskmanager)

describe('attached to a server written from taskmanager.md', () => {
  it('reads the task of its example in the words of the domain', async () => {
    await using fixture = await open()
    const task = await fixture.broker.getTask(ID)
    expect(task).toMatchObject({
      id: ID,
      state: 'succeeded',
      progress: { fraction: 1 },
      error: null,
      createdAt: Date.UTC(2025, 0, 15, 10, 30),
      startedAt: Date.UTC(2025, 0, 15, 10, 30, 5),
      finishedAt: Date.UTC(2025, 0, 15, 10, 30, 11),
    })
    expect(JSON.parse(task.result!)).toMatchObject({ classification: { aspect_ratio: 1.78 } })
  })

  it.each([
    ['received', { state: 'running', createdAt: Date.UTC(2025, 0, 15, 10, 30, 0, 123), startedAt: null }],
    ['failed', { state: 'failed', error: { message: 'CUDA out of memory' }, result: null }],
    ['late', { state: 'timed_out', error: { message: 'waited for 30 s' }, finishedAt: null }],
    ['revoked', { state: 'cancelled', result: null, error: null }],
  ])('reads a task that is %s, whatever it leaves out', async (id, expected) => {
    await using fixture = await open()
    expect(await fixture.broker.getTask(id)).toMatchObject({ id, ...expected })
  })

  it('submits, and says which field was refused', async () => {
    await using fixture = await open()
    const { broker } = fixture
    const args = json(['https://example.com/input.jpg'])
    const [receipt] = await broker.submit([{ name, args, priority: 7 }])
    expect(receipt).toMatchObject({ id: 'submitted', name, state: 'pending', isRepeat: false })
    expect(fixture.bodies).toEqual([
      `{"task_name":"${name}","args":["https://example.com/input.jpg"],"kwargs":{},"priority":7}`,
    ])
    expect((await broker.getTask('submitted')).state).toBe('pending')
    expect(await expectRefusal(broker.submit([{ name: 'nobody knows' }]), 'INVALID_REQUEST')).toEqual({
      path: 'name',
    })
    const unfit = broker.submit([{ name, args: json('no list') }])
    await expect(unfit).rejects.toThrow("'args' is not valid: Input should be a valid list")
    expect(await expectRefusal(unfit, 'INVALID_REQUEST')).toEqual({ path: 'args' })
    await expectRefusal(broker.submit([{ name, queue: 'a' }]), 'NOT_SUPPORTED')
  })

  it('cleans up, and tells what is not there', async () => {
    await using fixture = await open()
    const { broker } = fixture
    await broker.deleteTask(ID)
    for (const id of [ID, '..', '', 'a/b?c'])
      expect(await expectRefusal(broker.getTask(id), 'TASK_NOT_FOUND')).toEqual({ taskId: id })
    await expectRefusal(broker.deleteTask(ID), 'TASK_NOT_FOUND')
    expect((await broker.health()).status).toBe('healthy')
    await expectRefusal(broker.listTasks({}), 'NOT_SUPPORTED')
    await expectRefusal(broker.cancel(ID, { terminate: true }), 'NOT_SUPPORTED')
  })
})

describeMisbehaviours({
  name: 'taskmanager',
  honest: taskmanagerServer,
  attach: attachTaskmanager,
  calls: {
    submit: (broker) => broker.submit([{ name }]),
    getTask: (broker) => broker.getTask(ID),
    health: (broker) => broker.health(),
  },
})
