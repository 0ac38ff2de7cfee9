import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dtqs } from '../../src/server/dialects/dtqs/serve.ts'
import { toJsonText } from '../../src/shared/domain/json.ts'
import { untilFinal, untilTask } from '../support/until.ts'
import { expectRefusal, FAR_AWAY, submitOne } from './dtqs-answers.ts'
import { openServer, type TestServer } from './open-server.ts'

const PATH = '/api/v1/search/tasks/bulk-action'

describe('an action of dtqs on everything that matches', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await openServer({ dialects: [dtqs] })
  })
  afterAll(() => server[Symbol.asyncDispose]())

  const submitWaiting = async (name: string, count: number) =>
    server.broker.submit(Array.from({ length: count }, () => ({ name, runAt: FAR_AWAY, priority: 4 })))

  it('cancels, and tells how many it met and how many it changed', async () => {
    const [first] = await submitWaiting('a.cancelled', 250)
    const running = await submitOne(server, {
      name: 'sleep',
      queue: 'a',
      kwargs: toJsonText({ seconds: 60 }),
    })
    await untilTask(server.broker, running, ({ startedAt }) => startedAt !== null)

    const { status, body } = await server.post(PATH, { action: 'cancel', task_name: 'a.cancelled' })

    expect([status, body]).toEqual([
      200,
      {
        action: 'cancel',
        affected_tasks: 250,
        total_matched: 250,
        skipped_tasks: 0,
        skipped_reasons: {},
        operation_id: expect.any(String),
        status: 'done',
        error_message: null,
      },
    ])
    expect((await server.broker.getTask(first!.id)).state).toBe('cancelled')
    expect((await server.broker.getTask(running)).state).toBe('running')
    const stopped = await server.post(PATH, { action: 'cancel', queue_name: 'a' })
    expect(stopped.body).toMatchObject({ affected_tasks: 1, total_matched: 1 })
    expect((await untilFinal(server.broker, running)).state).toBe('cancelled')
    const again = await server.post(PATH, { action: 'cancel', task_name: 'a.cancelled' })
    expect(again.body).toMatchObject({
      affected_tasks: 0,
      total_matched: 250,
      skipped_reasons: { INVALID_STATE: 250 },
    })
    const kept = await server.get(`${PATH}/${body.operation_id}`)
    expect([kept.status, kept.body]).toEqual([200, body])
  })

  it('retries what failed, as new tasks, and nothing twice', async () => {
    const failed = await submitOne(server, {
      name: 'fail',
      queue: 'b',
      kwargs: toJsonText({ message: 'payment refused' }),
      maxRetries: 0,
    })
    await untilFinal(server.broker, failed)
    await server.broker.setQueuePaused('b', true)

    const once = await server.post(PATH, { action: 'retry', status: 'FAILED', search: 'payment refused' })
    const twice = await server.post(PATH, { action: 'retry', status: 'FAILED', search: 'payment refused' })

    expect(once.body).toMatchObject({ action: 'retry', affected_tasks: 1, total_matched: 1 })
    expect(twice.body).toMatchObject({ affected_tasks: 0, skipped_reasons: { ALREADY_REPLAYED: 1 } })
    const replays = await server.broker.listTasks({ replayOf: failed })
    expect(replays.tasks).toHaveLength(1)
  })

  it('boosts priorities to the highest, or to the one that is given', async () => {
    const [task] = await submitWaiting('c.boosted', 3)

    const highest = await server.post(PATH, { action: 'priority_boost', task_name: 'c.boosted', priority: 4 })
    expect(highest.body).toMatchObject({ action: 'priority_boost', affected_tasks: 3, total_matched: 3 })
    expect((await server.broker.getTask(task!.id)).priority).toBe(10)
    await server.post(PATH, { action: 'priority_boost', task_name: 'c.boosted', new_priority: 7 })
    expect((await server.broker.getTask(task!.id)).priority).toBe(7)
  })

  it('takes the filters of the search', async () => {
    const [one] = await submitWaiting('d.filtered', 2)
    const match = async (filter: object) =>
      (await server.post(PATH, { action: 'priority_boost', task_name: 'd.filtered', ...filter })).body
        .total_matched

    expect(await match({ created_after: '2026-01-01', created_before: '2999-01-01T00:00:00Z' })).toBe(2)
    expect(await match({ created_before: '2026-01-01' })).toBe(0)
    expect(await match({ search: one!.id })).toBe(1)
    expect(await match({ worker_id: 'nobody' })).toBe(0)
    expect(await match({ queue_name: 'default', status: 'PENDING', priority: 10 })).toBe(2)
  })

  it('means every task only when that is said', async () => {
    await using other = await openServer({ dialects: [dtqs] })
    await other.broker.submit([
      { name: 'one', runAt: FAR_AWAY },
      { name: 'other', queue: 'q', runAt: FAR_AWAY },
    ])

    expectRefusal(await other.post(PATH, { action: 'cancel' }), 400, 'INVALID_REQUEST')
    expect(await other.broker.countTasks({ states: ['cancelled'] })).toBe(0)
    expect((await other.post(PATH, { action: 'cancel', all: true })).body).toMatchObject({
      affected_tasks: 2,
    })
  })

  it.each([
    ['action', {}],
    ['action', { action: 'delete', status: 'FAILED' }],
    ['status', { action: 'cancel', status: 'LOST' }],
    ['priority', { action: 'cancel', priority: '8' }],
    ['priority', { action: 'cancel', priority: 11 }],
    ['new_priority', { action: 'priority_boost', status: 'PENDING', new_priority: 0 }],
    ['created_after', { action: 'cancel', created_after: 'soon' }],
    ['search', { action: 'cancel', search: '' }],
    ['search', { action: 'cancel', search: 'x'.repeat(257) }],
    ['task_name', { action: 'cancel', task_name: 7 }],
    ['all', { action: 'cancel', all: 'yes' }],
  ])('refuses a wrong %s (%j), and changes nothing', async (field, body) => {
    const before = (await server.broker.listOperations()).length

    const answer = await server.post(PATH, body)

    expectRefusal(answer, 400, 'INVALID_REQUEST')
    expect(answer.body.detail).toContain(`'${field}'`)
    expect(await server.broker.listOperations()).toHaveLength(before)
  })

  it('is 404 when there was none of that id', async () => {
    expectRefusal(await server.get(`${PATH}/nope`), 404, 'OPERATION_NOT_FOUND')
  })
})
