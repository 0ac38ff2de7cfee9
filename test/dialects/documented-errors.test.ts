import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BrokerError } from '../../src/shared/domain/errors.ts'
import { failingBroker } from './failing-broker.ts'
import { type Answer, type CallOptions, openServer, serveBroker, type TestServer } from './open-server.ts'
import { nameOf, operationsOf } from './operations.ts'

type Request = readonly [path: string, options?: CallOptions]

/** A request that provokes each documented refusal, by operation and code. */
const PROVOCATIONS: Readonly<Record<string, Request>> = {
  'GET /api/workers INVALID_REQUEST': ['/api/workers?status=asleep'],
  'GET /api/workers/:id WORKER_NOT_FOUND': ['/api/workers/nobody'],
  'GET /api/queues/:name QUEUE_NOT_FOUND': ['/api/queues/nowhere'],
  'GET /api/queues/:name/stats INVALID_REQUEST': ['/api/queues/default/stats?period=1y'],
  'GET /api/queues/:name/stats QUEUE_NOT_FOUND': ['/api/queues/nowhere/stats'],
  'POST /api/queues/:name/purge QUEUE_NOT_FOUND': ['/api/queues/nowhere/purge'],
  'GET /api/tasks INVALID_REQUEST': ['/api/tasks?state=lost'],
  'GET /api/tasks/:id TASK_NOT_FOUND': ['/api/tasks/abc-123'],
  'POST /api/tasks/:id/revoke INVALID_REQUEST': ['/api/tasks/abc-123/revoke', { json: { terminate: 'yes' } }],
  'POST /api/tasks/:id/revoke TASK_NOT_FOUND': ['/api/tasks/abc-123/revoke', { json: { terminate: true } }],
  'GET /api/dlq/:queue QUEUE_NOT_FOUND': ['/api/dlq/nowhere'],
  'POST /api/dlq/:queue/reprocess INVALID_REQUEST': [
    '/api/dlq/default/reprocess',
    { json: { task_ids: 'all' } },
  ],
  'POST /api/dlq/:queue/reprocess TASK_NOT_FOUND': [
    '/api/dlq/default/reprocess',
    { json: { task_ids: ['abc-123'] } },
  ],
  'POST /api/dlq/:queue/reprocess QUEUE_NOT_FOUND': ['/api/dlq/nowhere/reprocess', { json: { all: true } }],
  'POST /api/dlq/:queue/purge QUEUE_NOT_FOUND': ['/api/dlq/nowhere/purge'],

  'POST /api/v1/tasks INVALID_REQUEST': ['/api/v1/tasks', { json: { payload: {} } }],
  'POST /api/v1/tasks INVALID_TASK_TYPE': ['/api/v1/tasks', { json: { type: 'nobody-knows', payload: {} } }],
  'POST /api/v1/tasks INVALID_PAYLOAD': ['/api/v1/tasks', { json: { type: 'demo' } }],
  'POST /api/v1/tasks INVALID_TIMEOUT': [
    '/api/v1/tasks',
    { json: { type: 'demo', payload: {}, timeout: 'soon' } },
  ],
  'POST /api/v1/tasks INVALID_PROCESS_AT': [
    '/api/v1/tasks',
    { json: { type: 'demo', payload: {}, process_at: 'tomorrow' } },
  ],
  'POST /api/v1/tasks INVALID_UNIQUE': [
    '/api/v1/tasks',
    { json: { type: 'demo', payload: {}, unique: '-1h' } },
  ],
  'GET /api/v1/tasks/:id TASK_NOT_FOUND': ['/api/v1/tasks/abc-123'],
  'GET /api/v1/tasks/:id/progress PROGRESS_NOT_FOUND': ['/api/v1/tasks/abc-123/progress'],
}

/** Codes of failures inside: they are provoked by a broker that fails, on any request of the operation. */
const INNER_CODES = [
  'INTERNAL_ERROR',
  'CANCEL_FAILED',
  'DELETE_FAILED',
  'PROGRESS_FETCH_ERROR',
  'STATS_FAILED',
]

/** Bodies without which a request would be refused before the broker is asked. */
const BODIES: Readonly<Record<string, unknown>> = {
  'POST /api/dlq/:queue/reprocess': { all: true },
  'POST /api/v1/tasks': { type: 'demo', payload: {} },
}

function expectShape(document: string, answer: Answer, code: string): void {
  if (document === 'turbine')
    expect(answer.body).toEqual({
      error: { code, message: expect.stringMatching(/\w/), details: expect.any(Object) },
    })
  else expect(answer.body).toEqual({ error: expect.stringMatching(/\w/), code, details: expect.any(Object) })
}

describe.each(['turbine', 'asynq'])('every documented error of %s', (document) => {
  let server: TestServer
  let broken: TestServer
  let unavailable: TestServer

  beforeAll(async () => {
    server = await openServer()
    await server.broker.submit([{ name: 'sleep' }])
    broken = await serveBroker(failingBroker(server.broker, new Error('secret detail of a bug')))
    unavailable = await serveBroker(
      failingBroker(
        server.broker,
        new BrokerError('SERVICE_UNAVAILABLE', 'The store cannot be read.', { component: 'store' }),
      ),
    )
  })
  afterAll(async () => {
    await broken[Symbol.asyncDispose]()
    await unavailable[Symbol.asyncDispose]()
    await server[Symbol.asyncDispose]()
  })

  const cases = operationsOf(document).flatMap((operation) =>
    operation.errors.flatMap(({ status, code, source }) =>
      source === 'doc' && code !== null ? [[nameOf(operation), status, code] as const] : [],
    ),
  )

  it.each(cases)('%s answers %i %s in the documented shape', async (name, status, code) => {
    const [method, path] = name.split(' ') as [string, string]
    const anyRequest: Request = [
      path.replaceAll(/:\w+/g, 'abc-123'),
      name in BODIES ? { json: BODIES[name] } : {},
    ]

    const answer = INNER_CODES.includes(code)
      ? await broken.call(method, ...anyRequest)
      : code === 'SERVICE_UNAVAILABLE'
        ? await unavailable.call(method, ...anyRequest)
        : await server.call(method, ...PROVOCATIONS[`${name} ${code}`]!)

    expect(answer.status).toBe(status)
    expectShape(document, answer, code)
    expect(answer.text).not.toContain('secret')
  })
})

describe('the readiness of asynq', () => {
  it('is 503 with its own body when the store does not work', async () => {
    await using server = await openServer({
      around: (broker) => ({
        ...broker,
        health: async () => ({
          status: 'unhealthy',
          startedAt: 0,
          components: [{ name: 'store', isHealthy: false, detail: 'disk full' }],
        }),
      }),
    })

    const ready = await server.get('/ready')
    const health = await server.get('/health')
    const turbineHealth = await server.get('/api/health')
    const live = await server.get('/live')

    expect([ready.status, ready.body]).toEqual([503, { status: 'not ready', reason: 'store unavailable' }])
    expect([health.status, health.body]).toEqual([
      503,
      {
        status: 'unhealthy',
        timestamp: expect.any(String),
        services: { redis: 'unhealthy', store: 'unhealthy' },
      },
    ])
    expect([turbineHealth.status, turbineHealth.body.error.code]).toEqual([503, 'SERVICE_UNAVAILABLE'])
    expect([live.status, live.body]).toEqual([200, { status: 'alive' }])
  })
})
