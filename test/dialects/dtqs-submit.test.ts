import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dtqs } from '../../src/server/dialects/dtqs/serve.ts'
import { untilFinal } from '../support/until.ts'
import { expectRefusal, INSTANT, UUID } from './dtqs-answers.ts'
import { openServer, type TestServer } from './open-server.ts'
import { newGate, steppingTasks } from './stepping-task.ts'

/** The request body that the document prints. */
const PRINTED = {
  task_name: 'process_payment',
  task_args: [1234],
  task_kwargs: { currency: 'USD', amount: 99.99 },
  priority: 8,
  queue_name: 'payments',
  max_retries: 3,
  timeout_seconds: 300,
  scheduled_at: '2026-01-25T14:30:00Z',
}

describe('submitting through dtqs', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await openServer({ dialects: [dtqs], taskFiles: steppingTasks })
  })
  afterAll(() => server[Symbol.asyncDispose]())

  it('takes the printed request and answers 201 with the printed fields', async () => {
    const { status, body } = await server.post('/api/v1/tasks', { ...PRINTED, scheduled_at: undefined })

    expect(status).toBe(201)
    expect(body).toEqual({
      task_id: expect.stringMatching(UUID),
      task_name: 'process_payment',
      status: 'PENDING',
      priority: 8,
      queue_name: 'payments',
      created_at: expect.stringMatching(INSTANT),
    })
    expect(await server.broker.getTask(body.task_id)).toMatchObject({
      name: 'process_payment',
      queue: 'payments',
      args: '[1234]',
      kwargs: '{"currency":"USD","amount":99.99}',
      priority: 8,
      maxRetries: 3,
      timeoutMs: 300_000,
    })
  })

  it('reads PENDING while a task waits for its time, and tells that time', async () => {
    const { status, body } = await server.post('/api/v1/tasks', {
      ...PRINTED,
      scheduled_at: '2999-01-25T14:30:00+02:00',
    })

    expect([status, body.status]).toEqual([201, 'PENDING'])
    expect((await server.broker.getTask(body.task_id)).state).toBe('scheduled')
    expect((await server.get(`/api/v1/tasks/${body.task_id}`)).body).toMatchObject({
      status: 'PENDING',
      scheduled_at: '2999-01-25T12:30:00.000Z',
    })
  })

  it('takes a time that has passed as now', async () => {
    const { body } = await server.post('/api/v1/tasks', { ...PRINTED, scheduled_at: '1999-01-25T14:30:00Z' })

    expect((await server.broker.getTask(body.task_id)).state).toBe('pending')
  })

  it('needs nothing but the name, and takes null as not given', async () => {
    const nothing = Object.fromEntries(Object.keys(PRINTED).map((field) => [field, null]))
    for (const body of [{ task_name: 'elsewhere' }, { ...nothing, task_name: 'elsewhere' }]) {
      const answer = await server.post('/api/v1/tasks', body)

      expect([answer.status, answer.body.priority]).toEqual([201, 5])
      expect(await server.broker.getTask(answer.body.task_id)).toMatchObject({
        queue: 'default',
        args: '[]',
        kwargs: '{}',
        maxRetries: 3,
        timeoutMs: 300_000,
      })
    }
  })

  it('keeps integers of any size, and ignores what it does not know', async () => {
    const { status, body } = await server.call('POST', '/api/v1/tasks', {
      raw: '{"task_name":"elsewhere","task_args":[9007199254740993],"task_kwargs":{"n":-9007199254740995},"colour":1}',
    })

    expect(status).toBe(201)
    const { text } = await server.get(`/api/v1/tasks/${body.task_id}`)
    expect(text).toContain('"task_args":[9007199254740993]')
    expect(text).toContain('"task_kwargs":{"n":-9007199254740995}')
  })

  it.each([
    ['task_name', { task_name: undefined }],
    ['task_name', { task_name: '' }],
    ['task_name', { task_name: 7 }],
    ['task_name', { task_name: 'x'.repeat(257) }],
    ['task_args', { task_args: { 0: 'a' } }],
    ['task_args', { task_args: 'a' }],
    ['task_kwargs', { task_kwargs: ['a'] }],
    ['task_kwargs', { task_kwargs: 1 }],
    ['priority', { priority: 0 }],
    ['priority', { priority: 11 }],
    ['priority', { priority: 5.5 }],
    ['priority', { priority: '8' }],
    ['queue_name', { queue_name: 'two words' }],
    ['queue_name', { queue_name: '' }],
    ['max_retries', { max_retries: -1 }],
    ['max_retries', { max_retries: 1001 }],
    ['timeout_seconds', { timeout_seconds: 0 }],
    ['timeout_seconds', { timeout_seconds: 1.5 }],
    ['timeout_seconds', { timeout_seconds: 2_592_001 }],
    ['scheduled_at', { scheduled_at: 'tomorrow' }],
    ['scheduled_at', { scheduled_at: 1_769_351_400 }],
  ])('refuses a wrong %s (%j), names it and submits nothing', async (field, fields) => {
    const before = await server.broker.countTasks({})

    const answer = await server.post('/api/v1/tasks', { task_name: 'elsewhere', ...fields })

    expectRefusal(answer, 400, 'INVALID_REQUEST')
    expect(answer.body.detail).toContain(`'${field}'`)
    expect(await server.broker.countTasks({})).toBe(before)
  })

  it.each(['', '[]', '"x"', 'null', '9007199254740993', '{"task_name":"x"'])(
    'refuses the body %j',
    async (raw) => {
      expectRefusal(await server.call('POST', '/api/v1/tasks', { raw }), 400, 'INVALID_REQUEST')
    },
  )

  it('waits for the end with async=false, and answers with the whole task', async () => {
    const { status, body } = await server.post('/api/v1/tasks?async=false', {
      task_name: 'sleep',
      task_kwargs: { ms: 20 },
    })

    expect([status, body.status]).toEqual([201, 'COMPLETED'])
    expect(body.completed_at).toMatch(INSTANT)
    expect(body.task_kwargs).toEqual({ ms: 20 })
  })

  it('waits for a failure too, and says what it was', async () => {
    const { status, body } = await server.post('/api/v1/tasks?async=false', {
      task_name: 'fail',
      task_kwargs: { message: 'no such host' },
      max_retries: 0,
    })

    expect([status, body.status, body.error_message]).toEqual([201, 'FAILED', 'no such host'])
  })

  it('does not wait with async=true, nor while nobody is to wait for results', async () => {
    const slow = { task_name: 'elsewhere' }
    expect((await server.post('/api/v1/tasks?async=true', slow)).body.status).toBe('PENDING')
    expect((await server.post('/api/v1/tasks?async=', slow)).body.status).toBe('PENDING')
    await server.broker.markDegraded({ component: 'events', strategy: 'async_fallback' })

    const { status, body } = await server.post('/api/v1/tasks?async=false', slow)

    await server.broker.clearDegradation('events')
    expect([status, body.status]).toEqual([201, 'PENDING'])
  })

  it('leaves a task alone whose client hangs up while it waits', async () => {
    const gate = newGate()
    const leaving = new AbortController()
    const answer = fetch(`${server.url}/api/v1/tasks?async=false`, {
      method: 'POST',
      signal: leaving.signal,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ task_name: 'steps', queue_name: 'left', task_kwargs: { gate: gate.path } }),
    })
    const events = server.broker.subscribe({ after: 0, filter: { types: ['task.started'], queue: 'left' } })
    const { value } = await events[Symbol.asyncIterator]().next()
    events.close()
    leaving.abort()

    await expect(answer).rejects.toThrow('aborted')
    await gate.open()
    expect((await untilFinal(server.broker, value.events[0].taskId)).state).toBe('succeeded')
  })

  it('refuses another word for async', async () => {
    expectRefusal(await server.post('/api/v1/tasks?async=maybe', PRINTED), 400, 'INVALID_REQUEST')
  })

  it('answers the first task again for the same Idempotency-Key', async () => {
    const once = { json: { task_name: 'elsewhere' }, headers: { 'idempotency-key': 'order-17' } }

    const first = await server.call('POST', '/api/v1/tasks', once)
    const again = await server.call('POST', '/api/v1/tasks', once)

    expect([again.status, again.body]).toEqual([201, first.body])
    const tooLong = { ...once, headers: { 'idempotency-key': 'x'.repeat(201) } }
    expectRefusal(await server.call('POST', '/api/v1/tasks', tooLong), 400, 'INVALID_REQUEST')
  })
})
