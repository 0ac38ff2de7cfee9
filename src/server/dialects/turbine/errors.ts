import { type ErrorShape, PLAIN_ERRORS } from '../../http/error-shapes.ts'
import { snakeCaseKeys } from '../snake-case.ts'
import { errorEnvelope, TURBINE_OPERATIONS, wantsEnvelope } from './wire.ts'

/** The document's six codes, and the domain's own word where it has none. */
const TURBINE_ERRORS: ErrorShape['errors'] = {
  ...PLAIN_ERRORS,
  INVALID_TASK_TYPE: { status: 400, code: 'INVALID_REQUEST' },
  INVALID_PAYLOAD: { status: 400, code: 'INVALID_REQUEST' },
  INVALID_TIMEOUT: { status: 400, code: 'INVALID_REQUEST' },
  INVALID_PROCESS_AT: { status: 400, code: 'INVALID_REQUEST' },
  INVALID_UNIQUE: { status: 400, code: 'INVALID_REQUEST' },
  DUPLICATE_TASK: { status: 409, code: 'INVALID_REQUEST' },
  INVALID_STATE: { status: 409, code: 'INVALID_REQUEST' },
  LEASE_LOST: { status: 409, code: 'INVALID_REQUEST' },
}

export const turbineErrorShape: ErrorShape = {
  prefixes: ['/api'],
  operations: TURBINE_OPERATIONS,
  errors: TURBINE_ERRORS,
  toBody: ({ code, message, details }, url) =>
    wantsEnvelope(url)
      ? errorEnvelope(message)
      : { error: { code, message, details: snakeCaseKeys(details ?? {}) } },
}
