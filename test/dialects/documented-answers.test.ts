import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asynq } from '../../src/server/dialects/asynq/serve.ts'
import { turbine } from '../../src/server/dialects/turbine/serve.ts'
import { buildWorld, documentedTasks, type DocumentedWorld } from './documented-world.ts'
import { type CallOptions, openServer, type TestServer } from './open-server.ts'
import { misfits, nameOf, operationsOf } from './operations.ts'
import { readEvents } from './read-events.ts'

type Request = readonly [path: string, options?: CallOptions]

/** A request for every operation, made in the documents' world. Deleting and purging come last. */
const REQUESTS: Readonly<Record<string, (world: DocumentedWorld) => Request>> = {
  'GET /api/health': () => ['/api/health'],
  'GET /api/overview': () => ['/api/overview'],
  'GET /api/workers': () => ['/api/workers?status=active'],
  'GET /api/workers/:id': ({ workerId }) => [`/api/workers/${workerId}`],
  'GET /api/queues': () => ['/api/queues'],
  'GET /api/queues/:name': () => ['/api/queues/emails'],
  'GET /api/queues/:name/stats': () => ['/api/queues/emails/stats?period=24h'],
  'GET /api/tasks': () => [
    '/api/tasks?limit=100&offset=0&state=success&queue=emails&since=2024-01-09T12:00:00Z',
  ],
  'GET /api/tasks/:id': ({ succeeded }) => [`/api/tasks/${succeeded}`],
  'GET /api/dlq/:queue': () => ['/api/dlq/emails?limit=100&offset=0'],
  'POST /api/dlq/:queue/reprocess': ({ deadLetter }) => [
    '/api/dlq/emails/reprocess',
    { json: { task_ids: [deadLetter], all: false } },
  ],
  'POST /api/dlq/:queue/purge': () => ['/api/dlq/emails/purge'],
  'POST /api/queues/:name/purge': () => ['/api/queues/held/purge'],
  'GET /api/metrics': () => ['/api/metrics'],
  'POST /api/tasks/:id/revoke': ({ running }) => [
    `/api/tasks/${running}/revoke`,
    { json: { terminate: true } },
  ],

  'POST /api/v1/tasks': () => [
    '/api/v1/tasks',
    {
      json: {
        type: 'demo',
        payload: { message: 'Hello', count: 5 },
        queue: 'default',
        max_retries: 3,
        timeout: '30s',
        process_at: '2024-01-15T10:00:00Z',
        unique: '1h',
        metadata: { user_id: '123' },
      },
    },
  ],
  'GET /api/v1/tasks/:id': ({ running }) => [`/api/v1/tasks/${running}?queue=default`],
  'GET /api/v1/tasks/:id/progress': ({ running }) => [`/api/v1/tasks/${running}/progress`],
  'GET /api/v1/tasks/:id/progress/history': ({ running }) => [
    `/api/v1/tasks/${running}/progress/history?start_id=-`,
  ],
  'GET /api/v1/tasks/:id/progress/info': ({ running }) => [`/api/v1/tasks/${running}/progress/info`],
  'GET /api/v1/queues/stats': () => ['/api/v1/queues/stats'],
  'GET /health': () => ['/health'],
  'GET /ready': () => ['/ready'],
  'GET /live': () => ['/live'],
  'POST /api/v1/tasks/:id/cancel': ({ waiting }) => [`/api/v1/tasks/${waiting}/cancel`],
  'DELETE /api/v1/tasks/:id': ({ succeeded }) => [`/api/v1/tasks/${succeeded}?queue=emails`],
}

const STREAMS: Readonly<Record<string, (world: DocumentedWorld) => string>> = {
  'GET /api/events': () => '/api/events',
  'GET /api/v1/tasks/:id/progress/stream': ({ running }) => `/api/v1/tasks/${running}/progress/stream`,
  'GET /api/v1/progress/stream': ({ running, waiting }) =>
    `/api/v1/progress/stream?task_ids=${running},${waiting}`,
}

describe.each(['turbine', 'asynq'] as const)('every documented operation of %s', (document) => {
  let server: TestServer
  let world: DocumentedWorld

  beforeAll(async () => {
    server = await openServer({ taskFiles: documentedTasks })
    world = await buildWorld(server.broker)
  })
  afterAll(() => server[Symbol.asyncDispose]())

  const operations = operationsOf(document)
  const order = Object.keys(REQUESTS)
  const answered = operations
    .filter((operation) => !(nameOf(operation) in STREAMS))
    .toSorted((one, other) => order.indexOf(nameOf(one)) - order.indexOf(nameOf(other)))

  it.each(answered.map((operation) => [nameOf(operation), operation] as const))(
    '%s answers with the documented status, type and fields',
    async (name, operation) => {
      const [path, options] = REQUESTS[name]!(world)

      const answer = await server.call(operation.method, path, options)

      expect(answer.status).toBe(operation.responseStatus)
      expect(answer.headers.get('content-type')).toContain(operation.responseContentType)
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
      expect(misfits(answer.body, operation.responseFields)).toEqual([])
    },
  )

  it.each(operations.map(nameOf).filter((name) => name in STREAMS))(
    '%s answers with a stream of events',
    async (name) => {
      await using events = await readEvents(`${server.url}${STREAMS[name]!(world)}`)

      expect(events.status).toBe(200)
      expect(events.headers.get('content-type')).toContain('text/event-stream')
      expect(events.headers.get('cache-control')).toBe('no-cache')
      expect(events.headers.get('x-content-type-options')).toBe('nosniff')
    },
  )

  it('is among the routes that the dialect declares, and none is forgotten here', () => {
    const { operations: served } = document === 'turbine' ? turbine : asynq

    expect(served).toEqual(expect.arrayContaining(operations.map(nameOf)))
    expect(Object.keys({ ...REQUESTS, ...STREAMS })).toEqual(expect.arrayContaining(operations.map(nameOf)))
  })
})
