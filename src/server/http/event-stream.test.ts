import Fastify, { type FastifyInstance } from 'fastify'
import { once } from 'node:events'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { describe, expect, it, vi } from 'vitest'
import {
  answerWithEvents,
  attachEventStreams,
  eventFrame,
  type EventStream,
  KEEP_ALIVE_MS,
  lastEventId,
} from './event-stream.ts'

interface Fixture extends AsyncDisposable {
  readonly app: FastifyInstance
  /** Lets the time between two keep-alive comments pass. */
  tick(): void
  readonly failures: unknown[]
  /** The server's ends of its connections. */
  readonly sockets: Socket[]
  /** Opens a stream by hand, and resolves when the server has begun with it. */
  open(): Promise<{ client: Socket; stream: EventStream }>
}

/** A server whose only route is a stream that `run` writes. */
async function openFixture(run: (stream: EventStream) => Promise<void>): Promise<Fixture> {
  const app = Fastify()
  const failures: unknown[] = []
  const sockets: Socket[] = []
  app.server.on('connection', (socket: Socket) => sockets.push(socket))
  const ticks = new Set<() => void>()
  const begun: ((stream: EventStream) => void)[] = []
  attachEventStreams(app, {
    every(ms, tick) {
      expect(ms).toBe(KEEP_ALIVE_MS)
      ticks.add(tick)
      return () => ticks.delete(tick)
    },
    onFailure: (error) => failures.push(error),
  })
  app.get('/', (request, reply) =>
    answerWithEvents(request, reply, async (stream) => {
      begun.shift()?.(stream)
      await run(stream)
    }),
  )
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.server.address() as AddressInfo
  return {
    app,
    failures,
    sockets,
    tick: () => ticks.forEach((tick) => tick()),
    async open() {
      const { promise, resolve } = Promise.withResolvers<EventStream>()
      begun.push(resolve)
      const client = connect(port, '127.0.0.1')
      client.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
      return { client, stream: await promise }
    },
    [Symbol.asyncDispose]: () => app.close(),
  }
}

const untilClosed = (stream: EventStream) => new Promise<void>((resolve) => stream.onClose(resolve))

async function read(client: Socket, wanted: string): Promise<string> {
  let text = ''
  while (!text.includes(wanted)) text += String((await once(client, 'data'))[0])
  return text
}

describe('a frame', () => {
  it('has its name before its data and its id after it, each on a line', () => {
    expect(eventFrame({ data: { a: 'two\nlines' } })).toBe('data: {"a":"two\\nlines"}\n\n')
    expect(eventFrame({ event: 'progress', id: '17-0', data: 1 })).toBe(
      'event: progress\ndata: 1\nid: 17-0\n\n',
    )
  })
})

describe('a stream of events', () => {
  it('sends its headers at once, and a comment whenever it has been quiet for long', async () => {
    await using fixture = await openFixture(untilClosed)
    const { client } = await fixture.open()

    const head = await read(client, '\r\n\r\n')
    fixture.tick()

    expect(head.toLowerCase()).toContain('content-type: text/event-stream\r\n')
    expect(await read(client, '\n\n')).toContain(': keep-alive\n\n')
    client.destroy()
  })

  it('waits for a slow client, and holds no more than what is being written', async () => {
    const frames = Array.from({ length: 1000 }, () => eventFrame({ data: 'x'.repeat(1000) }))
    let batches = 0
    await using fixture = await openFixture(async (stream) => {
      while (stream.isOpen) {
        await stream.write(frames)
        batches += 1
      }
    })
    const { client, stream } = await fixture.open()
    client.pause()
    const socket = fixture.sockets[0]!
    await vi.waitFor(() => expect(socket.writableNeedDrain).toBe(true), { timeout: 20_000 })
    const before = batches

    for (let turn = 0; turn < 20; turn += 1) fixture.tick()

    expect(batches).toBe(before)
    expect(socket.writableLength).toBeLessThan(1_000_000)
    const closed = untilClosed(stream)
    client.destroy()
    await closed
  })

  it('is told when the client leaves, and asks no more time once nobody is left', async () => {
    await using fixture = await openFixture(untilClosed)
    const first = await fixture.open()
    const second = await fixture.open()

    const closed = Promise.all([untilClosed(first.stream), untilClosed(second.stream)])
    first.client.destroy()
    second.client.destroy()
    await closed

    expect(first.stream.isOpen).toBe(false)
    await expect(first.stream.write([eventFrame({ data: 1 })])).resolves.toBeUndefined()
    const told = vi.fn<() => void>()
    first.stream.onClose(told)
    expect(told).toHaveBeenCalledOnce()
  })

  it('ends when its writer does, and hands over what that threw', async () => {
    await using fixture = await openFixture(async (stream) => {
      await stream.write([eventFrame({ data: 'last' })])
      throw new Error('broken')
    })
    const { client } = await fixture.open()

    expect(await read(client, '0\r\n\r\n')).toContain('data: "last"')

    expect(fixture.failures).toEqual([expect.objectContaining({ message: 'broken' })])
    client.destroy()
  })

  it('ends when the server closes', async () => {
    const fixture = await openFixture(untilClosed)
    const { client, stream } = await fixture.open()

    await fixture.app.close()

    expect(stream.isOpen).toBe(false)
    client.destroy()
  })
})

describe('the last event a client saw', () => {
  it.each([
    [{ 'last-event-id': '17' }, '17'],
    [{ 'last-event-id': '' }, null],
    [{}, null],
  ])('of %j is %s', async (headers, expected) => {
    const app = Fastify()
    app.get('/', (request) => ({ id: lastEventId(request) }))

    expect((await app.inject({ url: '/', headers })).json()).toEqual({ id: expected })
  })
})
