import type { Clock } from '../../../shared/domain/clock.ts'
import type { BrokerErrorCode } from '../../../shared/domain/errors.ts'
import type { ErrorShape } from '../../http/error-shapes.ts'
import { isoInstant } from '../instant.ts'

/** The document shows one code and lists the statuses; the others are the domain's own words. */
const DTQS_ERRORS = {
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
  DUPLICATE_TASK: { status: 409, code: 'DUPLICATE_TASK' },
  INVALID_STATE: { status: 409, code: 'INVALID_STATE' },
  LEASE_LOST: { status: 409, code: 'LEASE_LOST' },
  NOT_SUPPORTED: { status: 501, code: 'NOT_SUPPORTED' },
  UNAUTHORIZED: { status: 401, code: 'UNAUTHORIZED' },
  FORBIDDEN: { status: 403, code: 'FORBIDDEN' },
  RATE_LIMITED: { status: 429, code: 'RATE_LIMITED' },
  SERVICE_UNAVAILABLE: { status: 503, code: 'SERVICE_UNAVAILABLE' },
  INTERNAL_ERROR: { status: 500, code: 'INTERNAL_ERROR' },
} as const satisfies Record<BrokerErrorCode, { status: number; code: string }>

/** @param clock for the instant that every refusal carries. */
export const createDtqsErrorShape = (
  clock: Pick<Clock, 'now'>,
  operations: readonly string[],
): ErrorShape => ({
  prefixes: ['/api/v1'],
  operations,
  errors: DTQS_ERRORS,
  toBody: ({ code, message }, _url, requestId) => ({
    detail: message,
    code,
    request_id: requestId,
    timestamp: isoInstant(clock.now()),
  }),
})
