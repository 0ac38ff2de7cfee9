import type { FastifyInstance } from 'fastify'
import type { BrokerErrorCode } from '../../shared/domain/errors.ts'
import type { Problem } from './refusal.ts'

/** What a face answers when it does not answer with success. */
export interface ErrorShape {
  /** Paths it answers for: each stands for itself and everything below it. No trailing slash. */
  readonly prefixes: readonly string[]
  /** Its routes as `METHOD /path/:parameter`; the path of one, asked with another method, is 405. */
  readonly operations: readonly string[]
  /** Status and documented word of every refusal of the broker. */
  readonly errors: Readonly<Record<BrokerErrorCode, { readonly status: number; readonly code: string }>>
  /**
   * @param url path and query of the request, as it came.
   * @param requestId of this request alone, and of its lines in the log.
   */
  toBody(problem: Problem, url: string, requestId: string): object
}

/** The domain's own words, for a face whose document has none. */
export const PLAIN_ERRORS: ErrorShape['errors'] = {
  TASK_NOT_FOUND: { status: 404, code: 'TASK_NOT_FOUND' },
  QUEUE_NOT_FOUND: { status: 404, code: 'QUEUE_NOT_FOUND' },
  WORKER_NOT_FOUND: { status: 404, code: 'WORKER_NOT_FOUND' },
  WORKFLOW_NOT_FOUND: { status: 404, code: 'WORKFLOW_NOT_FOUND' },
  SCHEDULE_NOT_FOUND: { status: 404, code: 'SCHEDULE_NOT_FOUND' },
  OPERATION_NOT_FOUND: { status: 404, code: 'OPERATION_NOT_FOUND' },
  ALERT_NOT_FOUND: { status: 404, code: 'ALERT_NOT_FOUND' },
  INVALID_REQUEST: { status: 400, code: 'INVALID_REQUEST' },
  INVALID_TASK_TYPE: { status: 400, code: 'INVALID_TASK_TYPE' },
  INVALID_PAYLOAD: { status: 400, code: 'INVALID_PAYLOAD' },
  INVALID_TIMEOUT: { status: 400, code: 'INVALID_TIMEOUT' },
  INVALID_PROCESS_AT: { status: 400, code: 'INVALID_PROCESS_AT' },
  INVALID_UNIQUE: { status: 400, code: 'INVALID_UNIQUE' },
  DUPLICATE_TASK: { status: 409, code: 'DUPLICATE_TASK' },
  INVALID_STATE: { status: 409, code: 'INVALID_STATE' },
  LEASE_LOST: { status: 409, code: 'LEASE_LOST' },
  NOT_SUPPORTED: { status: 501, code: 'NOT_SUPPORTED' },
  UNAUTHORIZED: { status: 401, code: 'UNAUTHORIZED' },
  FORBIDDEN: { status: 403, code: 'FORBIDDEN' },
  RATE_LIMITED: { status: 429, code: 'RATE_LIMITED' },
  SERVICE_UNAVAILABLE: { status: 503, code: 'SERVICE_UNAVAILABLE' },
  INTERNAL_ERROR: { status: 500, code: 'INTERNAL_ERROR' },
}

const GENERAL: ErrorShape = {
  prefixes: [],
  operations: [],
  errors: PLAIN_ERRORS,
  toBody: ({ code, message, details }) => ({ error: { code, message, details: details ?? {} } }),
}

/** Which shape answers which part of the address space of one server. */
export interface ErrorShapes {
  /** Shapes with a prefix in common answer there together. */
  add(shape: ErrorShape): void
  /** The shape with the longest prefix of the address; a general one when nobody owns it. */
  shapeOf(url: string): ErrorShape
}

export function createErrorShapes(): ErrorShapes {
  const byPrefix = new Map<string, ErrorShape>()
  return {
    add(shape) {
      for (const prefix of shape.prefixes) {
        const owner = byPrefix.get(prefix)
        byPrefix.set(prefix, owner === undefined ? shape : together(owner, shape))
      }
    },
    shapeOf(url) {
      let path = pathOf(url)
      while (path.length > 0) {
        const shape = byPrefix.get(path)
        if (shape !== undefined) return shape
        path = path.slice(0, path.lastIndexOf('/'))
      }
      return GENERAL
    },
  }
}

/** Of two dialects with one prefix: the routes and the fields of both; the first has the words. */
function together(first: ErrorShape, second: ErrorShape): ErrorShape {
  return {
    prefixes: first.prefixes,
    operations: [...new Set([...first.operations, ...second.operations])],
    errors: first.errors,
    toBody: (problem, ...request) => ({
      ...second.toBody(problem, ...request),
      ...first.toBody(problem, ...request),
    }),
  }
}

/** Path of an address without its query and without a trailing slash. */
export function pathOf(url: string): string {
  const end = url.search(/[?#]/)
  const path = end === -1 ? url : url.slice(0, end)
  return path.endsWith('/') ? path.slice(0, -1) : path
}

const DECORATOR = 'errorShapes'

export function attachErrorShapes(app: FastifyInstance): ErrorShapes {
  const shapes = createErrorShapes()
  app.decorate(DECORATOR, shapes)
  return shapes
}

/** Makes `shape` answer for its prefixes on this server. */
export function addErrorShape(app: FastifyInstance, shape: ErrorShape): void {
  app.getDecorator<ErrorShapes>(DECORATOR).add(shape)
}
