import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTaskmanager, taskmanager } from '../../src/server/dialects/taskmanager/serve.ts'
import { toJsonText } from '../../src/shared/domain/json.ts'
import { movableClock } from '../support/movable-clock.ts'
import { untilFinal, untilTask } from '../support/until.ts'
import { openServer, serveBroker, type TestServer } from './open-server.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/
const NOT_THERE = '550e8400-e29b-41d4-a716-446655440000'

let server: TestServer
beforeAll(async () => {
  server = await openServer({
    dialects: [taskmanager],
    taskFiles: {
      'tasks.ts': `
        import { defineTask } from 'penstock/tasks'
        export const echo = ({ args, kwargs }) => ({ args, kwargs })
        export const broken = defineTask({ maxRetries: 0, run() { throw new TypeError('Unsupported image format') } })
        export const flaky = defineTask({ maxRetries: 5, run() { throw new Error('Connection refused') } })
        export const endless = defineTask({ maxRetries: 0, timeoutMs: 100, run: () => new Promise(() => {}) })
        export function half(_input, context) {
          context.progress(0.5)
          return new Promise((resolve) => context.signal.addEventListener('abort', resolve))
        }
        export async function parent(_input, context) {
          return [await context.submit({ name: 'echo' }), await context.submit({ name: 'echo' })].map(({ id }) => id)
        }`,
    },
  })
})
afterAll(() => server[Symbol.asyncDispose]())

const submit = (json: object) => server.post('/api/v1/tasks', json)
const read = async (id: string) => (await server.get(`/api/v1/tasks/${id}`)).body
const ended = async (task_name: string) => {
  const { body } = await submit({ task_name })
  await untilFinal(server.broker, body.task_id)
  return body.task_id as string
}

describe('POST /api/v1/tasks', () => {
  it('answers 202 as the document shows, and runs the task', async () => {
    const { status, body } = await submit({
      task_name: 'echo',
      args: ['https://example.com/input-image.jpg', 'https://s3.amazonaws.com/bucket/output.jpg'],
      kwargs: {},
      priority: 5,
      sync: false,
    })

    expect(status).toBe(202)
    expect(body).toEqual({
      task_id: expect.stringMatching(UUID),
      state: 'PENDING',
      submitted_at: expect.stringMatching(INSTANT),
    })
    const task = await untilFinal(server.broker, body.task_id)
    expect(task).toMatchObject({ state: 'succeeded', priority: 5, queueTimeoutMs: 30_000, queue: 'default' })
  })

  it.each([
    [{ task_name: 'echo' }],
    [{ task_name: 'echo', args: null, kwargs: null, priority: null, sync: null }],
  ])('needs a name alone: %j', async (json) => {
    const { status, body } = await submit(json)

    expect(status).toBe(202)
    expect(await untilFinal(server.broker, body.task_id)).toMatchObject({
      args: '[]',
      kwargs: '{}',
      priority: 5,
    })
  })

  it.each([0, 1, 10])('takes the priority %i', async (priority) => {
    const { body } = await submit({ task_name: 'echo', priority })

    expect(await server.broker.getTask(body.task_id)).toMatchObject({ priority })
  })

  it.each([
    [{}, 'task_name'],
    [{ task_name: '' }, 'task_name'],
    [{ task_name: 5 }, 'task_name'],
    [{ task_name: 'x'.repeat(257) }, 'task_name'],
    [{ task_name: 'echo', args: {} }, 'args'],
    [{ task_name: 'echo', args: 'x' }, 'args'],
    [{ task_name: 'echo', kwargs: [] }, 'kwargs'],
    [{ task_name: 'echo', priority: 11 }, 'priority'],
    [{ task_name: 'echo', priority: -1 }, 'priority'],
    [{ task_name: 'echo', priority: 2.5 }, 'priority'],
    [{ task_name: 'echo', priority: '5' }, 'priority'],
    [{ task_name: 'echo', sync: 'true' }, 'sync'],
  ])('refuses %j, naming the field', async (json, field) => {
    const { status, body } = await submit(json)

    expect([status, body]).toEqual([400, { detail: expect.stringMatching(new RegExp(`^'${field}' is not`)) }])
  })

  it('refuses a name that nobody knows, and takes it once a worker says that it does', async () => {
    const refused = await submit({ task_name: 'enlarge_elsewhere' })
    expect([refused.status, refused.body]).toEqual([
      400,
      { detail: expect.stringMatching(/^Unknown task type 'enlarge_elsewhere'; known are: .*echo/) },
    ])

    await server.broker.registerWorker({ hostname: 'w', concurrency: 1, names: ['enlarge_elsewhere'] })
    expect((await submit({ task_name: 'enlarge_elsewhere' })).status).toBe(202)
  })
})

