import type { InjectOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type GatedServer, openGate } from './open-gate.ts'
import { METHODS, REFUSED, UNKNOWN_ADDRESSES } from './refused-requests.ts'

const KEY = 'correct horse battery staple'

type Headers = Readonly<Record<string, string>>

describe('the gate, before every route and method, and before addresses that are none', () => {
  let gated: GatedServer
  beforeAll(async () => {
    gated = await openGate()
  })
  afterAll(() => gated[Symbol.asyncDispose]())

  const requests = () => {
    const addresses = new Set([...gated.routes.map(([, address]) => address), ...UNKNOWN_ADDRESSES])
    return [...addresses].flatMap((url) => METHODS.map((method) => ({ method, url })))
  }

  it('knows the routes of every face', () => {
    const addresses = gated.routes.map(([method, address]) => `${method} ${address}`)

    expect(addresses).toEqual(
      expect.arrayContaining([
        'GET /',
        'POST /rpc/abc-123',
        'POST /api/v1/tasks',
        'POST /api/tasks/abc-123/revoke',
        'GET /health',
      ]),
    )
    expect(addresses.length).toBeGreaterThan(30)
  })

  it.each(REFUSED)('refuses $what with $status: no effect, no data', async ({ status, headers, body }) => {
    for (const { method, url } of requests()) {
      const request: InjectOptions = { method, url, headers: { ...headers } }
      if (body !== undefined) request.payload = body
      const answer = await gated.app.inject(request)

      expect([method, url, answer.statusCode]).toEqual([method, url, status])
      expect(answer.headers['x-content-type-options']).toBe('nosniff')
      if (status === 403) expect(answer.headers['access-control-allow-origin']).toBeUndefined()
      if (method !== 'HEAD') expect(JSON.parse(answer.payload)).toHaveProperty('error')
    }
    expect(gated.calls).toEqual([])
  })

  it('answers a refusal in the shape of the dialect that owns the address', async () => {
    const headers = { host: 'evil.example' }

    const turbine = await gated.app.inject({ url: '/api/tasks', headers })
    const asynq = await gated.app.inject({ url: '/api/v1/tasks', headers })

    expect(turbine.json()).toEqual({ error: { code: 'FORBIDDEN', message: expect.any(String), details: {} } })
    expect(asynq.json()).toEqual({ code: 'FORBIDDEN', error: expect.any(String), details: {} })
  })

  it.each(['localhost', 'localhost:80', 'LOCALHOST', '127.0.0.1', '127.0.0.1:80', '[::1]', '[::1]:80'])(
    'lets through a request for %s',
    async (host) => {
      expect((await gated.app.inject({ url: '/live', headers: { host } })).statusCode).toBe(200)
    },
  )

  it.each([
    'http://localhost',
    'http://localhost:3000',
    'https://localhost:3000',
    'http://127.0.0.1:8080',
    'http://127.8.9.10',
    'http://[::1]:5173',
  ])('lets through a page of %s, and lets it read', async (origin) => {
    const answer = await gated.app.inject({
      url: '/live',
      headers: { origin, 'sec-fetch-site': 'same-site' },
    })

    expect(answer.statusCode).toBe(200)
    expect(answer.headers).toMatchObject({ 'access-control-allow-origin': origin, vary: 'Origin' })
  })

  it.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON;charset="UTF-8"'])(
    'lets through a body of type %s',
    async (type) => {
      const before = gated.calls.length

      await gated.app.inject({
        method: 'POST',
        url: '/api/tasks/x/revoke',
        headers: { 'content-type': type },
        payload: '{"terminate":false}',
      })

      expect(gated.calls.slice(before)).toEqual(['cancel'])
    },
  )

  it.each([
    {},
    { 'content-type': 'application/x-www-form-urlencoded' },
    { 'content-type': 'application/json' },
  ])('lets through a write without a body, with headers %j', async (headers) => {
    const before = gated.calls.length

    await gated.app.inject({
      method: 'POST',
      url: '/api/queues/x/purge',
      headers: { ...headers, 'content-length': '0' },
    })

    expect(gated.calls.slice(before)).toEqual(['purgeQueue'])
  })
})

describe('a read', () => {
  it('asks the broker for nothing that could change anything, on any address', async () => {
    await using gated = await openGate()
    for (const url of new Set(gated.routes.map(([, address]) => address)))
      for (const method of ['GET', 'HEAD'] as const)
        await gated.app.inject({ method, url: `${url}?task_ids=a&terminate=true&all=true` })

    const writes = [
      'submit',
      'cancel',
      'replay',
      'deleteTask',
      'setQueuePaused',
      'purgeQueue',
      'reprocessDeadLetters',
      'purgeDeadLetters',
      'setWorkerPaused',
    ]
    expect(gated.calls.filter((call) => writes.includes(call))).toEqual([])
    expect(gated.calls).toContain('overview')
  })
})

