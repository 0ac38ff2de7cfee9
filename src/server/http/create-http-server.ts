import Fastify, { type FastifyInstance } from 'fastify'
import { randomUUID } from 'node:crypto'
import type { AddressInfo, Socket } from 'node:net'
import type { Logger } from 'pino'
import { MAX_BODY_BYTES } from '../../shared/domain/limits.ts'
import { answerErrors, sendProblem } from './answer-errors.ts'
import { attachErrorShapes } from './error-shapes.ts'
import { attachEventStreams, type Every, systemEvery } from './event-stream.ts'
import { createGate, type GateOptions } from './gate.ts'
import { createHostNames } from './host-names.ts'
import { readOnlyJsonBodies } from './read-json-body.ts'
import { toProblem } from './to-problem.ts'

export interface HttpServerOptions {
  readonly logger: Logger
  readonly gate: GateOptions
  /** Time of the keep-alive comments in event streams. */
  readonly every?: Every | undefined
}

const HEADERS_TIMEOUT_MS = 5000
const REQUEST_TIMEOUT_MS = 10_000
/** How often the two above are looked at; a connection outlives its limit by at most this. */
const CHECK_EVERY_MS = 1000
const KEEP_ALIVE_TIMEOUT_MS = 10_000
/** A connection on which nothing moves; longer than the pause between two signs of life in a stream. */
const IDLE_SOCKET_MS = 60_000
/** After this, closing the server cuts what is still open. */
const CLOSE_GRACE_MS = 2000
const MAX_HEADER_BYTES = 16_384

/**
 * One HTTP server: a Fastify that has the gate before every route, JSON bodies within limits, errors
 * in the shape of the dialect that owns the address, and event streams that end with it. One a listener.
 *
 * A route that may take longer than a minute without a byte must lift the limit of its own socket.
 */
export function createHttpServer({
  logger,
  gate: gateOptions,
  every = systemEvery,
}: HttpServerOptions): FastifyInstance {
  const hostNames = createHostNames(gateOptions.hostNames ?? [])
  const gate = createGate(gateOptions, hostNames)

  const app = Fastify({
    // A child logger for every request costs more than the request; failures are logged where they are answered.
    logger: false,
    genReqId: () => `req-${randomUUID()}`,
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    connectionTimeout: IDLE_SOCKET_MS,
    return503OnClosing: false,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: MAX_HEADER_BYTES },
    http: {
      headersTimeout: HEADERS_TIMEOUT_MS,
      connectionsCheckingInterval: CHECK_EVERY_MS,
      maxHeaderSize: MAX_HEADER_BYTES,
      // The gate answers a missing Host, in the dialect's shape.
      requireHostHeader: false,
    },
    // An address that cannot be decoded is answered before hooks run; the gate still comes first.
    frameworkErrors: (error, request, reply) => {
      const shape = shapes.shapeOf(request.url)
      const verdict = gate(request.raw)
      reply.header('x-content-type-options', 'nosniff')
      sendProblem(
        reply,
        shape,
        verdict.kind === 'refused' ? verdict.problem : toProblem(error, shape),
        request.url,
      )
    },
    clientErrorHandler: answerGarbage,
  })

  const shapes = attachErrorShapes(app)
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-content-type-options', 'nosniff')
    const verdict = gate(request.raw)
    if (verdict.headers !== null) reply.headers(verdict.headers)
    if (verdict.kind === 'pass') done()
    else if (verdict.kind === 'preflight') reply.code(204).send()
    else sendProblem(reply, shapes.shapeOf(request.url), verdict.problem, request.url)
  })

  app.server.on('listening', () => hostNames.listenOn(app.server.address() as AddressInfo))
  readOnlyJsonBodies(app)
  answerErrors(app, shapes, logger)
  attachEventStreams(app, {
    every,
    onFailure: (error) => logger.error({ err: error }, 'an event stream broke off'),
  })
  cutConnectionsAfterGrace(app)
  return app
}

/** What is no HTTP, too large in its headers or too slow: a short answer, and the connection is closed. */
function answerGarbage(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const [status, message] =
    error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
      ? ['408 Request Timeout', 'The request took too long to arrive.']
      : error.code === 'HPE_HEADER_OVERFLOW'
        ? ['431 Request Header Fields Too Large', 'The headers are too large.']
        : ['400 Bad Request', 'This is not a valid HTTP request.']
  const body = JSON.stringify({ error: { code: 'INVALID_REQUEST', message, details: {} } })
  socket.end(
    `HTTP/1.1 ${status}\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\n` +
      `X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n${body}`,
  )
}

function cutConnectionsAfterGrace(app: FastifyInstance): void {
  let cut: NodeJS.Timeout | undefined
  app.addHook('preClose', (done) => {
    cut = setTimeout(() => app.server.closeAllConnections(), CLOSE_GRACE_MS).unref()
    done()
  })
  app.addHook('onClose', (_app, done) => {
    clearTimeout(cut)
    done()
  })
}
