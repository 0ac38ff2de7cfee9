import type { FastifyError } from 'fastify'
import { type BrokerError, isBrokerError } from '../../shared/domain/errors.ts'
import type { ErrorShape } from './error-shapes.ts'
import { HttpRefusal, invalidRequest, type Problem } from './refusal.ts'

const INTERNAL: Problem = {
  status: 500,
  code: 'INTERNAL_ERROR',
  message:
    'Something went wrong inside the server; its log says more. The request may or may not have had its effect.',
}

/** Framework errors whose own words would not help. */
const FRAMEWORK_MESSAGES: Readonly<Record<string, string>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'The body is too large: at most 1 MB (1048576 bytes) is read.',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: "The body must be JSON: send 'Content-Type: application/json'.",
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'The body is not as long as Content-Length says.',
  FST_ERR_BAD_URL: 'The address is not valid: a % in it must be followed by two hexadecimal digits of UTF-8.',
}

/** What to answer for anything thrown on the way to an answer. A bug says nothing of itself. */
export function toProblem(error: unknown, { errors }: ErrorShape): Problem {
  if (error instanceof HttpRefusal) return error.problem
  if (isBrokerError(error)) {
    const { status, code } = errors[error.code]
    return { status, code, message: error.message, details: error.details, headers: headersOf(error) }
  }
  const { code, statusCode, message } = error as Partial<FastifyError>
  if (code?.startsWith('FST_') === true && statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return invalidRequest(FRAMEWORK_MESSAGES[code] ?? message ?? 'The request is not valid.', statusCode)
  // The client hung up or sent garbage in the middle of its body.
  if (statusCode === 400) return invalidRequest('The request ended before its body did.')
  return INTERNAL
}

function headersOf(error: BrokerError): Readonly<Record<string, string>> | undefined {
  if (error.code !== 'RATE_LIMITED' || !('retryAfterMs' in error.details)) return undefined
  return { 'retry-after': String(Math.ceil(error.details.retryAfterMs / 1000)) }
}
