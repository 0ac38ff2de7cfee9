import type { Clock } from '../../../shared/domain/clock.ts'
import { type ErrorShape, PLAIN_ERRORS } from '../../http/error-shapes.ts'
import { isoInstant } from '../instant.ts'

/** The document shows one code and lists the statuses; the others are the domain's own words. */
const DTQS_ERRORS: ErrorShape['errors'] = {
  ...PLAIN_ERRORS,
  INVALID_TASK_TYPE: { status: 400, code: 'INVALID_REQUEST' },
  INVALID_PAYLOAD: { status: 400, code: 'INVALID_REQUEST' },
  INVALID_TIMEOUT: { status: 400, code: 'INVALID_REQUEST' },
  INVALID_PROCESS_AT: { status: 400, code: 'INVALID_REQUEST' },
  INVALID_UNIQUE: { status: 400, code: 'INVALID_REQUEST' },
}

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
