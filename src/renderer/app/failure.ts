import { ORPCError } from '@orpc/client'

/** What a failed call has to say to a person. */
export interface Failure {
  /** A `BrokerErrorCode` when the broker refused, `UNREACHABLE` when it could not be asked. */
  readonly code: string
  readonly message: string
  /** Whether asking again may help. */
  readonly isTemporary: boolean
}

const TEMPORARY_CODES: ReadonlySet<string> = new Set([
  'SERVICE_UNAVAILABLE',
  'RATE_LIMITED',
  'INTERNAL_ERROR',
  'UNREACHABLE',
])

/** Turns what a call threw into words. The broker's own refusals say what to do; they pass unchanged. */
export function describeFailure(error: unknown): Failure {
  if (error instanceof ORPCError) {
    const code = refusalCode(error.data) ?? error.code
    return { code, message: error.message, isTemporary: TEMPORARY_CODES.has(code) }
  }
  return {
    code: 'UNREACHABLE',
    message: 'The broker does not answer. It is asked again as soon as the connection is back.',
    isTemporary: true,
  }
}

/** A refusal carries its code as `data`, as the contract says; anything else is somebody else's error. */
function refusalCode(data: unknown): string | null {
  if (typeof data !== 'object' || data === null || !('code' in data)) return null
  return typeof data.code === 'string' ? data.code : null
}
