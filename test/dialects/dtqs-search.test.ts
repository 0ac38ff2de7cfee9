import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dtqs } from '../../src/server/dialects/dtqs/serve.ts'
import { toJsonText } from '../../src/shared/domain/json.ts'
import { movableClock } from '../support/movable-clock.ts'
import { untilFinal, untilTask } from '../support/until.ts'
import { ADDED_TO_A_ROW, expectRefusal, FAR_AWAY, idsIn, INSTANT, submitOne } from './dtqs-answers.ts'
import { openServer, serveBroker, type TestServer } from './open-server.ts'

const HOUR_MS = 3_600_000
const AT_ONCE = { baseMs: 0, factor: 1, capMs: 0, jitter: 'none' } as const

describe('searching through dtqs', () => {
  let server: TestServer
  const ids: Record<'payment' | 'refund' | 'urgent' | 'mail', string> = {
    payment: '',
    refund: '',
    urgent: '',
    mail: '',
  }
  let workerId: string

  beforeAll(async () => {
    server = await openServer({ dialects: [dtqs] })
    ids.payment = await submitOne(server, {
      name: 'fail',
      queue: 'payments',
      kwargs: toJsonText({ message: 'payment of 100% _refused_' }),
      maxRetries: 0,
      priority: 8,
    })
    ids.refund = await submitOne(server, {
      name: 'sleep',
      kwargs: toJsonText({ ms: 1, note: 'refund' }),
      priority: 3,
    })
    ids.urgent = await submitOne(server, { name: 'send.mail', runAt: FAR_AWAY, priority: 10 })
    ids.mail = await submitOne(server, { name: 'send.mail', runAt: FAR_AWAY, metadata: { customer: 'Ada' } })
    const ended = await untilFinal(server.broker, ids.payment)
    await untilFinal(server.broker, ids.refund)
    workerId = ended.workerId!
  })
  afterAll(() => server[Symbol.asyncDispose]())

  const found = async (query: string) => idsIn(await server.get(`/api/v1/search/tasks?${query}`))

  it('answers the printed request with the fields of a search', async () => {
    const { status, body } = await server.get(
      '/api/v1/search/tasks?status=FAILED&created_after=2026-01-24&search=payment&limit=50',
    )

    expect(status).toBe(200)
    expect(body).toMatchObject({ total: 1, limit: 50, offset: 0, page: 1, data: body.tasks })
    expect(body.tasks).toEqual([
      {
        task_id: ids.payment,
        task_name: 'fail',
        status: 'FAILED',
        priority: 8,
        queue_name: 'payments',
        worker_id: workerId,
        created_at: expect.stringMatching(INSTANT),
        started_at: expect.stringMatching(INSTANT),
        completed_at: expect.stringMatching(INSTANT),
        retry_count: 0,
        max_retries: 0,
        error_message: 'payment of 100% _refused_',
        ...ADDED_TO_A_ROW,
      },
    ])
  })

  it('finds everything without a filter, newest first, a hundred at most', async () => {
    const { body } = await server.get('/api/v1/search/tasks')

    expect(body).toMatchObject({ total: 4, limit: 100, offset: 0, page: 1 })
    expect(body.tasks.map((task: { task_id: string }) => task.task_id)).toEqual([
      ids.mail,
      ids.urgent,
      ids.refund,
      ids.payment,
    ])
  })

  it('filters by every documented parameter, and by several at once', async () => {
    const before = '2026-01-01T00:00:00Z'
    expect(await found('status=PENDING')).toEqual([ids.mail, ids.urgent])
    expect(await found('priority=3')).toEqual([ids.refund])
    expect(await found('task_name=send.mail')).toEqual([ids.mail, ids.urgent])
    expect(await found('task_name=send')).toEqual([])
    expect(await found(`worker_id=${workerId}`)).toEqual([ids.refund, ids.payment])
    expect(await found('queue_name=payments')).toEqual([ids.payment])
    expect(await found(`created_after=${before}`)).toHaveLength(4)
    expect(await found(`created_before=${before}`)).toEqual([])
    expect(await found('created_before=2999-01-01T00:00:00%2B02:00')).toHaveLength(4)
    expect(await found('created_after=2999-01-01')).toEqual([])
    expect(await found('task_name=send.mail&priority=10')).toEqual([ids.urgent])
    expect(await found('task_name=send.mail&status=FAILED')).toEqual([])
    expect(await found('status=&priority=&task_name=&worker_id=&created_after=&search=')).toHaveLength(4)
  })

  it('finds text in names, input, errors and tags, letter for letter', async () => {
    expect(await found('search=refund')).toEqual([ids.refund])
    expect(await found('search=REFUND')).toEqual([ids.refund])
    expect(await found('search=Ada')).toEqual([ids.mail])
    expect(await found('search=mail')).toEqual([ids.mail, ids.urgent])
    expect(await found(`search=${encodeURIComponent('100% _refused_')}`)).toEqual([ids.payment])
    expect(await found('search=%25')).toEqual([ids.payment])
    expect(await found('search=_')).toEqual([ids.payment])
    expect(await found('search=*')).toEqual([])
    expect(await found("search=';DROP TABLE tasks;--")).toEqual([])
  })

  it('answers a page at a time, and says which', async () => {
    const { body } = await server.get('/api/v1/search/tasks?limit=2&offset=2')

    expect(body).toMatchObject({ total: 4, limit: 2, offset: 2, page: 2 })
    expect(body.tasks).toHaveLength(2)
  })

  it.each([
    ['status=LOST', 'status'],
    ['priority=0', 'priority'],
    ['created_after=yesterday', 'created_after'],
    ['created_before=2026-02-30', 'created_before'],
    [`search=${'x'.repeat(257)}`, 'search'],
    ['search=a&search=b', 'search'],
    ['limit=1001', 'limit'],
    ['limit=0', 'limit'],
    ['offset=-1', 'offset'],
  ])('refuses %s and names the parameter', async (query, name) => {
    const answer = await server.get(`/api/v1/search/tasks?${query}`)

    expectRefusal(answer, 400, 'INVALID_REQUEST')
    expect(answer.body.detail).toContain(`'${name}'`)
  })
})

