import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { taskqueue } from '../../src/server/dialects/taskqueue/serve.ts'
import { untilFinal, untilTask } from '../support/until.ts'
import { openServer, type TestServer } from './open-server.ts'

/** As the document writes instants: UTC, without a zone. */
const NAIVE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?$/
const NOWHERE = { detail: 'Task not found' }

let server: TestServer
beforeAll(async () => {
  server = await openServer({
    dialects: [taskqueue],
    taskFiles: {
      'tasks.ts': `
        export const echo = ({ args, kwargs }) => ({ args, kwargs })
        export const fail_hard = () => { throw new Error('Connection refused') }
        export const renamed = () => 'ran under its new name'`,
    },
  })
})
afterAll(() => server[Symbol.asyncDispose]())

const create = async (body: object) => (await server.post('/api/tasks/', body)).body
/** A task that no handler knows waits for as long as a test needs it to. */
const waiting = async (more: object = {}) => create({ name: 'nobody_knows_this', payload: {}, ...more })
const read = async (id: number) => (await server.get(`/api/tasks/${id}`)).body
const ended = async (body: object) => {
  const { id } = await create({ payload: {}, ...body })
  const { id: domainId } = await server.broker.getTaskByNumber(id)
  await untilFinal(server.broker, domainId)
  return read(id)
}

describe('POST /api/tasks/', () => {
  it('answers as the document shows', async () => {
    const { status, body } = await server.post('/api/tasks/', {
      name: 'example_task',
      payload: { key: 'value' },
      priority: 2,
      scheduled_at: '2099-10-01T10:00:00',
    })

    expect(status).toBe(201)
    expect(body).toEqual({
      id: expect.any(Number),
      name: 'example_task',
      payload: { key: 'value' },
      priority: 2,
      scheduled_at: '2099-10-01T10:00:00',
      status: 'scheduled',
      created_at: expect.stringMatching(NAIVE),
      updated_at: body.created_at,
      started_at: null,
      completed_at: null,
      worker_id: null,
      result: null,
      error: null,
    })
    expect(await read(body.id)).toEqual(body)
  })

  it('needs a name and a payload, and nothing else', async () => {
    const { status, body } = await server.post('/api/tasks', { name: 'nobody_knows_this', payload: {} })

    expect(status).toBe(201)
    expect(body).toMatchObject({ status: 'pending', priority: 2, scheduled_at: null })
  })

  it('takes null for a time and a priority that are not given', async () => {
    expect(await waiting({ scheduled_at: null, priority: null })).toMatchObject({
      status: 'pending',
      priority: 2,
      scheduled_at: null,
    })
  })

  it.each([
    [1, 1, 2],
    [4, 4, 10],
    ['LOW', 1, 2],
    ['high', 3, 8],
  ])('understands the priority %j', async (given, level, priority) => {
    const { id, priority: answered } = await waiting({ priority: given })

    expect(answered).toBe(level)
    expect((await server.broker.getTaskByNumber(id)).priority).toBe(priority)
  })

  it.each([
    ['2099-10-01T10:00:00', '2099-10-01T10:00:00'],
    ['2099-10-01T10:00:00Z', '2099-10-01T10:00:00'],
    ['2099-10-01T10:00:00+02:00', '2099-10-01T08:00:00'],
    ['2099-10-01T10:00:00.250', '2099-10-01T10:00:00.250'],
  ])('reads the time %s as UTC unless it says otherwise', async (given, answered) => {
    expect(await waiting({ scheduled_at: given })).toMatchObject({
      scheduled_at: answered,
      status: 'scheduled',
    })
  })

  it('runs what was due in the past now, and still says when that was', async () => {
    const task = await ended({ name: 'echo', scheduled_at: '2023-10-01T10:00:00' })

    expect(task).toMatchObject({ status: 'completed', scheduled_at: '2023-10-01T10:00:00' })
  })

  it('hands the payload to the handler, large integers digit by digit', async () => {
    const { text } = await server.call('POST', '/api/tasks/', {
      raw: '{"name": "echo", "payload": {"id": 12345678901234567890, "__proto__": 1}}',
    })
    const { id } = JSON.parse(text)
    await untilFinal(server.broker, (await server.broker.getTaskByNumber(id)).id)

    const answer = await server.get(`/api/tasks/${id}`)
    expect(answer.text).toContain('"payload":{"id":12345678901234567890,"__proto__":1}')
    expect(answer.text).toContain('"kwargs":{"id":12345678901234567890')
  })

  it.each([
    [{}, 'name'],
    [{ name: '', payload: {} }, 'name'],
    [{ name: null, payload: {} }, 'name'],
    [{ name: 5, payload: {} }, 'name'],
    [{ name: 'x'.repeat(257), payload: {} }, 'name'],
    [{ name: 'x' }, 'payload'],
    [{ name: 'x', payload: null }, 'payload'],
    [{ name: 'x', payload: [] }, 'payload'],
    [{ name: 'x', payload: 'text' }, 'payload'],
    [{ name: 'x', payload: {}, priority: 0 }, 'priority'],
    [{ name: 'x', payload: {}, priority: 5 }, 'priority'],
    [{ name: 'x', payload: {}, priority: 'URGENT' }, 'priority'],
    [{ name: 'x', payload: {}, scheduled_at: 'tomorrow' }, 'scheduled_at'],
    [{ name: 'x', payload: {}, scheduled_at: '2023-02-30T00:00:00' }, 'scheduled_at'],
    [{ name: 'x', payload: {}, scheduled_at: 1696154400 }, 'scheduled_at'],
  ])('refuses %j, naming the field', async (body, field) => {
    const answer = await server.post('/api/tasks/', body)

    expect([answer.status, answer.body]).toEqual([
      400,
      { detail: expect.stringMatching(new RegExp(`^'${field}' is not valid: \\w`)) },
    ])
  })

  it('refuses what is no object, and an integer that only looks like one', async () => {
    for (const raw of ['[]', '"x"', '{"name": "x", "payload": 12345678901234567890}', '{'])
      expect((await server.call('POST', '/api/tasks/', { raw })).status).toBe(400)
    expect((await server.post('/api/tasks/')).status).toBe(400)
  })
})

