import { type BrokerErrorCode, isBrokerError } from '../../../shared/domain/errors.ts'
import type { ErrorShape } from '../../http/error-shapes.ts'
import { HttpRefusal } from '../../http/refusal.ts'
import type { OperationHandler } from '../dialect.ts'
import { ASYNQ_OPERATIONS } from './wire.ts'

/** The document's codes, and the domain's own word where it has none. */
const ASYNQ_ERRORS = {
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
  INVALID_STATE: { status: 409, code: 'INVALID_REQUEST' },
  LEASE_LOST: { status: 409, code: 'INVALID_REQUEST' },
  NOT_SUPPORTED: { status: 501, code: 'NOT_SUPPORTED' },
  UNAUTHORIZED: { status: 401, code: 'UNAUTHORIZED' },
  FORBIDDEN: { status: 403, code: 'FORBIDDEN' },
  RATE_LIMITED: { status: 429, code: 'RATE_LIMITED' },
  SERVICE_UNAVAILABLE: { status: 503, code: 'SERVICE_UNAVAILABLE' },
  INTERNAL_ERROR: { status: 500, code: 'INTERNAL_ERROR' },
} as const satisfies Record<BrokerErrorCode, { status: number; code: string }>

export const asynqErrorShape: ErrorShape = {
  prefixes: ['/api/v1', '/health', '/ready', '/live'],
  operations: ASYNQ_OPERATIONS,
  errors: ASYNQ_ERRORS,
  toBody: ({ code, message, details }) => ({ error: message, code, details: snakeCaseKeys(details ?? {}) }),
}

/** `camelCase` of the domain as `snake_case` of the wire; values stay. */
function snakeCaseKeys(details: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(details).map(([key, value]) => [
      key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value,
    ]),
  )
}

/**
 * Gives an operation the code the document lists for its failure: 409 when the task's state forbids it,
 * 500 when something broke. Other refusals keep their own.
 */
export function failingAs(code: string, handler: OperationHandler): OperationHandler {
  return async (request, reply) => {
    try {
      return await handler(request, reply)
    } catch (error) {
      if (isBrokerError(error, 'INVALID_STATE'))
        throw new HttpRefusal({ status: 409, code, message: error.message, details: error.details })
      if (isBrokerError(error) && error.code !== 'INTERNAL_ERROR') throw error
      if (error instanceof HttpRefusal) throw error
      throw new HttpRefusal(
        { status: 500, code, message: 'Something went wrong inside the server; its log says more.' },
        { cause: error },
      )
    }
  }
}