describe('presets of dtqs', () => {
  it('are the documented three, word for word, and three more', async () => {
    await using server = await openServer({ dialects: [dtqs] })

    const { status, body } = await server.get('/api/v1/search/presets')

    expect(status).toBe(200)
    expect(body.presets.slice(0, 3)).toEqual([
      { name: 'failed_today', description: 'Tasks failed in last 24 hours' },
      { name: 'high_priority_pending', description: 'Priority 8+ PENDING tasks' },
      { name: 'stuck_tasks', description: 'RUNNING for more than 1 hour' },
    ])
    expect(body.presets.slice(3).map(({ name }: { name: string }) => name)).toEqual([
      'recently_completed',
      'never_retried',
      'many_retries',
    ])
  })

  it('find what they say, as of now', async () => {
    await using server = await openServer({ dialects: [dtqs], threads: 3 })
    const clock = movableClock()
    await using later = await serveBroker(server.broker, { dialects: [dtqs], clock })
    const applied = async (name: string) => {
      const { body } = await later.get(`/api/v1/search/presets/${name}`)
      expect(body).toMatchObject({ preset: name, total: body.tasks.length, limit: 100, offset: 0, page: 1 })
      return idsIn({ body })
    }
    const retried = await submitOne(server, { name: 'fail', maxRetries: 3, backoff: AT_ONCE })
    await untilFinal(server.broker, retried)
    const done = await submitOne(server, { name: 'sleep', kwargs: toJsonText({ ms: 1 }) })
    await untilFinal(server.broker, done)
    const running = await submitOne(server, { name: 'sleep', kwargs: toJsonText({ seconds: 600 }) })
    await untilTask(server.broker, running, ({ startedAt }) => startedAt !== null)
    const high = await submitOne(server, { name: 'elsewhere', priority: 8 })
    const highest = await submitOne(server, { name: 'elsewhere', priority: 10, runAt: FAR_AWAY })
    const low = await submitOne(server, { name: 'elsewhere', priority: 7 })

    expect(await applied('failed_today')).toEqual([retried])
    expect(await applied('high_priority_pending')).toEqual([highest, high])
    expect(await applied('stuck_tasks')).toEqual([])
    expect(await applied('recently_completed')).toEqual([done])
    expect(await applied('many_retries')).toEqual([retried])
    expect(await applied('never_retried')).toEqual([low, highest, high, running, done])
    const page = await later.get('/api/v1/search/presets/never_retried?limit=2&offset=2')
    expect(page.body).toMatchObject({ total: 5, limit: 2, offset: 2, page: 2 })
    expect(idsIn(page)).toEqual([high, running])

    clock.advance(HOUR_MS + 1000)
    expect(await applied('stuck_tasks')).toEqual([running])
    expect(await applied('recently_completed')).toEqual([])
    expect(await applied('failed_today')).toEqual([retried])

    clock.advance(23 * HOUR_MS)
    expect(await applied('failed_today')).toEqual([])
  })

  it('are 404 when they are not there, and those there are get named', async () => {
    await using server = await openServer({ dialects: [dtqs] })

    const answer = await server.get('/api/v1/search/presets/nope')

    expectRefusal(answer, 404, 'PRESET_NOT_FOUND')
    expect(answer.body.detail).toContain('failed_today')
    expectRefusal(await server.get('/api/v1/search/presets/failed_today?limit=0'), 400, 'INVALID_REQUEST')
  })
})