describe('GET /api/tasks/{task_id}', () => {
  it('tells how a task ended well', async () => {
    const task = await ended({ name: 'echo', payload: { key: 'value' } })
    const worker = await server.get(`/api/workers/${task.worker_id}`)

    expect(task).toMatchObject({
      status: 'completed',
      started_at: expect.stringMatching(NAIVE),
      completed_at: expect.stringMatching(NAIVE),
      result: { args: [], kwargs: { key: 'value' } },
      error: null,
    })
    expect(worker.body.id).toBe(task.worker_id)
  })

  it('tells why one failed, and goes on telling while it waits for a retry', async () => {
    // The usual pause may be over at once.
    const backoff = { baseMs: 3_600_000, factor: 1, capMs: 3_600_000, jitter: 'none' } as const
    const [retried] = await server.broker.submit([{ name: 'fail_hard', backoff }])
    await untilTask(server.broker, retried!.id, ({ state }) => state === 'retrying')
    expect(await read(retried!.number)).toMatchObject({
      status: 'pending',
      error: 'Connection refused',
      worker_id: null,
    })

    const [receipt] = await server.broker.submit([{ name: 'fail_hard', maxRetries: 0 }])
    await untilFinal(server.broker, receipt!.id)
    expect(await read(receipt!.number)).toMatchObject({
      status: 'failed',
      result: null,
      error: 'Connection refused',
    })
  })

  it('says of a cancelled one that it was', async () => {
    const { id } = await waiting()
    await server.broker.cancel((await server.broker.getTaskByNumber(id)).id, { terminate: false })

    expect(await read(id)).toMatchObject({ status: 'failed', error: 'Task was cancelled' })
  })

  it('gives tasks of other dialects the nearest level', async () => {
    const [receipt] = await server.broker.submit([{ name: 'nobody_knows_this', priority: 7 }])

    expect(await read(receipt!.number)).toMatchObject({ priority: 3, payload: {}, scheduled_at: null })
  })

  it.each(['999999999', '0', '-1', '99999999999999999999'])('is 404 for %s', async (id) => {
    const { status, body } = await server.get(`/api/tasks/${id}`)

    expect([status, body]).toEqual([404, NOWHERE])
  })

  it.each(['abc', '1.5', '1e3', '0x10', '%20'])('is 400 for %s, which is no integer', async (id) => {
    const { status, body } = await server.get(`/api/tasks/${id}`)

    expect([status, body]).toEqual([400, { detail: "'task_id' is not valid: must be an integer." }])
  })
})

