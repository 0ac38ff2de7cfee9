import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toJsonText } from '../../src/shared/domain/json.ts'
import { isFinal } from '../../src/shared/domain/state.ts'
import { untilFinal, untilTask } from '../support/until.ts'
import { openServer, type TestServer } from './open-server.ts'

const NEVER_AGAIN = { baseMs: 3_600_000, factor: 1, capMs: 3_600_000, jitter: 'none' } as const
const FAR = 4_000_000_000_000

/** One task in each state that can be reached, by the domain's word; those that wait are in `held`. */
async function oneOfEach(server: TestServer): Promise<Readonly<Record<string, string>>> {
  const { broker } = server
  const [opener] = await broker.submit([{ name: 'sleep', queue: 'held', kwargs: toJsonText({ ms: 1 }) }])
  await untilFinal(broker, opener!.id)
  await broker.setQueuePaused('held', true)
  const receipts = await broker.submit([
    { name: 'sleep', kwargs: toJsonText({ ms: 1 }) },
    { name: 'fail', kwargs: toJsonText({ message: 'out of order' }), maxRetries: 0 },
    { name: 'sleep', kwargs: toJsonText({ seconds: 60 }), timeoutMs: 20, maxRetries: 0 },
    { name: 'fail', backoff: NEVER_AGAIN },
    { name: 'sleep', queue: 'held' },
    { name: 'sleep', runAt: FAR },
    { name: 'sleep', queue: 'held' },
    { name: 'sleep', kwargs: toJsonText({ seconds: 600 }) },
  ])
  const [succeeded, failed, timed_out, retrying, pending, scheduled, cancelled, running] = receipts.map(
    ({ id }) => id,
  )
  await broker.cancel(cancelled!, { terminate: false })
  for (const id of [succeeded, failed, timed_out]) await untilFinal(broker, id!)
  await untilTask(broker, retrying!, ({ state }) => state === 'retrying')
  await untilTask(broker, running!, ({ startedAt }) => startedAt !== null)
  return { succeeded, failed, timed_out, retrying, pending, scheduled, cancelled, running } as Record<
    string,
    string
  >
}

const STATES: readonly (readonly [domain: string, wire: string])[] = [
  ['scheduled', 'scheduled'],
  ['pending', 'pending'],
  ['running', 'active'],
  ['retrying', 'retry'],
  ['succeeded', 'completed'],
  ['failed', 'archived'],
  ['timed_out', 'archived'],
  ['cancelled', 'archived'],
]

describe('tasks of asynq, looked at', () => {
  let server: TestServer
  let ids: Readonly<Record<string, string>>
  beforeAll(async () => {
    server = await openServer({ threads: 3 })
    ids = await oneOfEach(server)
  })
  afterAll(() => server[Symbol.asyncDispose]())

  it.each(STATES)('one that is %s reads %s, in the detail, the list and its filter', async (state, word) => {
    const id = ids[state]!

    const detail = await server.get(`/api/v1/tasks/${id}`)
    const list = await server.get(`/api/v1/tasks?status=${word}`)

    expect(detail.body).toMatchObject({ id, state: word })
    expect(list.body).toContainEqual({ id, queue: detail.body.queue, type: detail.body.type, state: word })
    expect(new Set(list.body.map((task: { state: string }) => task.state))).toEqual(new Set([word]))
  })

  it('one has the documented fields and no others', async () => {
    const { body } = await server.get(`/api/v1/tasks/${ids['failed']}`)

    expect(body).toEqual({
      id: ids['failed'],
      queue: 'default',
      type: 'fail',
      state: 'archived',
      max_retry: 0,
      retried: 0,
      last_err: 'out of order',
      next_process_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    })
  })

  it('one that waits for a retry has not been retried yet, and says when it will be', async () => {
    const { body } = await server.get(`/api/v1/tasks/${ids['retrying']}`)

    expect(body).toMatchObject({ retried: 0, max_retry: 3, last_err: 'This task always fails' })
    expect(Date.parse(body.next_process_at)).toBe((await server.broker.getTask(ids['retrying']!)).runAt)
  })

  it('one is found whatever its queue, unless the request names another', async () => {
    const id = ids['pending']

    expect((await server.get(`/api/v1/tasks/${id}`)).status).toBe(200)
    expect((await server.get(`/api/v1/tasks/${id}?queue=held`)).status).toBe(200)
    expect((await server.get(`/api/v1/tasks/${id}?queue=`)).status).toBe(200)
    const { status, body } = await server.get(`/api/v1/tasks/${id}?queue=default`)
    expect([status, body.code]).toEqual([404, 'TASK_NOT_FOUND'])
  })

  it('are listed newest first, a page at a time, of one queue or all', async () => {
    const all = await server.get('/api/v1/tasks')
    const second = await server.get('/api/v1/tasks?page=2&size=4')
    const held = await server.get('/api/v1/tasks?queue=held')

    expect(all.body).toHaveLength(9)
    expect(all.body[0].id).toBe(ids['running'])
    expect(second.body).toEqual(all.body.slice(4, 8))
    expect(held.body).toHaveLength(3)
  })

  it.each(['status=active,retry', 'status=running', 'page=0', 'page=-1', 'size=0', 'size=1001', 'size=x'])(
    'are not listed with %s',
    async (query) => {
      const { status, body } = await server.get(`/api/v1/tasks?${query}`)

      expect([status, body.code]).toEqual([400, 'INVALID_REQUEST'])
      expect(body.error).toContain(`'${query.split('=')[0]}'`)
    },
  )

  it('are counted by queue and state', async () => {
    const all = await server.get('/api/v1/queues/stats')
    const held = await server.get('/api/v1/queues/stats?queue=held')
    const nowhere = await server.get('/api/v1/queues/stats?queue=nowhere')

    const stats = { queue: 'held', pending: 1, active: 0, scheduled: 0, retry: 0, archived: 1, completed: 1 }
    expect(all.body).toEqual([
      { queue: 'default', pending: 0, active: 1, scheduled: 1, retry: 1, archived: 2, completed: 1 },
      stats,
    ])
    expect(held.body).toEqual([stats])
    expect([nowhere.status, nowhere.body.code]).toEqual([404, 'QUEUE_NOT_FOUND'])
  })
})

