import type { BrokerErrorCode } from '../../../shared/domain/errors.ts'
import type { ErrorShape } from '../../http/error-shapes.ts'
import { errorEnvelope, snakeCaseKeys, TURBINE_OPERATIONS, wantsEnvelope } from './wire.ts'

/** The document's six codes, and the domain's own word where it has none. */
const TURBINE_ERRORS = {
  TASK_NOT_FOUND: { status: 404, code: 'TASK_NOT_FOUND' },
  QUEUE_NOT_FOUND: { status: 404, code: 'QUEUE_NOT_FOUND' },
  WORKER_NOT_FOUND: { status: 404, code: 'WORKER_NOT_FOUND' },
  WORKFLOW_NOT_FOUND: { status: 404, code: 'WORKFLOW_NOT_FOUND' },
  SCHEDULE_NOT_FOUND: { status: 404, code: 'SCHEDULE_NOT_FOUND' },
  OPERATION_NOT_FOUND: { status: 404, code: 'OPERATION_NOT_FOUND' },
  ALERT_NOT_FOUND: { status: 404, code: 'ALERT_NOT_FOUND' },
  INVALID_REQUEST: { status: 400, code: 'INVALID_REQUEST' },
  INVALID_TASK_TYPE: { status: 400, code: 'INVALID_REQUEST' },
  INVALID_PAYLOAD: { status: 400, code: 'INVALID_REQUEST' },
  INVALID_TIMEOUT: { status: 400, code: 'INVALID_REQUEST' },
  INVALID_PROCESS_AT: { status: 400, code: 'INVALID_REQUEST' },
  INVALID_UNIQUE: { status: 400, code: 'INVALID_REQUEST' },
  DUPLICATE_TASK: { status: 409, code: 'INVALID_REQUEST' },
  INVALID_STATE: { status: 409, code: 'INVALID_REQUEST' },
  LEASE_LOST: { status: 409, code: 'INVALID_REQUEST' },
  NOT_SUPPORTED: { status: 501, code: 'NOT_SUPPORTED' },
  UNAUTHORIZED: { status: 401, code: 'UNAUTHORIZED' },
  FORBIDDEN: { status: 403, code: 'FORBIDDEN' },
  RATE_LIMITED: { status: 429, code: 'RATE_LIMITED' },
  SERVICE_UNAVAILABLE: { status: 503, code: 'SERVICE_UNAVAILABLE' },
  INTERNAL_ERROR: { status: 500, code: 'INTERNAL_ERROR' },
} as const satisfies Record<BrokerErrorCode, { status: number; code: string }>

export const turbineErrorShape: ErrorShape = {
  prefixes: ['/api'],
  operations: TURBINE_OPERATIONS,
  errors: TURBINE_ERRORS,
  toBody: ({ code, message, details }, url) =>
    wantsEnvelope(url)
      ? errorEnvelope(message)
      : { error: { code, message, details: snakeCaseKeys(details ?? {}) } },
}