describe('GET /api/tasks/', () => {
  let listed: TestServer
  const list = async (query = '') => (await listed.get(`/api/tasks/${query}`)).body
  beforeAll(async () => {
    listed = await openServer({ dialects: [taskqueue] })
  })
  afterAll(() => listed[Symbol.asyncDispose]())
  beforeEach(async () => {
    if ((await list()).length > 0) return
    for (let index = 0; index < 5; index += 1)
      await listed.post('/api/tasks/', { name: `task_${index}`, payload: { index } })
    await listed.post('/api/tasks/', { name: 'later', payload: {}, scheduled_at: '2099-01-01T00:00:00' })
    await listed.call('PATCH', '/api/tasks/5/pause')
  })

  it('is a bare array, newest last, of whole tasks', async () => {
    const tasks = await list()

    expect(tasks.map(({ id, name }: { id: number; name: string }) => [id, name])).toEqual([
      [1, 'task_0'],
      [2, 'task_1'],
      [3, 'task_2'],
      [4, 'task_3'],
      [5, 'task_4'],
      [6, 'later'],
    ])
    expect(tasks[0]).toEqual((await listed.get('/api/tasks/1')).body)
  })

  it('pages by skip and limit', async () => {
    const ids = async (query: string) => (await list(query)).map(({ id }: { id: number }) => id)

    expect(await ids('?skip=1&limit=2')).toEqual([2, 3])
    expect(await ids('?skip=5')).toEqual([6])
    expect(await ids('?skip=100')).toEqual([])
    expect(await ids('?limit=0')).toEqual([])
    expect(await ids('?limit=1000')).toHaveLength(6)
  })

  it.each([
    ['pending', 4],
    ['PENDING', 4],
    ['scheduled', 1],
    ['paused', 1],
    ['running', 0],
    ['completed', 0],
    ['failed', 0],
  ])('lists those that are %s', async (status, count) => {
    expect(await list(`?status=${status}`)).toHaveLength(count)
  })

  it.each([
    '?status=zzz',
    '?limit=1001',
    '?limit=-1',
    '?skip=-1',
    '?skip=x',
    '?limit=1.5',
    '?limit=1&limit=2',
  ])('refuses %s', async (query) => {
    const { status, body } = await listed.get(`/api/tasks/${query}`)

    expect([status, body]).toEqual([400, { detail: expect.stringMatching(/^'(status|limit|skip)' is not/) }])
  })
})

describe('PUT /api/tasks/{task_id}', () => {
  const put = (id: number, json: unknown) => server.call('PUT', `/api/tasks/${id}`, { json })

  it('changes what is given and leaves the rest', async () => {
    const before = await waiting({ payload: { a: 1 }, priority: 1 })

    const { status, body } = await put(before.id, { payload: { b: 2 }, priority: 'CRITICAL' })

    expect(status).toBe(200)
    expect(body).toEqual({ ...before, payload: { b: 2 }, priority: 4, updated_at: expect.any(String) })
    expect(await read(before.id)).toEqual(body)
  })

  it('renames: the task runs under its new name', async () => {
    const { id } = await waiting()

    expect((await put(id, { name: 'renamed' })).body.name).toBe('renamed')
    await untilFinal(server.broker, (await server.broker.getTaskByNumber(id)).id)
    expect(await read(id)).toMatchObject({ status: 'completed', result: 'ran under its new name' })
  })

  it('schedules, and with null runs as soon as possible', async () => {
    const { id } = await waiting()

    expect((await put(id, { scheduled_at: '2099-01-01T00:00:00' })).body).toMatchObject({
      status: 'scheduled',
      scheduled_at: '2099-01-01T00:00:00',
    })
    expect((await put(id, { scheduled_at: null })).body).toMatchObject({
      status: 'pending',
      scheduled_at: null,
    })
  })

  it('changes a paused task, which stays paused', async () => {
    const { id } = await waiting()
    await server.call('PATCH', `/api/tasks/${id}/pause`)

    expect((await put(id, { scheduled_at: '2099-01-01T00:00:00' })).body.status).toBe('paused')
    expect((await server.call('PATCH', `/api/tasks/${id}/resume`)).body.status).toBe('scheduled')
  })

  it('with nothing in it changes nothing, in any state', async () => {
    const task = await ended({ name: 'echo', payload: { a: 1 } })

    expect((await put(task.id, {})).body).toEqual(task)
    expect((await put(task.id, { name: 'echo', payload: { a: 1 }, priority: 2 })).body).toEqual(task)
  })

  it('is 409 for what would change the run of a task that has ended', async () => {
    const { id } = await ended({ name: 'echo' })

    for (const change of [
      { name: 'other' },
      { payload: { a: 2 } },
      { priority: 4 },
      { scheduled_at: '2099-01-01T00:00:00' },
    ]) {
      const { status, body } = await put(id, change)
      expect([status, body]).toEqual([409, { detail: expect.stringContaining('cannot be changed') }])
    }
  })

  it.each([
    [{ name: null }, 'name'],
    [{ name: '' }, 'name'],
    [{ payload: null }, 'payload'],
    [{ payload: 'x' }, 'payload'],
    [{ priority: null }, 'priority'],
    [{ priority: 9 }, 'priority'],
    [{ scheduled_at: 'soon' }, 'scheduled_at'],
  ])('refuses %j and changes nothing', async (change, field) => {
    const before = await waiting()

    const { status, body } = await put(before.id, change)

    expect([status, body]).toEqual([400, { detail: expect.stringContaining(`'${field}'`) }])
    expect(await read(before.id)).toEqual(before)
  })

  it('is 404 for an unknown task', async () => {
    const { status, body } = await put(999_999_999, { name: 'x' })

    expect([status, body]).toEqual([404, NOWHERE])
  })
})
