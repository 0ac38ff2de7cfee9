import { ORPCError, ValidationError } from '@orpc/server'
import { BrokerError, isBrokerError, toRefusal } from '../../shared/domain/errors.ts'

/**
 * What the window is told of a failure: a refusal as `REFUSED` with its code, details and message;
 * input that does not fit the contract as the refusal `INVALID_REQUEST`; null for a bug, of which the
 * window is told nothing.
 */
export function toRpcError(error: unknown): ORPCError<string, unknown> | null {
  if (isBrokerError(error)) return refused(error)
  if (!(error instanceof ORPCError)) return null
  return error.cause instanceof ValidationError && error.code === 'BAD_REQUEST'
    ? refused(invalidInput(error.cause))
    : error
}

function refused(error: BrokerError): ORPCError<string, unknown> {
  const { code, message, details } = toRefusal(error)
  return new ORPCError('REFUSED', { defined: true, status: 422, message, data: { code, details } })
}

function invalidInput({ issues }: ValidationError): BrokerError {
  const [issue] = issues
  const path = (issue?.path ?? []).map((step) => String(typeof step === 'object' ? step.key : step)).join('.')
  return new BrokerError('INVALID_REQUEST', `${path || 'The input'}: ${issue?.message ?? 'is not valid'}`, {
    path: path || undefined,
  })
}
