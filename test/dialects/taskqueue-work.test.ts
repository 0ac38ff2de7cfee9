import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { taskqueue } from '../../src/server/dialects/taskqueue/serve.ts'
import { untilTask } from '../support/until.ts'
import { type Answer, openServer, type TestServer } from './open-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await openServer({ dialects: [taskqueue] })
})
afterAll(() => server[Symbol.asyncDispose]())

let counter = 0
/** A worker for one task name that nobody else knows. */
async function worker(more: object = {}) {
  counter += 1
  const name = `task_${counter}`
  const { body } = await server.post('/api/workers/', { name: `w${counter}`, task_names: [name], ...more })
  return {
    id: body.id as number,
    name,
    create: async (json: object = {}) =>
      (await server.post('/api/tasks/', { name, payload: {}, ...json })).body.id as number,
    lease: async (json?: object) => (await server.post(`/api/workers/${body.id}/lease`, json)).body.tasks,
    say: (task: { id: number; lease_token: string }, what: string, json: object = {}): Promise<Answer> =>
      server.post(`/api/workers/${body.id}/tasks/${task.id}/${what}`, {
        lease_token: task.lease_token,
        ...json,
      }),
  }
}
const read = async (id: number) => (await server.get(`/api/tasks/${id}`)).body

describe('a worker that registered', () => {
  it('gets a task, works on it and completes it', async () => {
    const { id, name, create, lease, say } = await worker()
    const task = await create({ payload: { key: 'value' } })

    const [leased, ...others] = await lease({ limit: 10, lease_seconds: 30 })

    expect(others).toEqual([])
    expect(leased).toEqual({
      id: task,
      lease_token: expect.any(String),
      name,
      queue: 'default',
      attempt: 1,
      payload: { key: 'value' },
      args: [],
      metadata: {},
      checkpoint: null,
      parents: null,
      parents_error: null,
      timeout_seconds: 300,
      lease_seconds: 30,
      lease_until: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    })
    expect(await read(task)).toMatchObject({ status: 'running', worker_id: id, started_at: null })

    expect((await say(leased, 'start')).body).toEqual({ id: task, status: 'running' })
    await say(leased, 'progress', { fraction: 0.5, stage: 'half', message: 'Halfway' })
    await say(leased, 'log', { lines: [{ message: 'hello' }, { level: 'warn', message: 'careful' }] })
    await say(leased, 'checkpoint', { data: { page: 7 } })
    const { status, body } = await say(leased, 'complete', { result: { answer: 42 } })

    expect([status, body]).toEqual([200, { id: task, status: 'completed' }])
    expect(await read(task)).toMatchObject({
      status: 'completed',
      result: { answer: 42 },
      started_at: expect.any(String),
      worker_id: id,
    })
    const { id: domainId, progress } = await server.broker.getTaskByNumber(task)
    expect(progress).toMatchObject({ fraction: 0.5, stage: 'half', message: 'Halfway' })
    expect(await server.broker.logs(domainId)).toMatchObject([
      { level: 'info', message: 'hello' },
      { level: 'warn', message: 'careful' },
    ])
  })

  it('gets nothing when there is nothing for it', async () => {
    const { lease } = await worker()

    expect(await lease()).toEqual([])
  })

  it('gets as much as it has room for, highest priority first', async () => {
    const { create, lease } = await worker({ concurrency: 2 })
    const low = await create({ priority: 'LOW' })
    const high = await create({ priority: 'CRITICAL' })
    await create({ priority: 'LOW' })

    const leased = await lease({ limit: 10 })

    expect(leased.map(({ id }: { id: number }) => id)).toEqual([high, low])
  })

  it('waits for a task when asked to', async () => {
    const { create, lease } = await worker()
    const waiting = lease({ wait_seconds: 20 })
    const task = await create()

    expect(await waiting).toMatchObject([{ id: task }])
  })

  it('gets an empty answer when nothing came while it waited', async () => {
    const { lease } = await worker()

    expect(await lease({ wait_seconds: 0.05 })).toEqual([])
  })

  it('takes nothing away by hanging up while it waits', async () => {
    const { id, create, lease } = await worker()
    const gone = new AbortController()
    const asking = fetch(`${server.url}/api/workers/${id}/lease`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"wait_seconds": 20}',
      signal: gone.signal,
    })
    gone.abort()
    await expect(asking).rejects.toThrow('aborted')
    const task = await create()

    expect(await lease({ wait_seconds: 20 })).toMatchObject([{ id: task, attempt: 1 }])
  })

  it('gets nothing while it says that it is inactive', async () => {
    const { id, create, lease } = await worker()
    await create()
    await server.call('PATCH', `/api/workers/${id}/status`, { json: { status: 'inactive' } })
    expect(await lease()).toEqual([])

    await server.call('PATCH', `/api/workers/${id}/status`, { json: { status: 'active' } })
    expect(await lease()).toHaveLength(1)
  })

  it('fails a task, which is retried unless it says otherwise', async () => {
    const { create, lease, say } = await worker({ concurrency: 3 })
    const retried = await create()
    const text = await create()
    const [first, second] = await lease({ limit: 3 })

    const error = { type: 'TimeoutError', message: 'Gateway timed out', traceback: 'at line 1' }
    const later = await say(first, 'fail', { error, retry_after_seconds: 3600 })
    const never = await say(second, 'fail', { error: 'No such card', retry: false })

    expect(later.body).toEqual({ id: retried, status: 'pending' })
    expect(never.body).toEqual({ id: text, status: 'failed' })
    const task = await server.broker.getTaskByNumber(retried)
    expect(task).toMatchObject({ state: 'retrying', error: { ...error, cause: null } })
    expect(task.runAt - task.updatedAt).toBeGreaterThanOrEqual(3_600_000 - 1000)
    expect(await read(text)).toMatchObject({ status: 'failed', error: 'No such card' })
  })

  it('gives a task back as if it had never had it', async () => {
    const { create, lease, say } = await worker()
    const task = await create()
    const [leased] = await lease()

    expect((await say(leased, 'release')).body).toEqual({ id: task, status: 'pending' })
    expect(await lease()).toMatchObject([{ id: task, attempt: 1 }])
  })

  it('finds the checkpoint of the attempt before', async () => {
    const { create, lease, say } = await worker()
    await create()
    const [first] = await lease()
    await say(first, 'start')
    await say(first, 'checkpoint', { data: [1, 2] })
    await say(first, 'release')

    expect(await lease()).toMatchObject([{ checkpoint: [1, 2] }])
  })

  it('renews what it holds, and is told what it lost and what to end', async () => {
    const { id, create, lease, say } = await worker({ concurrency: 3 })
    for (let index = 0; index < 3; index += 1) await create()
    const [kept, paused, over] = await lease({ limit: 3 })
    await say(over, 'complete')
    const pausing = server.call('PATCH', `/api/tasks/${paused.id}/pause`)
    const { id: pausedId } = await server.broker.getTaskByNumber(paused.id)
    const leases = [kept, paused, over].map(({ id: task, lease_token }) => ({ id: task, lease_token }))
    let answer: Answer
    do answer = await server.post(`/api/workers/${id}/renew`, { leases, lease_seconds: 90 })
    while (answer.body.abort.length === 0)

    expect(answer.body).toEqual({
      renewed: [
        { id: kept.id, lease_until: expect.any(String) },
        { id: paused.id, lease_until: expect.any(String) },
      ],
      lost: [over.id],
      abort: [paused.id],
    })
    await say(paused, 'fail', { error: 'stopped' })
    expect((await pausing).body.status).toBe('paused')
    await untilTask(server.broker, pausedId, ({ state }) => state === 'paused')
  })

  it('speaks for nothing that it does not hold', async () => {
    const { create, lease, say } = await worker()
    const stranger = await worker()
    const task = await create()
    const [leased] = await lease()

    for (const [what, more] of [
      ['start', {}],
      ['progress', { fraction: 1 }],
      ['log', { lines: [] }],
      ['checkpoint', { data: 1 }],
      ['complete', {}],
      ['fail', { error: 'x' }],
      ['release', {}],
    ] as const)
      for (const answer of [
        await stranger.say(leased, what, more),
        await say({ ...leased, lease_token: 'wrong' }, what, more),
      ])
        expect([what, answer.status, answer.body]).toEqual([
          what,
          409,
          { detail: expect.stringMatching(/lease/i) },
        ])
    expect(await read(task)).toMatchObject({ status: 'running' })
    expect((await say(leased, 'complete')).status).toBe(200)
    expect((await say(leased, 'complete')).status).toBe(409)
  })

  it('gives back what it holds when it says good-bye', async () => {
    const { id, create, lease } = await worker()
    const task = await create()
    await lease()

    await server.call('DELETE', `/api/workers/${id}`)

    expect(await read(task)).toMatchObject({ status: 'pending', worker_id: null })
  })

  it('has a task taken away that is deleted while it runs', async () => {
    const { create, lease, say } = await worker()
    const task = await create()
    const [leased] = await lease()

    expect((await server.call('DELETE', `/api/tasks/${task}`)).status).toBe(204)
    expect((await say(leased, 'complete')).status).toBe(404)
  })
})

