import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dtqs } from '../../src/server/dialects/dtqs/serve.ts'
import { expectRefusal, idsIn, INSTANT } from './dtqs-answers.ts'
import { openServer, serveBroker, type TestServer, VERSION } from './open-server.ts'

const MARK = '/api/v1/resilience/degradation/mark'
const CLEAR = '/api/v1/resilience/degradation/clear'

describe('resilience of dtqs', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await openServer({ dialects: [dtqs] })
  })
  afterAll(() => server[Symbol.asyncDispose]())

  const clear = async (service: string) => (await server.post(CLEAR, { service_name: service })).body

  it('takes the printed mark, counts it in the printed summary, and is whole again when it is cleared', async () => {
    const marked = await server.post(MARK, {
      service_name: 'database',
      strategy: 'return_cached',
      duration_seconds: 300,
    })
    expect([marked.status, marked.body]).toEqual([
      200,
      {
        service: 'database',
        strategy: 'return_cached',
        duration_seconds: 300,
        status: 'degraded',
        degraded_until: expect.stringMatching(INSTANT),
        fallback_queue: null,
        max_tasks_per_second: null,
      },
    ])
    const summary = await server.get('/api/v1/resilience/summary')
    expect([summary.status, summary.body]).toEqual([
      200,
      {
        system_health: { components_total: 5, healthy: 4, unhealthy: 1 },
        degradation: { degraded_services_count: 1, services: ['database'] },
        resilience_score: 80,
      },
    ])
    const status = await server.get('/api/v1/resilience/degradation/status')
    expect(status.body.services).toEqual([
      {
        service: 'database',
        status: 'degraded',
        detail: null,
        strategy: 'return_cached',
        degraded_since: expect.stringMatching(INSTANT),
        degraded_until: marked.body.degraded_until,
        fallback_queue: null,
        max_tasks_per_second: null,
        seconds_left: expect.any(Number),
      },
      ...['workers', 'scheduler', 'events', 'remote_connections'].map((service) => ({
        service,
        status: 'healthy',
        detail: null,
        strategy: null,
        degraded_since: null,
        degraded_until: null,
        fallback_queue: null,
        max_tasks_per_second: null,
        seconds_left: null,
      })),
    ])
    expect(status.body.services[0].seconds_left).toBeGreaterThan(290)
    expect(status.body.services[0].seconds_left).toBeLessThanOrEqual(300)
    expect((await server.get('/api/v1/health')).body).toMatchObject({
      status: 'degraded',
      checks: { database: 'degraded', redis: 'degraded', workers: 'healthy' },
    })

    expect(await clear('database')).toEqual({ service: 'database', cleared: true })
    expect(await clear('database')).toEqual({ service: 'database', cleared: false })
    expect((await server.get('/api/v1/resilience/summary')).body.resilience_score).toBe(100)
  })

  it('marks for 300 seconds when no time is given', async () => {
    const { body } = await server.post(MARK, { service_name: 'events', strategy: 'skip_enrichment' })
    await clear('events')

    expect(body.duration_seconds).toBe(300)
  })

  it('answers lists from before with return_cached, and says since when', async () => {
    await server.post(MARK, { service_name: 'database', strategy: 'return_cached' })
    const first = await server.get('/api/v1/tasks?queue_name=cached')
    await server.post('/api/v1/tasks', { task_name: 'elsewhere', queue_name: 'cached' })

    const second = await server.get('/api/v1/tasks?queue_name=cached')
    await clear('database')
    const third = await server.get('/api/v1/tasks?queue_name=cached')

    expect(first.headers.get('x-answer-origin')).toBeNull()
    expect(second.headers.get('x-answer-origin')).toMatch(/^cached; component=database; at=\d{4}-.*Z$/)
    expect(second.body).toEqual(first.body)
    expect(third.body.total).toBe(1)
    expect(idsIn(third)).toHaveLength(1)
  })

  it('answers no workers with default_value on workers', async () => {
    await server.post(MARK, { service_name: 'workers', strategy: 'default_value' })
    const { headers, body } = await server.get('/api/v1/dashboard/workers')
    await clear('workers')

    expect([headers.get('x-answer-origin'), body.workers]).toEqual(['default; component=workers', []])
    expect((await server.get('/api/v1/dashboard/workers')).body.workers).toHaveLength(1)
  })

  it('takes submits to the fallback queue with queue_to_fallback', async () => {
    const marked = await server.post(MARK, {
      service_name: 'workers',
      strategy: 'queue_to_fallback',
      fallback_queue: 'shelter',
    })
    const { body } = await server.post('/api/v1/tasks', { task_name: 'elsewhere', queue_name: 'busy' })
    await clear('workers')

    expect(marked.body.fallback_queue).toBe('shelter')
    expect(body.queue_name).toBe('shelter')
  })

  it('says how slow it claims with reduce_throughput', async () => {
    const { body } = await server.post(MARK, { service_name: 'scheduler', strategy: 'reduce_throughput' })
    await clear('scheduler')

    expect(body.max_tasks_per_second).toBe(1)
  })

  it.each([
    ['service_name', { strategy: 'return_cached' }],
    ['service_name', { service_name: 'redis', strategy: 'return_cached' }],
    ['strategy', { service_name: 'database' }],
    ['strategy', { service_name: 'database', strategy: 'pray' }],
    ['duration_seconds', { service_name: 'database', strategy: 'return_cached', duration_seconds: 0 }],
    ['duration_seconds', { service_name: 'database', strategy: 'return_cached', duration_seconds: 86_401 }],
    ['duration_seconds', { service_name: 'database', strategy: 'return_cached', duration_seconds: '300' }],
    ['fallback_queue', { service_name: 'database', strategy: 'queue_to_fallback', fallback_queue: 'a b' }],
  ])('refuses a mark with a wrong %s (%j), and marks nothing', async (field, body) => {
    const answer = await server.post(MARK, body)

    expectRefusal(answer, 400, 'INVALID_REQUEST')
    expect(answer.body.detail).toContain(`'${field}'`)
    expect(await server.broker.degradations()).toEqual([])
  })

  it('refuses to clear what it does not know', async () => {
    expectRefusal(await server.post(CLEAR, { service_name: 'redis' }), 400, 'INVALID_REQUEST')
    expectRefusal(await server.post(CLEAR), 400, 'INVALID_REQUEST')
  })
})

