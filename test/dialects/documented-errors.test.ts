import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BrokerError } from '../../src/shared/domain/errors.ts'
import type { Request } from './documented/documented-dialect.ts'
import { DOCUMENTED } from './documented/documented.ts'
import { failingBroker } from './failing-broker.ts'
import { openServer, serveBroker, type TestServer } from './open-server.ts'
import { nameOf, operationsOf } from './operations.ts'

describe.each(DOCUMENTED)('every documented error of $dialect.name', (document) => {
  const { port: dialects, provocations, shownElsewhere = [], bodies } = document
  let server: TestServer
  let broken: TestServer
  let unavailable: TestServer

  beforeAll(async () => {
    server = await openServer({ dialects })
    await server.broker.submit([{ name: 'sleep' }])
    broken = await serveBroker(failingBroker(server.broker, new Error('secret detail of a bug')), {
      dialects,
    })
    unavailable = await serveBroker(
      failingBroker(
        server.broker,
        new BrokerError('SERVICE_UNAVAILABLE', 'The store cannot be read.', { component: 'store' }),
      ),
      { dialects },
    )
  })
  afterAll(async () => {
    await broken[Symbol.asyncDispose]()
    await unavailable[Symbol.asyncDispose]()
    await server[Symbol.asyncDispose]()
  })

  const cases = operationsOf(document.dialect.name).flatMap((operation) =>
    operation.errors.flatMap(({ status, code, source, body }) =>
      source === 'doc' && !shownElsewhere.includes(`${nameOf(operation)} ${status}`)
        ? [[nameOf(operation), status, code, body] as const]
        : [],
    ),
  )

  it.each(cases)('%s answers %i %s in the documented shape', async (name, status, code, body) => {
    const [method, path] = name.split(' ') as [string, string]
    const anyRequest: Request = [
      path.replaceAll(/:\w+/g, '123'),
      name in bodies ? { json: bodies[name] } : {},
    ]

    const answer =
      status === 500
        ? await broken.call(method, ...anyRequest)
        : status === 503
          ? await unavailable.call(method, ...anyRequest)
          : await server.call(method, ...provocations[`${name} ${code ?? status}`]!)

    expect(answer.status).toBe(status)
    expect(answer.body).toEqual(body ?? document.errorBody(code))
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
