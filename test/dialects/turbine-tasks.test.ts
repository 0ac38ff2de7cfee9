import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type JsonText, toJsonText } from '../../src/shared/domain/json.ts'
import type { SubmitTask } from '../../src/shared/domain/task.ts'
import { untilFinal, untilTask } from '../support/until.ts'
import { openServer, type TestServer } from './open-server.ts'

const HOUR_MS = 3_600_000

interface Listed {
  readonly task_id: string
  readonly state: string
}
const idsIn = (answer: { readonly body: { readonly tasks: readonly Listed[] } }) =>
  answer.body.tasks.map(({ task_id: id }) => id)

async function submitOne(server: TestServer, task: SubmitTask): Promise<string> {
  const [receipt] = await server.broker.submit([task])
  return receipt!.id
}

describe('the task list of turbine', () => {
  let server: TestServer
  /** One task in each state that can be reached, by the domain's word. */
  const ids: Record<string, string> = {}

  beforeAll(async () => {
    server = await openServer({ threads: 3 })
    const { broker } = server
    const opener = { name: 'sleep', queue: 'held', kwargs: toJsonText({ ms: 1 }) }
    await untilFinal(broker, await submitOne(server, opener))
    await broker.setQueuePaused('held', true)
    const kwargs = toJsonText({ ms: 1 })
    ids['succeeded'] = await submitOne(server, { name: 'sleep', kwargs })
    ids['failed'] = await submitOne(server, { name: 'fail', queue: 'mail', maxRetries: 0 })
    ids['timed_out'] = await submitOne(server, {
      name: 'sleep',
      kwargs: toJsonText({ seconds: 60 }),
      timeoutMs: 20,
      maxRetries: 0,
    })
    ids['retrying'] = await submitOne(server, {
      name: 'fail',
      backoff: { baseMs: HOUR_MS, factor: 1, capMs: HOUR_MS, jitter: 'none' },
    })
    ids['pending'] = await submitOne(server, { name: 'sleep', queue: 'held' })
    ids['scheduled'] = await submitOne(server, { name: 'sleep', runAt: 4_000_000_000_000 })
    ids['cancelled'] = await submitOne(server, { name: 'sleep', queue: 'held' })
    await broker.cancel(ids['cancelled'], { terminate: false })
    ids['running'] = await submitOne(server, { name: 'sleep', kwargs: toJsonText({ seconds: 600 }) })
    for (const state of ['succeeded', 'failed', 'timed_out']) await untilFinal(broker, ids[state]!)
    for (const state of ['retrying', 'running'])
      await untilTask(broker, ids[state]!, (task) => task.state === state)
  })
  afterAll(() => server[Symbol.asyncDispose]())

  it.each([
    ['pending', ['pending', 'scheduled']],
    ['running', ['running']],
    ['success', ['succeeded']],
    ['failed', ['failed', 'timed_out']],
    ['retry', ['retrying']],
    ['revoked', ['cancelled']],
  ])('shows with state=%s exactly the tasks that read so', async (word, states) => {
    const answer = await server.get(`/api/tasks?state=${word}`)
    const known = new Set(Object.values(ids))
    const listed = answer.body.tasks as Listed[]

    expect(new Set(listed.map(({ state }) => state))).toEqual(new Set([word]))
    expect(
      idsIn(answer)
        .filter((id) => known.has(id))
        .toSorted(),
    ).toEqual(states.map((state) => ids[state]!).toSorted())
    expect(answer.body.total).toBe(listed.length)
  })

  it('shows the newest first, a page at a time, and counts them all', async () => {
    const all = await server.get('/api/tasks')
    const page = await server.get('/api/tasks?limit=2&offset=1')

    expect(all.body).toMatchObject({ limit: 100, offset: 0, total: 9 })
    expect(idsIn(all)[0]).toBe(ids['running'])
    expect(idsIn(page)).toEqual(idsIn(all).slice(1, 3))
    expect(page.body).toMatchObject({ limit: 2, offset: 1, total: 9 })
  })

  it('takes a limit above 1000 as 1000, and shows nothing but the count with a limit of 0', async () => {
    expect((await server.get('/api/tasks?limit=5000')).body.limit).toBe(1000)
    expect((await server.get('/api/tasks?limit=0')).body).toMatchObject({ tasks: [], total: 9, limit: 0 })
  })

  it('shows the tasks of one queue, and none of a queue that is not there', async () => {
    expect(idsIn(await server.get('/api/tasks?queue=mail'))).toEqual([ids['failed']])
    expect((await server.get('/api/tasks?queue=nowhere')).body).toMatchObject({ tasks: [], total: 0 })
  })

  it.each(['2024-01-09T12:00:00Z', '2024-01-09T12:00:00+02:00', '2024-01-09T12:00:00', '2024-01-09'])(
    'shows what was made since %s',
    async (since) => {
      expect((await server.get(`/api/tasks?since=${since}`)).body.total).toBe(9)
    },
  )

  it('shows nothing since an instant to come', async () => {
    expect((await server.get('/api/tasks?since=2999-01-01T00:00:00Z')).body.total).toBe(0)
  })

  it.each([
    ['limit=-1', 'limit'],
    ['limit=1.5', 'limit'],
    ['limit=many', 'limit'],
    ['limit=1&limit=2', 'limit'],
    ['offset=-1', 'offset'],
    ['offset=1e3', 'offset'],
    ['state=PENDING', 'state'],
    ['state=paused', 'state'],
    ['since=yesterday', 'since'],
    ['since=2024-02-30T00:00:00Z', 'since'],
    ['queue=a&queue=b', 'queue'],
  ])('refuses %s and names the parameter', async (query, name) => {
    const { status, body } = await server.get(`/api/tasks?${query}`)

    expect(status).toBe(400)
    expect(body.error.code).toBe('INVALID_REQUEST')
    expect(body.error.message).toContain(`'${name}'`)
    expect(body.error.details).toEqual({ path: name })
  })
})

