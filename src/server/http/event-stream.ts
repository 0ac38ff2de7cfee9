import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ServerResponse } from 'node:http'

/** Runs `run` every `ms` milliseconds; what it answers stops that. Handed in, so that tests can fix time. */
export type Every = (ms: number, run: () => void) => () => void

/** The machine's own. Does not keep the program alive. */
export const systemEvery: Every = (ms, run) => {
  const timer = setInterval(run, ms).unref()
  return () => clearInterval(timer)
}

/** One answer of server-sent events. */
export interface EventStream {
  readonly isOpen: boolean
  /** Calls `listener` once the client or the server is done with it; at once when that is past. */
  onClose(listener: () => void): void
  /**
   * Writes frames (see {@link eventFrame}) and resolves when there is room for more, or it is closed:
   * whoever waits for that holds no more than one batch for a slow client.
   */
  write(frames: readonly string[]): Promise<void>
  end(): void
}

export interface EventStreams {
  /**
   * Sends the headers, lets `run` write, and ends the stream with it. What `run` throws is handed to
   * `onFailure`: after the headers there is no other answer.
   */
  answer(
    request: FastifyRequest,
    reply: FastifyReply,
    run: (stream: EventStream) => Promise<void>,
  ): Promise<void>
  /** How many are open now. */
  readonly count: number
  closeAll(): void
}

export interface EventStreamsOptions {
  readonly every: Every
  readonly onFailure: (error: unknown) => void
}

export const KEEP_ALIVE_MS = 15_000
const KEEP_ALIVE = ': keep-alive\n\n'
/** Frames are handed to the socket in pieces of about this size. */
const PIECE_CHARACTERS = 65_536

export interface EventFrame {
  /** One line. Named events do not reach an EventSource's `onmessage`. */
  readonly event?: string | undefined
  readonly id?: string | number | undefined
  readonly data: unknown
}

/** The data is one line of JSON; `id` comes last, so that the simplest readers find the other two. */
export function eventFrame({ event, id, data }: EventFrame): string {
  const name = event === undefined ? '' : `event: ${event}\n`
  return `${name}data: ${JSON.stringify(data)}\n${id === undefined ? '' : `id: ${id}\n`}\n`
}

/** What a reconnecting client says it saw last; null when it says nothing. */
export function lastEventId(request: FastifyRequest): string | null {
  const id = request.headers['last-event-id']
  return typeof id === 'string' && id !== '' ? id : null
}

function createEventStreams({ every, onFailure }: EventStreamsOptions): EventStreams {
  const open = new Set<ServerResponse>()
  let stopKeepAlive: (() => void) | null = null

  const keepAlive = () => {
    // A client that is behind needs no sign of life; more bytes would only pile up.
    for (const response of open) if (!response.writableNeedDrain) response.write(KEEP_ALIVE)
  }
  const forget = (response: ServerResponse) => {
    open.delete(response)
    if (open.size > 0) return
    stopKeepAlive?.()
    stopKeepAlive = null
  }

  return {
    get count() {
      return open.size
    },
    async answer(request, reply, run) {
      reply.hijack()
      const response = reply.raw
      response.writeHead(200, {
        ...(reply.getHeaders() as Record<string, string>),
        'content-type': 'text/event-stream',
        'cache-control': 'no-cache',
        'x-accel-buffering': 'no',
      })
      if (request.method === 'HEAD') {
        response.end()
        return
      }
      response.flushHeaders()
      open.add(response)
      stopKeepAlive ??= every(KEEP_ALIVE_MS, keepAlive)
      const stream = streamOver(response)
      stream.onClose(() => forget(response))
      try {
        await run(stream)
      } catch (error) {
        onFailure(error)
      } finally {
        stream.end()
      }
    },
    closeAll() {
      for (const response of open) response.end()
    },
  }
}

function streamOver(response: ServerResponse): EventStream {
  const isOpen = () => !response.destroyed && !response.writableEnded
  return {
    get isOpen() {
      return isOpen()
    },
    onClose(listener) {
      if (!isOpen()) listener()
      else {
        let isTold = false
        const tell = () => {
          if (isTold) return
          isTold = true
          listener()
        }
        // `finish` when the server ended it, `close` when the client left first.
        response.once('finish', tell).once('close', tell)
      }
    },
    async write(frames) {
      let piece = ''
      for (const frame of frames) {
        piece += frame
        if (piece.length < PIECE_CHARACTERS) continue
        if (!isOpen()) return
        if (!response.write(piece)) await roomIn(response)
        piece = ''
      }
      if (piece !== '' && isOpen() && !response.write(piece)) await roomIn(response)
    },
    end() {
      if (isOpen()) response.end()
    },
  }
}

function roomIn(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    if (response.destroyed) {
      resolve()
      return
    }
    const done = () => {
      response.off('drain', done).off('close', done)
      resolve()
    }
    response.on('drain', done).on('close', done)
  })
}

const DECORATOR = 'eventStreams'

/** Streams of `app` end when it closes, or it would wait for them. */
export function attachEventStreams(app: FastifyInstance, options: EventStreamsOptions): void {
  const streams = createEventStreams(options)
  app.decorate(DECORATOR, streams)
  app.addHook('preClose', (done) => {
    streams.closeAll()
    done()
  })
}

/** Answers a request with a stream of events, open for as long as `run` and no longer. */
export async function answerWithEvents(
  request: FastifyRequest,
  reply: FastifyReply,
  run: (stream: EventStream) => Promise<void>,
): Promise<FastifyReply> {
  await request.server.getDecorator<EventStreams>(DECORATOR).answer(request, reply, run)
  return reply
}
