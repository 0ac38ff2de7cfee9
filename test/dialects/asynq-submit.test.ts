import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { movableClock } from '../support/movable-clock.ts'
import { untilFinal } from '../support/until.ts'
import { serveBroker, openServer, type TestServer } from './open-server.ts'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/

describe('creating a task through asynq', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await openServer()
    // Nothing runs here: a task stays as it was submitted.
    await server.broker.submit([{ name: 'sleep', queue: 'default' }])
    await server.broker.setQueuePaused('default', true)
  })
  afterAll(() => server[Symbol.asyncDispose]())

  const submit = (fields: object) => server.post('/api/v1/tasks', { type: 'demo', payload: {}, ...fields })
  const submitted = async (fields: object) => {
    const { status, body } = await submit(fields)
    expect([status, body.code]).toEqual([201, undefined])
    return server.broker.getTask(body.task_id)
  }

  it('answers 201 with the id, the queue and the status, as the document shows', async () => {
    const answer = await server.post('/api/v1/tasks', {
      type: 'demo',
      payload: { message: 'Hello', count: 5 },
      queue: 'default',
      max_retries: 3,
      timeout: '30s',
      process_at: '2024-01-15T10:00:00Z',
      unique: '1h',
      metadata: { user_id: '123' },
    })

    expect(answer.status).toBe(201)
    expect(answer.body).toEqual({ task_id: expect.stringMatching(UUID), queue: 'default', status: 'pending' })
    expect(await server.broker.getTask(answer.body.task_id)).toMatchObject({
      name: 'demo',
      kwargs: '{"message":"Hello","count":5}',
      maxRetries: 3,
      timeoutMs: 30_000,
      metadata: { user_id: '123' },
    })
  })

  it('takes the defaults of the dialect for what is left out, null or empty', async () => {
    for (const fields of [
      {},
      { queue: null, max_retries: null, timeout: null, process_at: null, unique: null, metadata: null },
      { queue: '', timeout: '', process_at: '', unique: '' },
    ])
      expect(await submitted(fields)).toMatchObject({
        queue: 'default',
        maxRetries: 3,
        timeoutMs: 30 * 60_000,
        uniqueKey: null,
        state: 'pending',
        metadata: {},
      })
  })

  it.each([
    ['300ms', 300],
    ['1.5h', 5_400_000],
    ['2h45m', 9_900_000],
    ['5m', 300_000],
  ])('reads a timeout of %s as Go does', async (timeout, timeoutMs) => {
    expect((await submitted({ timeout })).timeoutMs).toBe(timeoutMs)
  })

  it('schedules for process_at, and runs at once what lies in the past', async () => {
    const at = '2999-01-15T10:00:00+02:00'

    const later = await submit({ process_at: at })

    expect(later.body.status).toBe('scheduled')
    expect((await server.broker.getTask(later.body.task_id)).runAt).toBe(Date.parse(at))
    expect((await submit({ process_at: '1999-01-15T10:00:00Z' })).body.status).toBe('pending')
    expect((await submit({ process_at: '1969-12-31T23:59:59Z' })).body.status).toBe('pending')
  })

  it.each(['{"a":[1,{"b":null}]}', '"text"', '17', 'null', '[]', 'true', '{"n":9007199254740993,"m":-1e2}'])(
    'keeps the payload %s as it is',
    async (payload) => {
      const answer = await server.call('POST', '/api/v1/tasks', {
        raw: `{"type":"demo","payload":${payload}}`,
      })

      expect(answer.status).toBe(201)
      const { kwargs } = await server.broker.getTask(answer.body.task_id)
      expect(kwargs).toBe(payload.replace('-1e2', '-100'))
    },
  )

  it('ignores fields it does not know, and keys that mean something to JavaScript', async () => {
    const raw =
      '{"type":"demo","payload":{"__proto__":{"a":1},"constructor":{"prototype":{"b":1}}},' +
      '"metadata":{"constructor":"x"},"color":"red","__proto__":{"type":"fail"}}'

    const answer = await server.call('POST', '/api/v1/tasks', { raw })

    expect(answer.status).toBe(201)
    const task = await server.broker.getTask(answer.body.task_id)
    expect(task).toMatchObject({ name: 'demo', metadata: { constructor: 'x' } })
    expect(task.kwargs).toBe('{"__proto__":{"a":1},"constructor":{"prototype":{"b":1}}}')
    expect(({} as Record<string, unknown>)['a']).toBeUndefined()
  })

  it.each([
    ['type', { type: 7 }, 'INVALID_REQUEST'],
    ['type', { type: '' }, 'INVALID_REQUEST'],
    ['type', { type: 'x'.repeat(257) }, 'INVALID_REQUEST'],
    ['queue', { queue: 'a b' }, 'INVALID_REQUEST'],
    ['queue', { queue: 1 }, 'INVALID_REQUEST'],
    ['max_retries', { max_retries: -1 }, 'INVALID_REQUEST'],
    ['max_retries', { max_retries: 1.5 }, 'INVALID_REQUEST'],
    ['max_retries', { max_retries: '3' }, 'INVALID_REQUEST'],
    ['max_retries', { max_retries: 1001 }, 'INVALID_REQUEST'],
    ['metadata', { metadata: 'x' }, 'INVALID_REQUEST'],
    ['metadata.a', { metadata: { a: { b: 1 } } }, 'INVALID_REQUEST'],
    ['timeout', { timeout: '30' }, 'INVALID_TIMEOUT'],
    ['timeout', { timeout: 30 }, 'INVALID_TIMEOUT'],
    ['timeout', { timeout: '-30s' }, 'INVALID_TIMEOUT'],
    ['timeout', { timeout: '0s' }, 'INVALID_TIMEOUT'],
    ['timeout', { timeout: '9000h' }, 'INVALID_TIMEOUT'],
    ['process_at', { process_at: 1_700_000_000 }, 'INVALID_PROCESS_AT'],
    ['process_at', { process_at: '2024-13-01T00:00:00Z' }, 'INVALID_PROCESS_AT'],
    ['unique', { unique: '1 hour' }, 'INVALID_UNIQUE'],
    ['unique', { unique: '0' }, 'INVALID_UNIQUE'],
  ])('refuses a wrong %s (%j) as %s, and names it', async (field, fields, code) => {
    const before = await server.broker.countTasks({})

    const { status, body } = await submit(fields)

    expect([status, body.code]).toEqual([400, code])
    expect(body.error).toContain(`'${field}'`)
    expect(await server.broker.countTasks({})).toBe(before)
  })

  it('refuses a type that nobody knows, and says which ones are known', async () => {
    const { status, body } = await submit({ type: 'demmo' })

    expect([status, body.code]).toEqual([400, 'INVALID_TASK_TYPE'])
    expect(body.details).toEqual({ name: 'demmo', known: ['demo', 'fail', 'sleep'] })
  })

  it.each(['', '[]', '"demo"', 'null', '{"type":"demo",'])('refuses the body %j', async (raw) => {
    const { status, body } = await server.call('POST', '/api/v1/tasks', { raw })

    expect([status, body.code]).toEqual([400, 'INVALID_REQUEST'])
  })

  it('refuses the same queue, type and payload while the first one is unique, and names that one', async () => {
    const first = await submit({ payload: { a: 1, b: 2 }, unique: '1h' })
    const raw = '{"type":"demo","unique":"1s","payload":{"b":2,"a":1}}'
    const second = await server.call('POST', '/api/v1/tasks', { raw })

    expect([second.status, second.body.code]).toEqual([409, 'DUPLICATE_TASK'])
    expect(second.body.details.existing_task_id).toBe(first.body.task_id)
    expect((await submit({ payload: { a: 1, b: 3 }, unique: '1h' })).status).toBe(201)
    expect((await submit({ payload: { a: 1, b: 2 }, unique: '1h', queue: 'other' })).status).toBe(201)
    expect((await submit({ payload: { a: 1, b: 2 }, unique: '1h', type: 'sleep' })).status).toBe(201)
    expect((await submit({ payload: { a: 1, b: 2 } })).status).toBe(201)
  })

  it('answers the first task again for the same Idempotency-Key', async () => {
    const once = { json: { type: 'demo', payload: {} }, headers: { 'idempotency-key': 'order-17' } }

    const first = await server.call('POST', '/api/v1/tasks', once)
    const again = await server.call('POST', '/api/v1/tasks', once)
    const tooLong = await server.call('POST', '/api/v1/tasks', {
      ...once,
      headers: { 'idempotency-key': 'x'.repeat(201) },
    })

    expect([again.status, again.body]).toEqual([201, first.body])
    expect([tooLong.status, tooLong.body.code]).toEqual([400, 'INVALID_REQUEST'])
  })
})