describe('one task of turbine', () => {
  it('has its input and its result as they were, large integers included', async () => {
    await using server = await openServer({
      taskFiles: { 'echo.ts': 'export const echo = ({ args, kwargs }) => ({ args, kwargs })' },
    })
    const id = await submitOne(server, {
      name: 'echo',
      args: '[9007199254740993,"é"]' as JsonText,
      kwargs: '{"n":-123456789012345678901234567890}' as JsonText,
    })
    await untilFinal(server.broker, id)

    const { text } = await server.get(`/api/tasks/${id}`)

    expect(text).toContain('"args":[9007199254740993,"é"]')
    expect(text).toContain('"kwargs":{"n":-123456789012345678901234567890}')
  })

  it('has a payload that is no object in args, for kwargs is one', async () => {
    await using server = await openServer()
    const payloads = ['[1,{"a":2}]', '"hello"', 'null', '7', '9007199254740993']
    for (const payload of payloads) {
      const raw = `{"type":"sleep","payload":${payload},"process_at":"2999-01-01T00:00:00Z"}`
      const { body } = await server.call('POST', '/api/v1/tasks', { raw })

      expect((await server.get(`/api/tasks/${body.task_id}`)).text).toContain(
        `"args":[${payload}],"kwargs":{}`,
      )
    }
  })

  it('has the message and the traceback of what it threw, and how often it was retried', async () => {
    await using server = await openServer()
    const id = await submitOne(server, {
      name: 'fail',
      kwargs: toJsonText({ message: 'no such host' }),
      maxRetries: 2,
      backoff: { baseMs: 0, factor: 1, capMs: 0, jitter: 'none' },
    })
    await untilFinal(server.broker, id)

    const { body } = await server.get(`/api/tasks/${id}`)

    expect(body).toMatchObject({
      state: 'failed',
      error: 'no such host',
      retries: 2,
      max_retries: 2,
      result: null,
    })
    expect(body.traceback).toContain('no such host')
    expect(body.duration_ms).toBe(Date.parse(body.finished_at) - Date.parse(body.started_at))
  })

  it('is found with a trailing slash too, and an unknown one is named', async () => {
    await using server = await openServer()
    const id = await submitOne(server, { name: 'sleep' })

    expect((await server.get(`/api/tasks/${id}/`)).body.task_id).toBe(id)
    const missing = await server.get('/api/tasks/abc-123')
    expect(missing.status).toBe(404)
    expect(missing.body.error.message).toContain("'abc-123'")
    expect(missing.body.error.details).toEqual({ task_id: 'abc-123' })
  })
})

