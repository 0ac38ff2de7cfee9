import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dtqs } from '../../src/server/dialects/dtqs/serve.ts'
import { toJsonText } from '../../src/shared/domain/json.ts'
import { untilFinal, untilTask } from '../support/until.ts'
import { ADDED_TO_A_ROW, expectRefusal, FAR_AWAY, idsIn, INSTANT, submitOne } from './dtqs-answers.ts'
import { openServer, type TestServer } from './open-server.ts'

const HOUR_MS = 3_600_000

interface Listed {
  readonly status: string
}

describe('the task list of dtqs', () => {
  let server: TestServer
  /** One task in each state that can be reached, by the domain's word. */
  const ids: Record<string, string> = {}

  beforeAll(async () => {
    server = await openServer({ dialects: [dtqs], threads: 3 })
    const { broker } = server
    const opener = { name: 'sleep', queue: 'held', kwargs: toJsonText({ ms: 1 }), priority: 1 }
    await untilFinal(broker, await submitOne(server, opener))
    await broker.setQueuePaused('held', true)
    const kwargs = toJsonText({ ms: 1 })
    ids['succeeded'] = await submitOne(server, { name: 'sleep', kwargs, priority: 2 })
    ids['failed'] = await submitOne(server, { name: 'fail', queue: 'mail', maxRetries: 0, priority: 8 })
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
    ids['pending'] = await submitOne(server, { name: 'sleep', queue: 'held', priority: 10 })
    ids['scheduled'] = await submitOne(server, { name: 'sleep', runAt: FAR_AWAY })
    ids['cancelled'] = await submitOne(server, { name: 'sleep', queue: 'held' })
    await broker.cancel(ids['cancelled'], { terminate: false })
    ids['paused'] = await submitOne(server, { name: 'sleep', queue: 'held' })
    await broker.pauseTask(ids['paused'])
    ids['running'] = await submitOne(server, { name: 'sleep', kwargs: toJsonText({ seconds: 600 }) })
    for (const state of ['succeeded', 'failed', 'timed_out']) await untilFinal(broker, ids[state]!)
    await untilTask(broker, ids['retrying'], ({ state }) => state === 'retrying')
    await untilTask(broker, ids['running'], ({ startedAt }) => startedAt !== null)
  })
  afterAll(() => server[Symbol.asyncDispose]())

  it.each([
    ['PENDING', ['scheduled', 'pending', 'retrying', 'paused']],
    ['RUNNING', ['running']],
    ['COMPLETED', ['succeeded']],
    ['FAILED', ['failed', 'timed_out']],
    ['CANCELLED', ['cancelled']],
  ])('shows with status=%s exactly the tasks that read so', async (word, states) => {
    const answer = await server.get(`/api/v1/tasks?status=${word}`)
    const known = new Set(Object.values(ids))
    const listed = answer.body.tasks as Listed[]

    expect(new Set(listed.map(({ status }) => status))).toEqual(new Set([word]))
    expect(
      idsIn(answer)
        .filter((id) => known.has(id))
        .toSorted(),
    ).toEqual(states.map((state) => ids[state]!).toSorted())
    expect(answer.body.total).toBe(listed.length)
  })

  it('answers the printed request: one status, one priority, ten at most', async () => {
    const { body } = await server.get('/api/v1/tasks?status=FAILED&priority=8&limit=10')

    expect(body).toEqual({ total: 1, limit: 10, offset: 0, tasks: body.data, data: body.tasks })
    expect(body.tasks).toEqual([
      {
        task_id: ids['failed'],
        task_name: 'fail',
        status: 'FAILED',
        priority: 8,
        queue_name: 'mail',
        worker_id: expect.any(String),
        created_at: expect.stringMatching(INSTANT),
        started_at: expect.stringMatching(INSTANT),
        completed_at: expect.stringMatching(INSTANT),
        retry_count: 0,
        max_retries: 0,
        error_message: expect.any(String),
        ...ADDED_TO_A_ROW,
      },
    ])
  })

  it('shows the newest first, fifty at most, a page at a time, and counts them all', async () => {
    const all = await server.get('/api/v1/tasks')
    const page = await server.get('/api/v1/tasks?limit=2&offset=1')

    expect(all.body).toMatchObject({ limit: 50, offset: 0, total: 10 })
    expect(idsIn(all)[0]).toBe(ids['running'])
    expect(idsIn(page)).toEqual(idsIn(all).slice(1, 3))
    expect(page.body).toMatchObject({ limit: 2, offset: 1, total: 10 })
    expect(idsIn(await server.get('/api/v1/tasks?sort_by=created_at&sort_order=asc'))).toEqual(
      idsIn(all).toReversed(),
    )
  })

  it.each([
    ['priority', (task: Record<string, unknown>) => task['priority']],
    ['status', (task: Record<string, unknown>) => task['status']],
    ['started_at', (task: Record<string, unknown>) => task['started_at']],
    ['completed_at', (task: Record<string, unknown>) => task['completed_at']],
    ['created_at', (task: Record<string, unknown>) => task['created_at']],
  ])('sorts by %s in both directions, with what has none at the end', async (field, valueOf) => {
    for (const order of ['asc', 'desc']) {
      const { body } = await server.get(`/api/v1/tasks?sort_by=${field}&sort_order=${order}`)
      const values = (body.tasks as Record<string, unknown>[]).map(valueOf) as (string | number)[]
      const known = values.filter((value) => value !== null)
      const sorted = known.toSorted((one, other) => (one < other ? -1 : one > other ? 1 : 0))

      expect(known).toEqual(order === 'asc' ? sorted : sorted.toReversed())
      expect(values.slice(known.length).every((value) => value === null)).toBe(true)
      expect([values.length, body.total]).toEqual([10, 10])
    }
  })

  it('pages through a sorted list without a gap or a repeat', async () => {
    const all = await server.get('/api/v1/tasks?sort_by=priority&sort_order=desc')
    const pages = await Promise.all(
      [0, 3, 6, 9].map((offset) =>
        server.get(`/api/v1/tasks?sort_by=priority&sort_order=desc&limit=3&offset=${offset}`),
      ),
    )

    expect(pages.flatMap(idsIn)).toEqual(idsIn(all))
  })

  it('shows the tasks of one queue, and none of a queue that is not there', async () => {
    expect(idsIn(await server.get('/api/v1/tasks?queue_name=mail'))).toEqual([ids['failed']])
    expect((await server.get('/api/v1/tasks?queue_name=nowhere')).body).toMatchObject({ tasks: [], total: 0 })
  })

  it.each([
    ['status=failed', 'status'],
    ['status=scheduled', 'status'],
    ['priority=0', 'priority'],
    ['priority=11', 'priority'],
    ['priority=high', 'priority'],
    ['limit=0', 'limit'],
    ['limit=1001', 'limit'],
    ['limit=-1', 'limit'],
    ['limit=1&limit=2', 'limit'],
    ['offset=-1', 'offset'],
    ['offset=1e3', 'offset'],
    ['sort_by=colour', 'sort_by'],
    ['sort_order=up', 'sort_order'],
    ['queue_name=a&queue_name=b', 'queue_name'],
  ])('refuses %s and names the parameter', async (query, name) => {
    const answer = await server.get(`/api/v1/tasks?${query}`)

    expectRefusal(answer, 400, 'INVALID_REQUEST')
    expect(answer.body.detail).toContain(`'${name}'`)
  })

  it('says in a header when it answers from before, and counts as before', async () => {
    await server.broker.markDegraded({ component: 'database', strategy: 'default_value' })
    const none = await server.get('/api/v1/tasks')
    await server.broker.clearDegradation('database')
    const live = await server.get('/api/v1/tasks')

    expect(none.headers.get('x-answer-origin')).toBe('default; component=database')
    expect(none.body).toMatchObject({ tasks: [], total: 0 })
    expect(live.headers.get('x-answer-origin')).toBeNull()
  })
})
