import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { addErrorShape, createErrorShapes } from './error-shapes.ts'
import { createHttpServer } from './create-http-server.ts'

function openServer() {
  const logged: {
    readonly msg: string
    readonly path: string
    readonly err: { readonly message: string }
  }[] = []
  const logger = pino({}, { write: (line: string) => void logged.push(JSON.parse(line)) })
  const app = createHttpServer({ logger, gate: { apiKey: null, corsOrigins: [] } })
  addErrorShape(app, {
    prefixes: ['/shop'],
    operations: ['GET /shop/items/:id', 'DELETE /shop/items/:id'],
    errors: createErrorShapes().shapeOf('/').errors,
    toBody: ({ code, message }) => ({ oops: `${code}: ${message}` }),
  })
  app.get('/shop/items/:id', () => {
    throw new Error('a bug')
  })
  app.delete('/shop/items/:id', () => ({ gone: true }))
  return { app, logged }
}

describe('a server', () => {
  it('answers a bug with 500 in the shape of the address, and logs it once, without the query', async () => {
    const { app, logged } = openServer()

    const answer = await app.inject('/shop/items/7?token=secret')

    expect([answer.statusCode, answer.json()]).toEqual([
      500,
      { oops: expect.stringMatching(/^INTERNAL_ERROR: /) },
    ])
    expect(answer.payload).not.toContain('a bug')
    expect(logged).toMatchObject([
      { msg: 'a request failed', path: '/shop/items/7', err: { message: 'a bug' } },
    ])
    expect(JSON.stringify(logged)).not.toContain('secret')
    await app.close()
  })

  it('answers an unknown address with 404, and a known one with the wrong method with 405', async () => {
    const { app, logged } = openServer()

    const unknown = await app.inject('/shop/carts')
    const wrong = await app.inject({ method: 'PUT', url: '/shop/items/7/' })
    const outside = await app.inject('/elsewhere')

    expect([unknown.statusCode, unknown.json()]).toEqual([
      404,
      { oops: expect.stringContaining("'/shop/carts'") },
    ])
    expect([wrong.statusCode, wrong.headers['allow']]).toEqual([405, 'GET, DELETE, HEAD'])
    expect(wrong.json()).toEqual({ oops: expect.stringMatching(/^INVALID_REQUEST: .*PUT/) })
    expect([outside.statusCode, outside.json().error.code]).toEqual([404, 'NOT_FOUND'])
    expect(logged).toEqual([])
    await app.close()
  })

  it('says of itself neither what it is nor what it runs on', async () => {
    const { app } = openServer()

    const { headers } = await app.inject({ method: 'DELETE', url: '/shop/items/7' })

    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers).not.toHaveProperty('x-powered-by')
    expect(headers).not.toHaveProperty('server')
    await app.close()
  })

  it('closes although a client keeps its connection open', async () => {
    const { app } = openServer()
    await app.listen({ host: '127.0.0.1', port: 0 })
    const response = await fetch(`${app.listeningOrigin}/elsewhere`)
    await response.text()

    await expect(app.close()).resolves.toBeUndefined()
  })
})