describe('the envelope of turbine', () => {
  it('wraps answers and refusals when asked for, and only then', async () => {
    await using server = await openServer()

    expect((await server.get('/api/queues?envelope=true')).body).toEqual({
      status: 'success',
      data: { queues: [] },
      error: null,
    })
    const refused = await server.get('/api/tasks/abc-123?envelope=true')
    expect([refused.status, refused.body]).toEqual([
      404,
      { status: 'error', data: null, error: expect.stringContaining("'abc-123'") },
    ])
    expect((await server.get('/api/metrics?envelope=true')).text).toMatch(/^# HELP/)
    expect((await server.get('/api/queues')).body).toEqual({ queues: [] })
  })
})

describe('revoking a task', () => {
  it('revokes a waiting one at once, also without a body', async () => {
    await using server = await openServer()
    const [first, second] = [
      await submitOne(server, { name: 'sleep', runAt: 4_000_000_000_000 }),
      await submitOne(server, { name: 'sleep', runAt: 4_000_000_000_000 }),
    ]

    const withBody = await server.post(`/api/tasks/${first}/revoke`, { terminate: true })
    const without = await server.post(`/api/tasks/${second}/revoke`)

    expect([withBody.status, withBody.body]).toEqual([
      200,
      { task_id: first, revoked: true, state: 'revoked' },
    ])
    expect([without.status, without.body]).toEqual([
      200,
      { task_id: second, revoked: true, state: 'revoked' },
    ])
  })

  it('stops a running one that will not listen, with terminate', async () => {
    await using server = await openServer({
      taskFiles: {
        'deaf.ts': 'export async function deaf() { await new Promise(() => setInterval(() => {}, 1000)) }',
      },
    })
    const id = await submitOne(server, { name: 'deaf' })
    await untilTask(server.broker, id, ({ startedAt }) => startedAt !== null)

    const answer = await server.post(`/api/tasks/${id}/revoke`, { terminate: true })

    expect(answer.body).toEqual({ task_id: id, revoked: true, state: 'revoked' })
  })

  it('lets a running one end by itself without terminate, and revokes it then', async () => {
    await using server = await openServer({
      taskFiles: {
        'polite.ts': `
          export async function polite(_input, context) {
            await new Promise((resolve) => context.signal.addEventListener('abort', resolve))
            context.progress(0.9, { message: 'tidied up' })
          }`,
      },
    })
    const id = await submitOne(server, { name: 'polite' })
    await untilTask(server.broker, id, ({ startedAt }) => startedAt !== null)

    const answer = await server.post(`/api/tasks/${id}/revoke`, { terminate: false })
    const ended = await untilFinal(server.broker, id)

    expect(answer.body).toEqual({ task_id: id, revoked: true, state: 'running' })
    expect(ended).toMatchObject({ state: 'cancelled', progress: { message: 'tidied up' } })
  })

  it('is refused for one that has ended, naming its state', async () => {
    await using server = await openServer()
    const id = await submitOne(server, { name: 'sleep', kwargs: toJsonText({ ms: 1 }) })
    await untilFinal(server.broker, id)

    const { status, body } = await server.post(`/api/tasks/${id}/revoke`, { terminate: true })

    expect([status, body.error.code]).toEqual([409, 'INVALID_REQUEST'])
    expect(body.error.message).toContain('succeeded')
    expect((await server.broker.getTask(id)).state).toBe('succeeded')
  })

  it('is refused with a body that is none, and nothing happens', async () => {
    await using server = await openServer()
    const id = await submitOne(server, { name: 'sleep', runAt: 4_000_000_000_000 })

    for (const raw of ['{"terminate":1}', '{"terminate":null}', '[]', '"terminate"']) {
      const { status, body } = await server.call('POST', `/api/tasks/${id}/revoke`, { raw })

      expect([raw, status, body.error.code]).toEqual([raw, 400, 'INVALID_REQUEST'])
    }
    expect((await server.broker.getTask(id)).state).toBe('scheduled')
  })
})