describe('what a worker says wrongly', () => {
  it.each([
    ['lease', { limit: 0 }, 'limit'],
    ['lease', { limit: 101 }, 'limit'],
    ['lease', { lease_seconds: 0 }, 'lease_seconds'],
    ['lease', { wait_seconds: 21 }, 'wait_seconds'],
    ['renew', {}, 'leases'],
    ['renew', { leases: [{ id: 'x', lease_token: 't' }] }, 'leases[0].id'],
    ['tasks/1/start', {}, 'lease_token'],
    ['tasks/1/progress', { lease_token: 't', fraction: 2 }, 'fraction'],
    ['tasks/1/log', { lease_token: 't', lines: [{ level: 'loud', message: '' }] }, 'lines[0].level'],
    ['tasks/1/checkpoint', { lease_token: 't' }, 'data'],
    ['tasks/1/fail', { lease_token: 't' }, 'error'],
    ['tasks/1/fail', { lease_token: 't', error: 'x', retry_after_seconds: -1 }, 'retry_after_seconds'],
  ])('to %s, as %j, is refused by the name of the field', async (what, json, field) => {
    const { id, create } = await worker()
    await create()

    const { status, body } = await server.post(`/api/workers/${id}/${what}`, json)

    expect([status, body]).toEqual([400, { detail: expect.stringContaining(`'${field}'`) }])
  })

  it.each(['lease', 'renew', 'tasks/1/start'])('to %s, as an unknown worker, is 404', async (what) => {
    const { status, body } = await server.post(`/api/workers/999999/${what}`, {
      leases: [],
      lease_token: 't',
    })

    expect([status, body]).toEqual([404, { detail: 'Worker not found' }])
  })
})