describe('what a submit to asynq asks for', () => {
  it('stops the attempt after its timeout', async () => {
    await using server = await openServer()
    const { body } = await server.post('/api/v1/tasks', {
      type: 'sleep',
      payload: { seconds: 600 },
      timeout: '0.2s',
      max_retries: 0,
    })

    await untilFinal(server.broker, body.task_id)

    expect((await server.get(`/api/v1/tasks/${body.task_id}`)).body).toMatchObject({
      state: 'archived',
      last_err: expect.stringMatching(/\w/),
    })
  })

  it('keeps others away for the whole of unique, also when the first has ended, and no longer', async () => {
    const clock = movableClock()
    await using server = await openServer({ clock })
    const submit = () => server.post('/api/v1/tasks', { type: 'sleep', payload: { ms: 1 }, unique: '1h30m' })
    const first = await submit()
    await untilFinal(server.broker, first.body.task_id)

    expect((await submit()).status).toBe(409)
    clock.advance(89 * 60_000)
    expect((await submit()).body.details).toMatchObject({ existing_task_id: first.body.task_id })
    clock.advance(2 * 60_000)
    expect((await submit()).status).toBe(201)
  })

  it('runs at process_at, and not before', async () => {
    await using server = await openServer()
    const submit = async (at: string) =>
      (await server.post('/api/v1/tasks', { type: 'sleep', payload: { ms: 1 }, process_at: at })).body
    const far = '2999-01-15T10:00:00.000Z'
    const later = await submit(far)
    const at = Date.now() + 700
    const soon = await submit(new Date(at).toISOString())

    expect(later.status).toBe('scheduled')
    expect((await server.get(`/api/v1/tasks/${later.task_id}`)).body.next_process_at).toBe(far)
    const task = await untilFinal(server.broker, soon.task_id)
    expect(task.state).toBe('succeeded')
    expect(task.startedAt).toBeGreaterThanOrEqual(at)
  })
})