describe('pages of other origins', () => {
  it('are let through when they are configured, also from another site', async () => {
    await using gated = await openGate({ corsOrigins: ['https://Dash.example/'] })
    const headers = { origin: 'https://dash.example', 'sec-fetch-site': 'cross-site' }

    const answer = await gated.app.inject({ url: '/live', headers })
    const other = await gated.app.inject({
      url: '/live',
      headers: { ...headers, origin: 'https://dash.example:8443' },
    })

    expect(answer.statusCode).toBe(200)
    expect(answer.headers['access-control-allow-origin']).toBe('https://dash.example')
    expect(other.statusCode).toBe(403)
  })

  it("are all let through with '*', as the document says, but never null, and no unknown Host", async () => {
    await using gated = await openGate({ corsOrigins: ['*'] })
    const ask = (headers: Headers) => gated.app.inject({ url: '/live', headers: { ...headers } })

    const answer = await ask({ origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' })
    expect([answer.statusCode, answer.headers['access-control-allow-origin']]).toEqual([200, '*'])
    expect((await ask({ origin: 'null' })).statusCode).toBe(403)
    expect((await ask({ 'sec-fetch-site': 'cross-site' })).statusCode).toBe(403)
    expect((await ask({ origin: 'https://evil.example', host: 'evil.example' })).statusCode).toBe(421)
  })

  it('are answered before they ask, with every method and the headers they want', async () => {
    await using gated = await openGate({ corsOrigins: ['*'], apiKey: KEY })
    const preflight = (url: string) =>
      gated.app.inject({
        method: 'OPTIONS',
        url,
        headers: {
          origin: 'https://dash.example',
          'access-control-request-method': 'DELETE',
          'access-control-request-headers': 'content-type, authorization',
        },
      })

    for (const url of ['/api/v1/tasks/x', '/api/events', '/nowhere']) {
      const { statusCode, headers, payload } = await preflight(url)

      expect([statusCode, payload]).toEqual([204, ''])
      expect(headers['access-control-allow-origin']).toBe('*')
      expect(headers['access-control-allow-methods']).toContain('DELETE')
      expect(headers['access-control-allow-headers']).toBe('content-type, authorization')
    }
    expect(gated.calls).toEqual([])
  })

  it('are not answered before they ask when they may not ask', async () => {
    await using gated = await openGate()

    const { statusCode, headers } = await gated.app.inject({
      method: 'OPTIONS',
      url: '/api/v1/tasks',
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
    })

    expect(statusCode).toBe(403)
    expect(headers['access-control-allow-origin']).toBeUndefined()
  })
})

describe('the key', () => {
  let gated: GatedServer
  beforeAll(async () => {
    gated = await openGate({ apiKey: KEY })
  })
  afterAll(() => gated[Symbol.asyncDispose]())

  it.each<readonly [string, Headers, string]>([
    ['nothing', {}, ''],
    ['another one', { authorization: 'Bearer wrong' }, ''],
    ['its beginning', { authorization: `Bearer ${KEY.slice(0, -1)}` }, ''],
    ['more than it', { 'x-api-key': `${KEY}x` }, ''],
    ['another scheme', { authorization: `Basic ${KEY}` }, ''],
    ['the bare value', { authorization: KEY }, ''],
    ['an empty one', { 'x-api-key': '' }, ''],
    ['it in the address', {}, `?api_key=${encodeURIComponent(KEY)}&key=${encodeURIComponent(KEY)}`],
  ])('is needed for everything: %s is 401', async (_what, headers, query) => {
    for (const [method, address] of [
      ...gated.routes,
      ...UNKNOWN_ADDRESSES.map((url) => ['GET', url] as const),
    ]) {
      const answer = await gated.app.inject({
        method: method as 'GET',
        url: `${address}${query}`,
        headers: { ...headers },
      })

      expect([method, address, answer.statusCode]).toEqual([method, address, 401])
      expect(answer.headers['www-authenticate']).toBe('Bearer')
      expect(answer.payload).not.toContain('battery')
    }
    expect(gated.calls).toEqual([])
  })

  it.each<Headers>([
    { authorization: `Bearer ${KEY}` },
    { authorization: `bearer  ${KEY}` },
    { 'x-api-key': KEY },
  ])('opens with %j', async (headers) => {
    expect((await gated.app.inject({ url: '/live', headers: { ...headers } })).statusCode).toBe(200)
  })

  it('does not open for a foreign Host or Origin', async () => {
    const ask = (headers: Headers) =>
      gated.app.inject({ url: '/live', headers: { authorization: `Bearer ${KEY}`, ...headers } })

    expect((await ask({ host: 'evil.example' })).statusCode).toBe(421)
    expect((await ask({ origin: 'https://evil.example' })).statusCode).toBe(403)
  })
})
