import { once } from 'node:events'
import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, openServer, type TestServer } from '../dialects/open-server.ts'
import { rawRequest } from './raw-request.ts'

const MB = 1_048_576

let server: TestServer
beforeAll(async () => {
  server = await openServer()
  // Nothing shall run: these tasks may be large.
  await server.broker.submit([{ name: 'sleep' }])
  await server.broker.setQueuePaused('default', true)
})
afterAll(() => server[Symbol.asyncDispose]())

const submit = (payload: string) => `{"type":"demo","payload":${payload}}`
const post = (raw: string | Uint8Array<ArrayBuffer>, headers: Readonly<Record<string, string>> = {}) =>
  server.call('POST', '/api/v1/tasks', { raw, headers })
const ofSize = (bytes: number) => submit(`"${'x'.repeat(bytes - submit('""').length)}"`)

function expectRefusal(answer: Answer, status: number): void {
  expect([answer.status, answer.body]).toEqual([
    status,
    { error: expect.stringMatching(/\w/), code: 'INVALID_REQUEST', details: {} },
  ])
}

describe('the size of a body', () => {
  it('may be 1 MB', async () => {
    expect((await post(ofSize(MB))).status).toBe(201)
  })

  it.each([MB + 1, 3 * MB, 12 * MB])(
    'may not be %i bytes, and the sender gets to read why',
    async (bytes) => {
      expectRefusal(await post(ofSize(bytes)), 413)
    },
  )

  it('is told to a sender that reads only when it has sent everything', async () => {
    const { host, hostname, port } = new URL(server.url)
    const size = 12 * MB
    const head = `POST /api/v1/tasks HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\nContent-Length: ${size}\r\n\r\n`
    const socket = connect({ host: hostname, port: Number(port) })
    socket.pause()
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject)
      socket.write(head + 'x'.repeat(size), () => resolve())
    })

    const [answer] = (await once(socket.resume(), 'data')) as [Buffer]

    expect(answer.toString()).toMatch(/^HTTP\/1\.1 413 /)
    socket.destroy()
  })

  it('counts what is sent in chunks, and is told in the shape of the dialect that is asked', async () => {
    const { host } = new URL(server.url)
    const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`
    const { status, body } = await rawRequest(
      server.url,
      `POST /api/dlq/x/reprocess HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n` +
        `${chunk.repeat(20)}0\r\n\r\n`,
    )

    expect(status).toBe(413)
    expect(JSON.parse(body)).toEqual({
      error: { code: 'INVALID_REQUEST', message: expect.stringContaining('1 MB'), details: {} },
    })
  })

  it('is no reason to read one that says it has a gigabyte', async () => {
    const { host } = new URL(server.url)

    const { status } = await rawRequest(
      server.url,
      `POST /api/v1/tasks HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\nContent-Length: 1000000000\r\n\r\n{`,
    )

    expect(status).toBe(413)
  })
})

describe('what a body says', () => {
  const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`
  const withKeys = (count: number) =>
    `{${Array.from({ length: count }, (_, index) => `"k${index}":0`).join()}}`

  it('may be 64 levels deep and have 10,000 keys', async () => {
    expect((await post(submit(nested(63)))).status).toBe(201)
    expect((await post(submit(withKeys(9998)))).status).toBe(201)
  })

  it.each([
    ['65 levels', submit(nested(64))],
    ['400,000 levels', submit(nested(400_000))],
    ['more than 10,000 keys', submit(withKeys(9999))],
    ['an infinite number', submit('1e999')],
    ['a negative infinite number, deep inside', submit('{"a":[0,{"b":-1E+400}]}')],
    ['an infinite number in all its digits', submit(`${'9'.repeat(400)}.5`)],
    ['a number that is none', submit('NaN')],
    ['a comment', `${submit('1')}//`],
    ['a byte order mark', `\uFEFF${submit('1')}`],
    ['half of itself', submit('1').slice(0, -1)],
  ])('is refused with %s', async (_what, raw) => {
    const before = await server.broker.countTasks({})

    expectRefusal(await post(raw), 400)

    expect(await server.broker.countTasks({})).toBe(before)
  })

  it('is refused when it is no UTF-8', async () => {
    for (const bytes of [[0xff], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xe2, 0x82]]) {
      const raw = Buffer.concat([
        Buffer.from('{"type":"demo","payload":"'),
        Buffer.from(bytes),
        Buffer.from('"}'),
      ])

      expectRefusal(await post(new Uint8Array(raw)), 400)
    }
  })

  it('is refused when it is compressed', async () => {
    expectRefusal(await post(new Uint8Array(gzipSync(submit('1'))), { 'content-encoding': 'gzip' }), 415)
  })

  it.each([
    '9007199254740993',
    '-9007199254740993',
    '123456789012345678901234567890',
    '[1,18446744073709551615]',
    '{"n":18446744073709551615}',
  ])('comes back with %s as it was', async (payload) => {
    const { body } = await post(submit(payload))

    const { text } = await server.get(`/api/tasks/${body.task_id}`)

    expect(text).toContain(payload.startsWith('{') ? `"kwargs":${payload}` : `"args":[${payload}]`)
  })

  it('cannot change what objects are', async () => {
    const raw = submit('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}')

    const { body } = await post(raw)

    expect((await server.get(`/api/tasks/${body.task_id}`)).text).toContain(
      '"kwargs":{"__proto__":{"polluted":1},',
    )
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })
})
