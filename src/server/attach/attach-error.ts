import type { AttachProblem } from '../../shared/domain/connection.ts'
import { BrokerError } from '../../shared/domain/errors.ts'

/** Component named by SERVICE_UNAVAILABLE when it is an attached server that is not available. */
const REMOTE_COMPONENT = 'remote_connections'

/** A refusal that comes from the way to an attached server, not from its broker. The message says what to do. */
export class AttachError extends BrokerError<'SERVICE_UNAVAILABLE' | 'UNAUTHORIZED' | 'FORBIDDEN'> {
  readonly problem: AttachProblem
  /** The same question may be answered a moment later. Says nothing of whether a write has happened. */
  readonly isPassing: boolean
  /** The request has surely not arrived: nothing of it has happened. */
  readonly isUnsent: boolean
  /** How long the server asks to be left alone, in milliseconds; null when it has not said. */
  readonly retryAfterMs: number | null

  constructor(
    problem: AttachProblem,
    message: string,
    {
      isPassing,
      isUnsent = false,
      retryAfterMs = null,
    }: { isPassing?: boolean; isUnsent?: boolean; retryAfterMs?: number | null } = {},
  ) {
    if (problem === 'refused') super('UNAUTHORIZED', message, {})
    else super('SERVICE_UNAVAILABLE', message, { component: REMOTE_COMPONENT })
    this.name = 'AttachError'
    this.problem = problem
    this.isUnsent = isUnsent
    this.retryAfterMs = retryAfterMs
    this.isPassing = isPassing ?? (problem === 'unreachable' || problem === 'failing')
  }
}

export function isAttachError(error: unknown, ...problems: readonly AttachProblem[]): error is AttachError {
  return error instanceof AttachError && (problems.length === 0 || problems.includes(error.problem))
}

const NETWORK_WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'it closed the connection',
  EPIPE: 'it closed the connection',
  UND_ERR_SOCKET: 'it closed the connection',
  ENOTFOUND: 'no machine has that name',
  EAI_AGAIN: 'the name could not be looked up',
  EHOSTUNREACH: 'there is no way to that machine',
  ENETUNREACH: 'there is no way to that network',
  ETIMEDOUT: 'it did not answer in time',
  UND_ERR_CONNECT_TIMEOUT: 'it did not answer in time',
  UND_ERR_HEADERS_OVERFLOW: 'its headers are too large',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed; name its authority in NODE_EXTRA_CA_CERTS',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is self-signed; name its authority in NODE_EXTRA_CA_CERTS',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is of another name',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak https; try http',
}

const UNSENT: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])

/** What a request that got no answer failed of: in words for people, and whether it can have arrived. */
export function describeNetworkError(error: unknown): { readonly words: string; readonly isUnsent: boolean } {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth += 1) {
    const { code } = cause as NodeJS.ErrnoException
    if (code === undefined) continue
    if (Object.hasOwn(NETWORK_WORDS, code)) return { words: NETWORK_WORDS[code]!, isUnsent: UNSENT.has(code) }
    // llhttp, for what is no HTTP at all.
    if (code.startsWith('HPE_')) return { words: 'it does not speak HTTP', isUnsent: false }
    if (cause.cause === undefined) return { words: code, isUnsent: false }
  }
  const last = error instanceof Error && error.cause instanceof Error ? error.cause : error
  return { words: last instanceof Error ? last.message : String(last), isUnsent: false }
}
