import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dtqs } from '../../src/server/dialects/dtqs/serve.ts'
import { toJsonText } from '../../src/shared/domain/json.ts'
import { expectRefusal, FAR_AWAY, INSTANT, submitOne } from './dtqs-answers.ts'
import { openServer, serveBroker, type TestServer } from './open-server.ts'

interface Leased {
  readonly task_id: string
  readonly lease_token: string
}

describe('work of a worker that registered with dtqs', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await openServer({ dialects: [dtqs] })
  })
  afterAll(() => server[Symbol.asyncDispose]())

  /** A worker for one kind of task alone, so that tests do not meet. */
  async function workerFor(name: string): Promise<string> {
    const { status, body } = await server.post(
      `/api/v1/workers?hostname=compute-1&capacity=5&task_names=${name}`,
    )
    expect(status).toBe(201)
    return `/api/v1/workers/${body.worker_id}`
  }
  const lease = async (worker: string, json: unknown = {}) =>
    (await server.post(`${worker}/lease`, json)).body.tasks as Leased[]
  const say = (
    worker: string,
    { task_id: id, lease_token: token }: Leased,
    what: string,
    fields: object = {},
  ) => server.post(`${worker}/tasks/${id}/${what}`, { lease_token: token, ...fields })

  it('is leased with its input, told of as it goes, and completed with a result', async () => {
    const worker = await workerFor('ext.whole')
    const id = await submitOne(server, {
      name: 'ext.whole',
      queue: 'images',
      args: toJsonText([1]),
      kwargs: toJsonText({ width: 800 }),
      metadata: { customer: 'Ada' },
      timeoutMs: 90_000,
    })

    const [task] = await lease(worker, { limit: 2, lease_seconds: 30 })

    expect(task).toEqual({
      task_id: id,
      lease_token: expect.stringMatching(/\w/),
      task_name: 'ext.whole',
      task_args: [1],
      task_kwargs: { width: 800 },
      queue_name: 'images',
      attempt: 1,
      metadata: { customer: 'Ada' },
      checkpoint: null,
      parents: null,
      parents_error: null,
      timeout_seconds: 90,
      lease_seconds: 30,
      lease_until: expect.stringMatching(INSTANT),
    })
    for (const [what, fields] of [
      ['start', {}],
      ['progress', { fraction: 0.5, stage: 'half' }],
      ['log', { lines: [{ message: 'on its way' }, { level: 'warn', message: 'slow' }] }],
      ['checkpoint', { data: { page: 3 } }],
    ] as const) {
      const answer = await say(worker, task!, what, fields)
      expect([what, answer.status, answer.body]).toEqual([what, 200, { task_id: id, status: 'RUNNING' }])
    }
    expect((await server.get(`/api/v1/tasks/${id}`)).body).toMatchObject({ status: 'RUNNING', progress: 0.5 })
    const done = await say(worker, task!, 'complete', { result: { file: 'a.png' } })
    expect([done.status, done.body]).toEqual([200, { task_id: id, status: 'COMPLETED' }])
    expect((await server.get(`/api/v1/tasks/${id}`)).body).toMatchObject({
      status: 'COMPLETED',
      result: { file: 'a.png' },
    })
    expect(await server.broker.logs(id)).toMatchObject([{ message: 'on its way' }, { level: 'warn' }])
    expect(await lease(worker)).toEqual([])
  })

  it('fails, with or without another try, and is given back', async () => {
    const worker = await workerFor('ext.ends')
    await server.broker.submit(
      ['retried', 'dead', 'released'].map((queue) => ({ name: 'ext.ends', queue, maxRetries: 3 })),
    )
    const tasks = await lease(worker, { limit: 5 })
    expect(tasks).toHaveLength(3)
    const end = async (index: number, what: string, fields?: object) => {
      const { status, body } = await say(worker, tasks[index]!, what, fields)
      return [status, body.status, (await server.broker.getTask(tasks[index]!.task_id)).state]
    }

    expect(await end(0, 'fail', { error: 'no answer', retry_after_seconds: 600 })).toEqual([
      200,
      'PENDING',
      'retrying',
    ])
    expect(await end(1, 'fail', { error: { type: 'BadInput', message: 'no' }, retry: false })).toEqual([
      200,
      'FAILED',
      'failed',
    ])
    expect(await end(2, 'release')).toEqual([200, 'PENDING', 'pending'])
    expect((await server.broker.getTask(tasks[1]!.task_id)).error).toMatchObject({
      type: 'BadInput',
      message: 'no',
    })
  })

  it('is kept by renewing; what is lost or to be given up is told', async () => {
    const worker = await workerFor('ext.kept')
    await server.broker.submit([{ name: 'ext.kept' }, { name: 'ext.kept' }])
    const [kept, cancelled] = await lease(worker, { limit: 5 })
    await server.broker.cancel(cancelled!.task_id, { terminate: false })

    const { status, body } = await server.post(`${worker}/renew`, {
      leases: [kept, cancelled, { task_id: 'nope', lease_token: 'x' }].map((each) => ({
        task_id: each!.task_id,
        lease_token: each!.lease_token,
      })),
      lease_seconds: 60,
    })

    expect([status, body]).toEqual([
      200,
      {
        renewed: [kept, cancelled].map((each) => ({
          task_id: each!.task_id,
          lease_until: expect.stringMatching(INSTANT),
        })),
        lost: ['nope'],
        abort: [cancelled!.task_id],
      },
    ])
    expect((await say(worker, cancelled!, 'release')).body.status).toBe('CANCELLED')
  })

  it('is waited for, and comes as soon as it is there', async () => {
    const worker = await workerFor('ext.later')
    const waiting = lease(worker, { wait_seconds: 20 })
    const id = await submitOne(server, { name: 'ext.later' })

    expect(await waiting).toMatchObject([{ task_id: id }])
  })

  it('is only of the names and queues that the worker takes', async () => {
    const { body } = await server.post(
      '/api/v1/workers?hostname=picky&task_names=ext.mine,ext.other&queue_names=fast,slow',
    )
    await server.broker.submit([
      { name: 'ext.mine', queue: 'fast' },
      { name: 'ext.mine', queue: 'elsewhere' },
      { name: 'ext.foreign', queue: 'fast' },
    ])

    expect(await lease(`/api/v1/workers/${body.worker_id}`, { limit: 5 })).toMatchObject([
      { task_name: 'ext.mine', queue_name: 'fast' },
    ])
  })

  it('is 409 for who holds no lease, and given back when the worker leaves', async () => {
    const worker = await workerFor('ext.left')
    const id = await submitOne(server, { name: 'ext.left' })
    const [task] = await lease(worker)
    const wrong = { task_id: id, lease_token: 'wrong' }
    for (const [what, fields] of [
      ['start', {}],
      ['progress', { fraction: 1 }],
      ['complete', { result: 1 }],
      ['fail', { error: 'x' }],
      ['release', {}],
    ] as const)
      expectRefusal(await say(worker, wrong, what, fields), 409, 'LEASE_LOST')

    const left = await server.call('DELETE', worker)

    expect([left.status, left.text]).toEqual([204, ''])
    expect((await server.broker.getTask(id)).state).toBe('pending')
    expectRefusal(await say(worker, task!, 'complete'), 404, 'WORKER_NOT_FOUND')
    expectRefusal(await server.post(`${worker}/lease`), 404, 'WORKER_NOT_FOUND')
    expectRefusal(await server.call('DELETE', worker), 404, 'WORKER_NOT_FOUND')
  })

  it.each([
    ['lease', { limit: 0 }, 'limit'],
    ['lease', { lease_seconds: 0 }, 'lease_seconds'],
    ['lease', { wait_seconds: 21 }, 'wait_seconds'],
    ['renew', {}, 'leases'],
    ['renew', { leases: [{ task_id: '' }] }, 'leases'],
    ['tasks/x/progress', { lease_token: 'x', fraction: 2 }, 'fraction'],
    ['tasks/x/complete', {}, 'lease_token'],
    ['tasks/x/fail', { lease_token: 'x' }, 'error'],
  ])('is refused at %s with %j', async (path, body, field) => {
    const worker = await workerFor('ext.refused')

    const answer = await server.post(`${worker}/${path}`, body)

    expectRefusal(answer, 400, 'INVALID_REQUEST')
    expect(answer.body.detail).toContain(field)
  })

  it('is not held up by the rate limit: a worker must be able to say that it is done', async () => {
    await using limited = await serveBroker(server.broker, { dialects: [dtqs], requestsPerMinute: 1 })
    const worker = await workerFor('ext.limited')
    await submitOne(server, { name: 'ext.limited' })
    await submitOne(server, { name: 'ext.limited', runAt: FAR_AWAY })
    await limited.get('/api/v1/health')
    expect((await limited.get('/api/v1/health')).status).toBe(429)

    const { status, body } = await limited.post(`${worker}/lease`)

    expect([status, body.tasks.length]).toEqual([200, 1])
  })
})
