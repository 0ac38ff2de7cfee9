import { isBrokerError } from '../../../shared/domain/errors.ts'
import { type ErrorShape, PLAIN_ERRORS } from '../../http/error-shapes.ts'
import { HttpRefusal } from '../../http/refusal.ts'
import type { OperationHandler } from '../dialect.ts'
import { snakeCaseKeys } from '../snake-case.ts'
import { ASYNQ_OPERATIONS } from './wire.ts'

/** The document's codes, and the domain's own word where it has none. */
const ASYNQ_ERRORS: ErrorShape['errors'] = {
  ...PLAIN_ERRORS,
  INVALID_STATE: { status: 409, code: 'INVALID_REQUEST' },
  LEASE_LOST: { status: 409, code: 'INVALID_REQUEST' },
}

export const asynqErrorShape: ErrorShape = {
  prefixes: ['/api/v1', '/health', '/ready', '/live'],
  operations: ASYNQ_OPERATIONS,
  errors: ASYNQ_ERRORS,
  toBody: ({ code, message, details }) => ({ error: message, code, details: snakeCaseKeys(details ?? {}) }),
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
