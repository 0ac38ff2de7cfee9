import type { InjectOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PORT_8000 } from '../dialects/documented/port-8000.ts'
import { type GatedServer, openGate } from './open-gate.ts'
import { METHODS, REFUSED, UNKNOWN_ADDRESSES } from './refused-requests.ts'

describe('the gate before the dialects of port 8000', () => {
  let gated: GatedServer
  beforeAll(async () => {
    gated = await openGate({}, PORT_8000)
  })
  afterAll(() => gated[Symbol.asyncDispose]())

  it('knows the routes of all three', () => {
    const routes = gated.routes.map(([method, address]) => `${method} ${address}`)

    expect(routes).toEqual(
      expect.arrayContaining([
        'POST /api/v1/tasks',
        'GET /api/v1/search/tasks',
        'GET /dashboard',
        'PATCH /api/tasks/abc-123/pause',
        'POST /api/workers/abc-123/lease',
      ]),
    )
  })

  it.each(REFUSED)('refuses $what with $status: no effect, no data', async ({ status, headers, body }) => {
    const addresses = new Set([...gated.routes.map(([, address]) => address), ...UNKNOWN_ADDRESSES])
    for (const url of addresses)
      for (const method of METHODS) {
        const request: InjectOptions = { method, url, headers: { ...headers } }
        if (body !== undefined) request.payload = body
        const answer = await gated.app.inject(request)

        expect([method, url, answer.statusCode]).toEqual([method, url, status])
        expect(answer.headers['x-content-type-options']).toBe('nosniff')
        if (status === 403) expect(answer.headers['access-control-allow-origin']).toBeUndefined()
      }
    expect(gated.calls).toEqual([])
  })

  it('answers a refusal in the shape of the dialect that owns the address', async () => {
    const refusal = async (url: string): Promise<unknown> =>
      (await gated.app.inject({ url, headers: { host: 'evil.example' } })).json()
    const detail = expect.any(String)

    expect(await refusal('/api/v1/tasks')).toEqual({
      detail,
      code: 'FORBIDDEN',
      request_id: expect.stringMatching(/^req-/),
      timestamp: expect.any(String),
    })
    expect(await refusal('/api/tasks/')).toEqual({ detail })
    expect(await refusal('/dashboard')).toEqual({ detail })
  })

  it('reads without changing anything, on any address', async () => {
    await using reading = await openGate({}, PORT_8000)
    for (const url of new Set(reading.routes.map(([, address]) => address)))
      for (const method of ['GET', 'HEAD'] as const) await reading.app.inject({ method, url })

    const writes =
      /^(?:submit|cancel|replay|update|delete|set|purge|reprocess|pause|resume|remove|register|drain|resize|lease|complete|fail)/
    expect(reading.calls.filter((call) => writes.test(call))).toEqual([])
    expect(reading.calls).toContain('listTasks')
  })
})