it('the queue stats of asynq are an empty list before the first task', async () => {
  await using server = await openServer()

  expect((await server.get('/api/v1/queues/stats')).body).toEqual([])
})

describe('cancelling a task of asynq', () => {
  let server: TestServer
  let ids: Readonly<Record<string, string>>
  beforeAll(async () => {
    server = await openServer({ threads: 3 })
    ids = await oneOfEach(server)
  })
  afterAll(() => server[Symbol.asyncDispose]())

  it.each(['scheduled', 'pending', 'retrying', 'running'])('works while it is %s', async (state) => {
    const { status, body } = await server.post(`/api/v1/tasks/${ids[state]}/cancel`)

    expect([status, body]).toEqual([200, { message: 'task cancelled' }])
    expect((await untilFinal(server.broker, ids[state]!)).state).toBe('cancelled')
  })

  it.each(['succeeded', 'failed', 'timed_out', 'cancelled'])('is refused when it has %s', async (state) => {
    const { status, body } = await server.post(`/api/v1/tasks/${ids[state]}/cancel`)

    expect([status, body.code]).toEqual([409, 'CANCEL_FAILED'])
    expect((await server.broker.getTask(ids[state]!)).state).toBe(state)
  })

  it('is 404 for one that nobody knows', async () => {
    const { status, body } = await server.post('/api/v1/tasks/abc-123/cancel')

    expect([status, body.code]).toEqual([404, 'TASK_NOT_FOUND'])
  })
})

describe('deleting a task of asynq', () => {
  let server: TestServer
  let ids: Readonly<Record<string, string>>
  beforeAll(async () => {
    server = await openServer({ threads: 3 })
    ids = await oneOfEach(server)
  })
  afterAll(() => server[Symbol.asyncDispose]())

  it('is refused while it runs', async () => {
    const { status, body } = await server.call('DELETE', `/api/v1/tasks/${ids['running']}`)

    expect([status, body.code]).toEqual([409, 'DELETE_FAILED'])
    expect(isFinal((await server.broker.getTask(ids['running']!)).state)).toBe(false)
  })

  it('is refused when the request names another queue', async () => {
    const { status, body } = await server.call('DELETE', `/api/v1/tasks/${ids['pending']}?queue=default`)

    expect([status, body.code]).toEqual([404, 'TASK_NOT_FOUND'])
    expect((await server.get(`/api/v1/tasks/${ids['pending']}`)).status).toBe(200)
  })

  it.each(STATES.map(([state]) => state).filter((state) => state !== 'running'))(
    'works when it is %s, once',
    async (state) => {
      const first = await server.call('DELETE', `/api/v1/tasks/${ids[state]}`)
      const again = await server.call('DELETE', `/api/v1/tasks/${ids[state]}`)

      expect([first.status, first.body]).toEqual([200, { message: 'task deleted' }])
      expect([again.status, again.body.code]).toEqual([404, 'TASK_NOT_FOUND'])
    },
  )
})