describe('POST /api/v1/tasks with sync', () => {
  it('answers 200 with the whole task and its result', async () => {
    const { status, body } = await submit({ task_name: 'echo', args: [1], kwargs: { a: 'b' }, sync: true })

    expect(status).toBe(200)
    expect(body).toEqual({
      task_id: expect.stringMatching(UUID),
      state: 'SUCCESS',
      progress: 1,
      result: { args: [1], kwargs: { a: 'b' } },
      error: null,
      error_type: null,
      submitted_at: expect.stringMatching(INSTANT),
      started_at: expect.stringMatching(INSTANT),
      completed_at: expect.stringMatching(INSTANT),
      subtasks: [],
    })
    expect(await read(body.task_id)).toEqual(body)
  })

  it('answers 200 with the error when the task failed', async () => {
    const { status, body } = await submit({ task_name: 'broken', sync: true })

    expect(status).toBe(200)
    expect(body).toMatchObject({
      state: 'FAILURE',
      result: null,
      error: 'Unsupported image format',
      error_type: 'TypeError',
    })
  })

  it('answers 202 with the state it is in when the task takes longer than anybody waits', async () => {
    const { broker } = server
    // However late the task starts: it is looked at when it runs.
    const getTask = (id: string) => untilTask(broker, id, ({ progress }) => progress !== null)
    await using impatient = await serveBroker(
      { ...broker, getTask },
      { dialects: [createTaskmanager({ syncLimitMs: 300 })] },
    )

    const { status, body } = await impatient.post('/api/v1/tasks', { task_name: 'half', sync: true })

    expect([status, body.state]).toEqual([202, 'STARTED'])
    expect(Object.keys(body)).toEqual(['task_id', 'state', 'submitted_at'])
    await broker.cancel(body.task_id, { terminate: true })
  })

  it('lets the task run when its client hangs up', async () => {
    const started = server.broker.subscribe({ filter: { types: ['task.progress'] } })
    const gone = new AbortController()
    const asking = fetch(`${server.url}/api/v1/tasks`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"task_name": "half", "sync": true}',
      signal: gone.signal,
    })
    const { value } = await started[Symbol.asyncIterator]().next()
    started.close()
    gone.abort()
    await expect(asking).rejects.toThrow('aborted')

    const id = value!.events[0]!.taskId!
    expect(await read(id)).toMatchObject({ state: 'STARTED', progress: 0.5 })
    await server.broker.cancel(id, { terminate: true })
    await untilFinal(server.broker, id)
  })
})