describe('health of dtqs', () => {
  it('is healthy in the printed shape, and checks more', async () => {
    await using server = await openServer({ dialects: [dtqs] })

    const { status, body } = await server.get('/api/v1/health')

    expect([status, body]).toEqual([
      200,
      {
        status: 'healthy',
        version: VERSION,
        checks: {
          database: 'healthy',
          redis: 'healthy',
          workers: 'healthy',
          scheduler: 'healthy',
          events: 'healthy',
          remote_connections: 'healthy',
        },
      },
    ])
  })

  it('is degraded while no worker takes tasks, and 503 when the store does not work', async () => {
    await using server = await openServer({ dialects: [dtqs] })
    const [worker] = await server.broker.listWorkers()
    await server.broker.setWorkerPaused(worker!.id, true)

    const paused = await server.get('/api/v1/health')
    expect([paused.status, paused.body.status, paused.body.checks.workers]).toEqual([
      200,
      'degraded',
      'unhealthy',
    ])

    await using broken = await serveBroker(
      {
        ...server.broker,
        resilience: async () => ({
          at: 0,
          score: 0,
          components: [{ name: 'database', isHealthy: false, detail: 'disk full', degradation: null }],
        }),
      },
      { dialects: [dtqs] },
    )
    const { status, body } = await broken.get('/api/v1/health')
    expect([status, body.status, body.checks]).toEqual([
      503,
      'unhealthy',
      { database: 'unhealthy', redis: 'unhealthy' },
    ])
  })
})
