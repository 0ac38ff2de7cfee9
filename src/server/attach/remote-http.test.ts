import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import { type AddressInfo, createServer as createSocketServer, type Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { type AttachError, isAttachError } from './attach-error.ts'
import { parseRemoteAddress } from './remote-address.ts'
import { createRemoteHttp, type RemoteHttp, type RemoteLimits } from './remote-http.ts'

const KEY = 'a key that must stay where it belongs'
const closing: (() => void)[] = []
afterEach(() => {
  vi.useRealTimers()
  for (const close of closing.splice(0)) close()
})

async function listen(listener: RequestListener): Promise<string> {
  const server: Server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  closing.push(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function listenRaw(answer: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>()
  const server = createSocketServer((socket) => {
    sockets.add(socket.on('error', () => undefined))
    socket.once('data', () => answer(socket))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  closing.push(() => {
    server.close()
    for (const socket of sockets) socket.destroy()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

function connect(address: string, limits: Partial<RemoteLimits> = {}): RemoteHttp {
  const http = createRemoteHttp({ address: parseRemoteAddress(address), apiKey: KEY, limits })
  closing.push(() => http.close())
  return http
}

async function problemOf(call: Promise<unknown>): Promise<AttachError> {
  const error = await call.then(
    () => new Error('It was answered.'),
    (thrown: unknown) => thrown,
  )
  if (!isAttachError(error)) throw error
  return error
}

const get = { method: 'GET', path: '/x' } as const

describe('a request to an attached server', () => {
  it('goes below its base path, with the key, and answers what was sent', async () => {
    const address = await listen((request, response) => {
      response.setHeader('x-seen', 'yes')
      response.writeHead(418).end(`${request.method} ${request.url} ${request.headers.authorization}`)
    })
    const answer = await connect(`${address}/base/`).request({ method: 'POST', path: '/x?y=1', body: '{}' })
    expect(answer).toMatchObject({ status: 418, text: `POST /base/x?y=1 Bearer ${KEY}` })
    expect(answer.headers.get('x-seen')).toBe('yes')
  })

  it('follows a redirect inside the origin when it reads', async () => {
    const address = await listen((request, response) => {
      if (request.url === '/x') response.writeHead(302, { location: '/y' }).end()
      else response.end(`${request.url} ${request.headers.authorization}`)
    })
    expect((await connect(address).request(get)).text).toBe(`/y Bearer ${KEY}`)
  })

  it.each([301, 302, 303, 307, 308])(
    'never goes to another host with %i, nor does its key',
    async (status) => {
      let asked = 0
      const other = await listen((_request, response) => {
        asked += 1
        response.end()
      })
      const address = await listen((_request, response) => {
        response.writeHead(status, { location: `${other}/x?secret=1` }).end()
      })
      for (const method of ['GET', 'POST'] as const) {
        const error = await problemOf(connect(address).request({ method, path: '/x' }))
        expect(error.problem).toBe('bad_answer')
        expect(error.message).toContain(other)
        expect(error.message).not.toContain('secret')
      }
      expect(asked).toBe(0)
    },
  )

  it('does not write twice for a redirect, nor go round in circles', async () => {
    let asked = 0
    const address = await listen((_request, response) => {
      asked += 1
      response.writeHead(307, { location: '/x' }).end()
    })
    await problemOf(connect(address).request({ method: 'POST', path: '/x', body: '{}' }))
    expect(asked).toBe(1)
    expect((await problemOf(connect(address).request(get))).problem).toBe('bad_answer')
    expect(asked).toBe(5)
  })

  it.each(['//elsewhere.example', 'ftp://127.0.0.1/', 'http://[', 'javascript:1'])(
    'is refused when it is redirected to %s',
    async (location) => {
      const address = await listen((_request, response) => response.writeHead(302, { location }).end())
      expect((await problemOf(connect(address).request(get))).problem).toBe('bad_answer')
    },
  )

  it('that nobody hears is unreachable, and may pass', async () => {
    const address = await listen(() => undefined)
    closing.splice(0).forEach((close) => close())
    const error = await problemOf(connect(address).request(get))
    expect(error).toMatchObject({ problem: 'unreachable', isPassing: true, code: 'SERVICE_UNAVAILABLE' })
    expect(error.message).toContain('nothing listens there')
  })

  it('that is not answered in time ends', async () => {
    const address = await listen(() => undefined)
    const error = await problemOf(connect(address, { totalMs: 100 }).request(get))
    expect(error.message).toContain('did not answer within 0.1 s')
  })

  it('that is answered a byte at a time ends as well', async () => {
    const address = await listen((_request, response) => {
      const drip = setInterval(() => response.write('x'), 5)
      response.on('close', () => clearInterval(drip))
    })
    const error = await problemOf(connect(address, { totalMs: 200 }).request(get))
    expect(error.problem).toBe('unreachable')
  })

  it.each([
    ['plain', undefined],
    ['compressed', gzipSync(Buffer.alloc(50_000_000))],
  ])('stops reading a %s answer at its limit', async (_kind, bomb) => {
    let sent = 0
    const address = await listen((_request, response) => {
      if (bomb !== undefined) {
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb)
        return
      }
      const block = Buffer.alloc(65_536, 'x')
      const more = () => {
        sent += block.length
        if (!response.destroyed && response.write(block)) setImmediate(more)
      }
      response.on('drain', more)
      more()
    })
    const error = await problemOf(connect(address, { maxBytes: 100_000 }).request(get))
    expect(error).toMatchObject({ problem: 'bad_answer', isPassing: false })
    expect(error.message).toContain('more than 100000 bytes')
    expect(sent).toBeLessThan(20_000_000)
  })

  it.each([
    ['no HTTP at all', 'SSH-2.0-OpenSSH_9.2\r\n\r\n'],
    ['a header without an end', `HTTP/1.1 200 OK\r\nx: ${'y'.repeat(100_000)}`],
    ['fewer bytes than it said', 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nshort'],
    ['a broken chunk', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n'],
    ['two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab'],
  ])('answered with %s fails with a typed refusal', async (_name, text) => {
    const address = await listenRaw((socket) => socket.end(text))
    const error = await problemOf(connect(address, { totalMs: 5000 }).request(get))
    expect(error.problem).toBe('unreachable')
  })

  it('answered with bytes that are no text is refused', async () => {
    const address = await listen((_request, response) => response.end(Buffer.from([0x22, 0xff, 0xfe, 0x22])))
    expect((await problemOf(connect(address).request(get))).message).toContain('UTF-8')
  })

  it('is ended by its signal, and by closing the connection, without another try', async () => {
    const address = await listen(() => undefined)
    const http = connect(address)
    const ending = new AbortController()
    const first = problemOf(http.request({ ...get, signal: ending.signal }))
    const second = problemOf(http.request(get))
    ending.abort()
    expect((await first).isPassing).toBe(false)
    http.close()
    expect((await second).isPassing).toBe(false)
    expect((await problemOf(http.request(get))).message).toContain('closed')
  })
})

describe('a stream of an attached server', () => {
  it('goes on past the time limit of a request, and ends when it has been silent', async () => {
    let send = (_text: string): void => expect.unreachable('nobody has asked yet')
    const address = await listen((_request, response) => {
      send = (text) => void response.write(text)
      send('a')
    })
    // Time passes when the test says so: however slow the machine is, none of it is the server's.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { body } = await connect(address, { totalMs: 100, idleMs: 600 }).open(get)
    const reader = body.getReader()
    const next = async () => Buffer.from((await reader.read()).value!).toString()
    expect(await next()).toBe('a')

    const late = next()
    vi.advanceTimersByTime(599)
    send('b')
    expect(await late).toBe('b')

    const silence = problemOf(reader.read())
    vi.advanceTimersByTime(600)
    const error = await silence
    expect(error).toMatchObject({ problem: 'unreachable', isPassing: true })
    expect(error.message).toContain('silent for 0.6 s')
  })

  it('leaves the server when its reader does', async () => {
    const left = Promise.withResolvers<void>()
    const address = await listen((_request, response) => {
      response.write('a')
      response.on('close', () => left.resolve())
    })
    const { body } = await connect(address).open(get)
    for await (const chunk of body) {
      expect(chunk.byteLength).toBe(1)
      break
    }
    await left.promise
  })
})