describe('GET /api/v1/tasks/{task_id}', () => {
  it('tells what a running task has told of itself', async () => {
    const { body } = await submit({ task_name: 'half' })
    await untilTask(server.broker, body.task_id, ({ progress }) => progress !== null)

    expect(await read(body.task_id)).toEqual({
      task_id: body.task_id,
      state: 'STARTED',
      progress: 0.5,
      result: null,
      error: null,
      error_type: null,
      submitted_at: body.submitted_at,
      started_at: expect.stringMatching(INSTANT),
      completed_at: null,
      subtasks: [],
    })

    await server.broker.cancel(body.task_id, { terminate: true })
    await untilFinal(server.broker, body.task_id)
    expect(await read(body.task_id)).toMatchObject({ state: 'REVOKED', completed_at: expect.any(String) })
  })

  it('says RECEIVED of a task that a worker holds and has not begun', async () => {
    const worker = await server.broker.registerWorker({ hostname: 'w', concurrency: 1, names: ['far_away'] })
    const { body } = await submit({ task_name: 'far_away' })
    const [lease] = await server.broker.leaseTasks(worker.id, { limit: 1, leaseMs: 60_000 })
    expect(await read(body.task_id)).toMatchObject({ state: 'RECEIVED', started_at: null, progress: null })

    await server.broker.startTask(worker.id, lease!)
    expect(await read(body.task_id)).toMatchObject({ state: 'STARTED', started_at: expect.any(String) })
  })

  it('says PENDING and why of a task that waits for a retry', async () => {
    // The usual pause may be over at once.
    const backoff = { baseMs: 3_600_000, factor: 1, capMs: 3_600_000, jitter: 'none' } as const
    const [task] = await server.broker.submit([{ name: 'flaky', backoff }])
    await untilTask(server.broker, task!.id, ({ state }) => state === 'retrying')

    expect(await read(task!.id)).toMatchObject({
      state: 'PENDING',
      error: 'Connection refused',
      started_at: null,
    })
  })

  it('says TIMEOUT of a task that ran too long', async () => {
    expect(await read(await ended('endless'))).toMatchObject({
      state: 'TIMEOUT',
      error: expect.stringContaining('100 ms'),
      error_type: 'TimeoutError',
      started_at: expect.any(String),
    })
  })

  it('says TIMEOUT of a task that waited 30 s in its queue without starting', async () => {
    const clock = movableClock()
    await using moved = await openServer({ dialects: [taskmanager], clock })
    await moved.broker.submit([{ name: 'sleep', runAt: clock.now() + 3_600_000 }])
    await moved.broker.setQueuePaused('default', true)
    const { body } = await moved.post('/api/v1/tasks', { task_name: 'demo' })

    // The broker looks at the clock when something becomes due.
    const lookAfter = async (ms: number) => {
      clock.advance(ms)
      const [due] = await moved.broker.submit([
        { name: 'sleep', queue: 'other', runAt: clock.now() + 1, kwargs: toJsonText({ ms: 1 }) },
      ])
      await untilFinal(moved.broker, due!.id)
    }

    await lookAfter(10_000)
    expect((await moved.get(`/api/v1/tasks/${body.task_id}`)).body.state).toBe('PENDING')

    await lookAfter(19_500)
    await untilFinal(moved.broker, body.task_id)
    expect((await moved.get(`/api/v1/tasks/${body.task_id}`)).body).toMatchObject({
      state: 'TIMEOUT',
      error: expect.stringContaining('30 s'),
      error_type: 'QueueTimeoutError',
      started_at: null,
    })
  })

  it('names the tasks that it submitted', async () => {
    const { body } = await submit({ task_name: 'parent', sync: true })

    expect(body.subtasks).toHaveLength(2)
    expect(body.subtasks).toEqual(body.result)
    expect(await read(body.subtasks[0])).toMatchObject({ task_id: body.subtasks[0], subtasks: [] })
  })

  it.each([NOT_THERE, 'abc', '1'])('is 404 for %s', async (id) => {
    const { status, body } = await server.get(`/api/v1/tasks/${id}`)

    expect([status, body]).toEqual([404, { detail: expect.stringContaining(id) }])
  })
})

describe('DELETE /api/v1/tasks/{task_id}', () => {
  const remove = (id: string) => server.call('DELETE', `/api/v1/tasks/${id}`)

  it.each(['echo', 'broken', 'endless'])('cleans up after %s, which is gone then', async (name) => {
    const id = await ended(name)

    const { status, body } = await remove(id)

    expect([status, body]).toEqual([200, { status: 'success', message: `Task ${id} cleaned up` }])
    expect((await server.get(`/api/v1/tasks/${id}`)).status).toBe(404)
    expect((await remove(id)).status).toBe(404)
    expect(await server.broker.countTasks({ isDeadLetter: true, text: id })).toBe(0)
  })

  it('is 409 for a task that waits or runs, which goes on', async () => {
    const [waiting] = await server.broker.submit([{ name: 'nobody_knows_this' }])
    const { body: running } = await submit({ task_name: 'half' })
    await untilTask(server.broker, running.task_id, ({ progress }) => progress !== null)

    for (const [id, state] of [
      [waiting!.id, 'pending'],
      [running.task_id, 'running'],
    ]) {
      const { status, body } = await remove(id)
      expect([status, body]).toEqual([409, { detail: expect.stringContaining(`is ${state}`) }])
      expect((await server.broker.getTask(id)).state).toBe(state)
    }
    await server.broker.cancel(running.task_id, { terminate: true })
  })

  it('is 404 for an unknown task', async () => {
    const { status, body } = await remove(NOT_THERE)

    expect([status, body]).toEqual([404, { detail: expect.stringContaining(NOT_THERE) }])
  })
})