describe("a handler's own settings", () => {
  it('come before the defaults of the dialect, and after what the request says', async () => {
    await using server = await openServer({
      taskFiles: {
        'slow.ts': `
          import { defineTask } from 'penstock/tasks'
          export const slow = defineTask({ timeoutMs: 90_000, maxRetries: 7, run() {} })`,
      },
    })

    const plain = await server.post('/api/v1/tasks', { type: 'slow', payload: {} })
    const asked = await server.post('/api/v1/tasks', {
      type: 'slow',
      payload: {},
      timeout: '1s',
      max_retries: 0,
    })

    expect(await server.broker.getTask(plain.body.task_id)).toMatchObject({
      timeoutMs: 90_000,
      maxRetries: 7,
    })
    expect(await server.broker.getTask(asked.body.task_id)).toMatchObject({ timeoutMs: 1000, maxRetries: 0 })
  })
})

describe("a handler's check of its input", () => {
  let server: TestServer
  beforeAll(async () => {
    server = await openServer({
      taskFiles: {
        'checked.ts': `
          import { defineTask } from 'penstock/tasks'
          const width = (input) => {
            if (typeof input.kwargs.width !== 'number') throw new Error('width must be a number')
            return input
          }
          const issues = [{ path: ['kwargs', 'width'], message: 'expected a number' }]
          const schema = { parse() { throw Object.assign(new Error('[…]'), { issues }) } }
          export const resize = defineTask({ input: { parse: width }, run: ({ kwargs }) => kwargs.width })
          export const issued = defineTask({ input: schema, run() {} })
          export const endless = defineTask({ input: { parse() { for (;;); } }, run() {} })
          export const deadly = defineTask({ input: { parse() { process.exit(1) } }, run() {} })`,
      },
    })
  })
  afterAll(() => server[Symbol.asyncDispose]())
  const submitTo = (type: string, payload: unknown) => server.post('/api/v1/tasks', { type, payload })

  it('refuses a payload that would not be taken, says why, and nothing is submitted', async () => {
    const before = await server.broker.countTasks({})

    const { status, body } = await submitTo('resize', { width: 'wide' })

    expect(status).toBe(400)
    expect(body).toEqual({
      code: 'INVALID_PAYLOAD',
      error: expect.stringMatching(/'resize'.*width must be a number/),
      details: { path: 'payload' },
    })
    expect(await server.broker.countTasks({})).toBe(before)
  })

  it('names the field where the schema does', async () => {
    expect((await submitTo('issued', {})).body.error).toMatch(/: kwargs\.width: expected a number$/)
  })

  it('lets through what would be taken, also many at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 250 }, (_, width) =>
        submitTo('resize', { width: width % 2 === 0 ? width : null }),
      ),
    )

    expect(answers.map(({ status }) => status)).toEqual(
      answers.map((_, index) => (index % 2 === 0 ? 201 : 400)),
    )
  })

  it.each(['endless', 'deadly'])(
    'that never says (%s) holds up nobody, and the attempt checks',
    async (type) => {
      const [stuck, other] = await Promise.all([submitTo(type, {}), submitTo('sleep', { ms: 1 })])

      expect([stuck.status, other.status]).toEqual([201, 201])
      await server.post(`/api/v1/tasks/${stuck.body.task_id}/cancel`)
      await untilFinal(server.broker, other.body.task_id)
      // Whatever the check broke is there again.
      await expect
        .poll(async () => (await submitTo('resize', { width: 'x' })).status, { timeout: 20_000 })
        .toBe(400)
    },
  )
})

describe('a submit right after the start', () => {
  it('waits for the handlers instead of calling the type unknown', async () => {
    await using fixture = await openServer({ waitUntilReady: false })

    const { status } = await fixture.post('/api/v1/tasks', { type: 'demo', payload: {} })

    expect(status).toBe(201)
  })

  it('is told to come again when nothing that runs tasks ever starts', async () => {
    await using fixture = await openServer()
    await using server = await serveBroker({
      ...fixture.broker,
      handlers: async () => ({ handlers: [], problems: [], external: [] }),
      subscribe: () => ({ close() {}, async *[Symbol.asyncIterator]() {} }),
    })

    const { status, body } = await server.post('/api/v1/tasks', { type: 'demo', payload: {} })

    expect([status, body.code]).toEqual([503, 'SERVICE_UNAVAILABLE'])
  })
})
