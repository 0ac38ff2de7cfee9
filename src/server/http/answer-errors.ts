import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { IncomingMessage } from 'node:http'
import type { Logger } from 'pino'
import { type ErrorShape, type ErrorShapes, pathOf } from './error-shapes.ts'
import { HttpRefusal, type Problem } from './refusal.ts'
import { toProblem } from './to-problem.ts'

/** How much of a refused body is read and thrown away, so that its sender gets to read the answer. */
const DISCARD_BYTES = 16 * 1_048_576

/** Every answer that is no success takes the shape of the dialect that owns the address. */
export function answerErrors(app: FastifyInstance, shapes: ErrorShapes, logger: Logger): void {
  app.setErrorHandler(async (error, request, reply) => {
    const shape = shapes.shapeOf(request.url)
    const problem = toProblem(error, shape)
    if (problem.status >= 500 && problem.status !== 503) logFailure(logger, error, request)
    if (problem.status === 413) await discardBody(request.raw)
    return sendProblem(reply, shape, problem, request.url)
  })
  app.setNotFoundHandler((request, reply) => {
    const shape = shapes.shapeOf(request.url)
    return sendProblem(reply, shape, whyNotFound(shape, request), request.url)
  })
}

export function sendProblem(
  reply: FastifyReply,
  shape: ErrorShape,
  problem: Problem,
  url: string,
): FastifyReply {
  if (problem.headers !== undefined) void reply.headers(problem.headers)
  return reply
    .code(problem.status)
    .type('application/json; charset=utf-8')
    .send(JSON.stringify(shape.toBody(problem, url, reply.request.id)))
}

/** A bug is logged once, here; a refusal made of one names it as its cause. */
function logFailure(logger: Logger, error: unknown, { id, method, url }: FastifyRequest): void {
  const cause = error instanceof HttpRefusal ? (error.cause ?? error) : error
  logger.error({ err: cause, requestId: id, method, path: pathOf(url) }, 'a request failed')
}

function whyNotFound(shape: ErrorShape, { method, url }: FastifyRequest): Problem {
  const path = pathOf(url)
  const methods = shape.operations.flatMap((operation) => {
    const [allowed, pattern] = operation.split(' ') as [string, string]
    return matches(pathOf(pattern), path) ? [allowed] : []
  })
  if (methods.length === 0)
    return { status: 404, code: 'NOT_FOUND', message: `There is nothing at '${path || '/'}'.` }
  const allow = methods.includes('GET') ? [...methods, 'HEAD'] : methods
  return {
    status: 405,
    code: 'INVALID_REQUEST',
    message: `'${path}' does not take ${method}; it takes ${allow.join(', ')}.`,
    headers: { allow: allow.join(', ') },
  }
}

function matches(pattern: string, path: string): boolean {
  const wanted = pattern.split('/')
  const given = path.split('/')
  return (
    wanted.length === given.length &&
    wanted.every((part, index) => (part.startsWith(':') ? given[index] !== '' : part === given[index]))
  )
}

/** Resolves when the body is over, the client is gone, or it is too much. The request's time limit holds. */
function discardBody(request: IncomingMessage): Promise<void> {
  return new Promise((resolve) => {
    let bytes = 0
    const stop = () => {
      request.off('data', count).off('end', stop).off('close', stop).off('error', stop)
      resolve()
    }
    const count = (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > DISCARD_BYTES) stop()
    }
    if (
      request.readableEnded ||
      request.destroyed ||
      Number(request.headers['content-length'] ?? 0) > DISCARD_BYTES
    ) {
      resolve()
      return
    }
    request.on('data', count).on('end', stop).on('close', stop).on('error', stop)
    request.resume()
  })
}
