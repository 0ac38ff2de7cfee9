import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import type { Broker, EventSubscription } from '../../src/shared/domain/broker.ts'
import { openServer, type TestServer } from './open-server.ts'
import { type Frame, readEvents, toFrame } from './read-events.ts'

/** Most events that may be pulled for a client that takes none: what its socket holds, and one batch. */
const MOST_AHEAD = 25_000
const BATCH = 10_000
/** How many events the broker keeps for clients that come back. */
const KEPT_EVENTS = 200_000

/** Subscriptions that are open now, and how many events were pulled out of each there was. */
interface Watched {
  open: number
  readonly pulled: number[]
}

function watching(watched: Watched): (broker: Broker) => Broker {
  return (broker) => ({
    ...broker,
    subscribe(options): EventSubscription {
      const subscription = broker.subscribe(options)
      const index = watched.pulled.push(0) - 1
      watched.open += 1
      let isOpen = true
      return {
        close() {
          subscription.close()
          if (isOpen) watched.open -= 1
          isOpen = false
        },
        async *[Symbol.asyncIterator]() {
          for await (const batch of subscription) {
            watched.pulled[index]! += batch.events.length
            yield batch
          }
        },
      }
    },
  })
}

/** Tasks that wait for ever: one event each. */
async function submitMany(server: TestServer, count: number): Promise<readonly string[]> {
  const ids: string[] = []
  for (let done = 0; done < count; done += BATCH) {
    const tasks = Array.from({ length: Math.min(BATCH, count - done) }, () => ({
      name: 'sleep',
      queue: 'far',
      runAt: 9e12,
    }))
    for (const { id } of await server.broker.submit(tasks)) ids.push(id)
  }
  return ids
}

/** A client that sends its request and reads nothing until it is told to. */
async function stalledClient(server: TestServer): Promise<Socket> {
  const { port } = new URL(server.url)
  const socket = connect({ host: '127.0.0.1', port: Number(port) })
  await once(socket, 'connect')
  socket.write(`GET /api/events HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAccept: text/event-stream\r\n\r\n`)
  await once(socket, 'readable')
  return socket
}

/** Frames of a chunked answer, as they come. */
async function* framesOf(socket: Socket): AsyncGenerator<Frame> {
  let text = ''
  let isPastHeaders = false
  socket.setEncoding('utf8')
  for await (const chunk of socket) {
    text += chunk
    if (!isPastHeaders) {
      const end = text.indexOf('\r\n\r\n')
      if (end === -1) continue
      text = text.slice(end + 4)
      isPastHeaders = true
    }
    // Sizes of chunks stand on lines of their own, between the lines of the stream.
    text = text.replaceAll(/(?:^|\r\n)[\da-f]+\r\n/g, '')
    for (let end = text.indexOf('\n\n'); end !== -1; end = text.indexOf('\n\n')) {
      const frame = toFrame(text.slice(0, end))
      text = text.slice(end + 2)
      if (frame !== null) yield frame
    }
  }
}

const isTask = ({ data }: Frame) => data.type === 'task.submitted' || data.type === 'task.scheduled'

describe('ten thousand events', () => {
  it('arrive complete and in order, at every client', async () => {
    await using server = await openServer()
    const clients = await Promise.all(Array.from({ length: 3 }, () => readEvents(`${server.url}/api/events`)))

    const ids = await submitMany(server, 10_000)

    for (const client of clients) {
      const frames = await client.until(({ data }) => data.task_id === ids.at(-1))
      expect(frames.filter(isTask).map(({ data }) => data.task_id)).toEqual(ids)
      const seqs = frames.map(({ id }) => Number(id))
      expect(seqs).toEqual(seqs.map((_, index) => seqs[0]! + index))
      await client[Symbol.asyncDispose]()
    }
  })
})

describe('a client that reads slowly', () => {
  let socket: Socket | null = null
  afterEach(() => socket?.destroy())

  it('costs a bounded part of what happens, and gets all of it once it reads', async () => {
    const watched: Watched = { open: 0, pulled: [] }
    await using server = await openServer({ around: watching(watched) })
    socket = await stalledClient(server)
    await using other = await readEvents(`${server.url}/api/events`)

    const ids = await submitMany(server, 50_000)
    await other.until(({ data }) => data.task_id === ids.at(-1))
    // The other one has seen the last event, so the stalled one was offered all of them, too.
    expect(watched.pulled[0]).toBeLessThan(MOST_AHEAD)

    const seen: string[] = []
    for await (const frame of framesOf(socket)) {
      expect(frame.data.type).not.toBe('events_missed')
      if (isTask(frame)) seen.push(frame.data.task_id as string)
      if (frame.data.task_id === ids.at(-1)) break
    }
    expect(seen).toEqual(ids)
  }, 60_000)

  it('is told how many it missed when more happens than is kept', async () => {
    await using server = await openServer()
    socket = await stalledClient(server)

    const ids = await submitMany(server, KEPT_EVENTS + 6 * BATCH)

    const seen: string[] = []
    let missed = 0
    for await (const frame of framesOf(socket)) {
      if (frame.data.type === 'events_missed') missed += frame.data.missed as number
      if (isTask(frame)) seen.push(frame.data.task_id as string)
      if (frame.data.task_id === ids.at(-1)) break
    }
    expect(missed).toBeGreaterThan(0)
    expect(seen.length + missed).toBe(ids.length)
    expect(seen.slice(-1000)).toEqual(ids.slice(-1000))
  }, 60_000)
})

describe('a client that goes away', () => {
  it.each([
    ['the events', '/api/events'],
    ['the progress of a task', '/api/v1/tasks/{id}/progress/stream'],
    ['the progress of several', '/api/v1/progress/stream?task_ids={id}'],
  ])('leaves nothing open of %s, whether anything happens or not', async (_what, path) => {
    const watched: Watched = { open: 0, pulled: [] }
    await using server = await openServer({ around: watching(watched) })
    const [id] = await submitMany(server, 1)
    const before = watched.open

    const clients = await Promise.all(
      Array.from({ length: 20 }, () => readEvents(`${server.url}${path.replace('{id}', id!)}`)),
    )
    expect(watched.open).toBe(before + clients.length)
    for (const client of clients) await client[Symbol.asyncDispose]()

    await expect.poll(() => watched.open, { timeout: 20_000 }).toBe(before)
  })
})
