import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openServer, type TestServer } from '../dialects/open-server.ts'
import { rawRequest } from './raw-request.ts'

let server: TestServer
let host: string
beforeAll(async () => {
  server = await openServer()
  host = new URL(server.url).host
})
afterAll(() => server[Symbol.asyncDispose]())

const get = (path: string, ...headers: readonly string[]) =>
  [`GET ${path} HTTP/1.1`, ...headers, 'Connection: close', '', ''].join('\r\n')

describe('a request over a bare socket', () => {
  it('is answered when it names the server once', async () => {
    for (const name of [host, host.replace('127.0.0.1', 'localhost'), host.replace('127.0.0.1', '[::1]')])
      expect((await rawRequest(server.url, get('/live', `Host: ${name}`))).status).toBe(200)
  })

  it.each([
    ['no Host', (_name: string) => get('/api/tasks')],
    ['an empty Host', (_name: string) => get('/api/tasks', 'Host:')],
    ['the Host twice', (name: string) => get('/api/tasks', `Host: ${name}`, `Host: ${name}`)],
    ['a second Host', (name: string) => get('/api/tasks', `Host: ${name}`, 'hOST: evil.example')],
    ['another port', (_name: string) => get('/api/tasks', 'Host: 127.0.0.1:1')],
    ['no port', (_name: string) => get('/api/tasks', 'Host: 127.0.0.1')],
    ['an address of another host', (name: string) => get('http://evil.example/api/tasks', `Host: ${name}`)],
    ['its own address in full', (name: string) => get(`http://${name}/api/tasks`, `Host: ${name}`)],
    ['HTTP/1.0 without a Host', (_name: string) => 'GET /api/tasks HTTP/1.0\r\n\r\n'],
  ])('is refused with %s', async (_what, toRequest) => {
    const { status, headers, body } = await rawRequest(server.url, toRequest(host))

    expect(status).toBe(421)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(JSON.parse(body)).toEqual({
      error: { code: 'FORBIDDEN', message: expect.any(String), details: {} },
    })
  })

  it.each([
    ['no HTTP', 'hello\r\n\r\n', 400],
    [
      'a length and chunks at once',
      'POST /api/v1/tasks HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}',
      400,
    ],
    [
      'two lengths',
      'POST /api/v1/tasks HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}',
      400,
    ],
    ['a space before a colon', 'GET /live HTTP/1.1\r\nHost : x\r\n\r\n', 400],
    ['headers of 20 kB', `GET /live HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
  ])('is refused with %s, and the connection is closed', async (_what, bytes, expected) => {
    const { status, headers, body } = await rawRequest(server.url, bytes)

    expect(status).toBe(expected)
    expect(headers.get('connection')).toBe('close')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(JSON.parse(body)).toHaveProperty('error.code', 'INVALID_REQUEST')
  })

  it('is answered in the shape of the dialect when its address cannot be decoded', async () => {
    const { status, body } = await rawRequest(server.url, get('/api/v1/tasks/%zz', `Host: ${host}`))

    expect(status).toBe(400)
    expect(JSON.parse(body)).toMatchObject({ code: 'INVALID_REQUEST', error: expect.stringContaining('%') })
  })
})

describe('connections that never get to the point', () => {
  it('are all closed within 15 s, while others are served', async () => {
    const startedAt = performance.now()
    const closed = [
      '',
      'GET /live HT',
      `GET /live HTTP/1.1\r\nHost: ${host}\r\n`,
      `POST /api/v1/tasks HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"type":`,
      `POST /api/v1/tasks HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"a":`,
    ].flatMap((bytes) => Array.from({ length: 20 }, () => untilClosed(bytes)))

    expect((await server.get('/live')).status).toBe(200)
    await Promise.all(closed)

    expect(performance.now() - startedAt).toBeLessThan(15_000)
  })
})

function untilClosed(bytes: string): Promise<void> {
  const { hostname, port } = new URL(server.url)
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port) }, () => socket.write(bytes))
    socket.resume()
    socket.on('error', () => undefined)
    socket.on('close', () => resolve())
  })
}
