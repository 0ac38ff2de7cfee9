import { AttachError, describeNetworkError } from './attach-error.ts'
import { limitBody, readText } from './read-body.ts'
import { formatRemoteAddress, type RemoteAddress } from './remote-address.ts'

/** What one request may cost. */
export interface RemoteLimits {
  /** From the start of the request to its last byte; of a stream, to its headers. */
  readonly totalMs: number
  /** Most bytes of an answer, decompressed. Streams have none, but see `limitEvents`. */
  readonly maxBytes: number
  /** Longest silence of a stream. */
  readonly idleMs: number
}

export const DEFAULT_REMOTE_LIMITS: RemoteLimits = { totalMs: 15_000, maxBytes: 67_108_864, idleMs: 45_000 }

export interface RemoteRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below the base path, with its query: `/api/tasks?limit=5`. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** JSON text. */
  readonly body?: string | undefined
  /** Ends it from outside. */
  readonly signal?: AbortSignal | undefined
  /** Instead of the connection's own, for this one. */
  readonly limits?: Partial<RemoteLimits> | undefined
}

export interface RemoteAnswer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

export interface RemoteStream {
  readonly status: number
  readonly headers: Headers
  readonly body: ReadableStream<Uint8Array>
}

export interface RemoteHttp {
  readonly address: RemoteAddress
  /** The whole answer, whatever its status. @throws AttachError */
  request(request: RemoteRequest): Promise<RemoteAnswer>
  /** An answer that goes on, once its headers are there. Cancel its body to end it. @throws AttachError */
  open(request: RemoteRequest): Promise<RemoteStream>
  /** Ends every request under way, and refuses new ones. */
  close(): void
}

export interface RemoteHttpOptions {
  readonly address: RemoteAddress
  readonly apiKey: string | null
  readonly limits?: Partial<RemoteLimits> | undefined
}

const MOST_REDIRECTS = 3
const MAX_REDIRECTED_TO_SHOWN = 200

/**
 * HTTP to one attached server, and to no other: time and size of every answer are limited, a redirect
 * inside the origin is followed for GET alone, one that leads out of it is refused, so the key stays there.
 */
export function createRemoteHttp({ address, apiKey, limits: own }: RemoteHttpOptions): RemoteHttp {
  const ownLimits = { ...DEFAULT_REMOTE_LIMITS, ...own }
  const shown = formatRemoteAddress(address)
  const underWay = new Set<AbortController>()
  let isClosed = false

  const headersOf = (request: RemoteRequest): Record<string, string> => ({
    accept: 'application/json',
    'user-agent': 'penstock',
    ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
    ...request.headers,
    ...(apiKey === null ? {} : { authorization: `Bearer ${apiKey}` }),
  })

  /** Follows redirects as far as they may be followed. */
  async function send(request: RemoteRequest, signal: AbortSignal): Promise<Response> {
    let url = new URL(`${shown}${request.path}`)
    for (let redirects = 0; ; redirects += 1) {
      if (url.origin !== address.origin) throw leadsElsewhere(shown, url)
      const response = await fetch(url.href, {
        method: request.method,
        headers: headersOf(request),
        body: request.body ?? null,
        redirect: 'manual',
        signal,
      })
      const location = response.headers.get('location')
      if (response.status < 300 || response.status > 399 || location === null) return response
      await response.body?.cancel()
      const target = URL.parse(location, url.href)
      if (target === null || target.origin !== address.origin) throw leadsElsewhere(shown, target)
      if (request.method !== 'GET' || redirects === MOST_REDIRECTS)
        throw new AttachError('bad_answer', `${shown} redirects to ${short(target)}; attach to that address.`)
      url = target
    }
  }

  /** Starts the clock of a request; `settle` must be called once it is over. */
  function begin(request: RemoteRequest) {
    if (isClosed) throw new AttachError('unreachable', `The connection to ${shown} is closed.`, NOT_PASSING)
    const limits = { ...ownLimits, ...request.limits }
    const controller = new AbortController()
    let isLate = false
    const timer = setTimeout(() => {
      isLate = true
      controller.abort()
    }, limits.totalMs)
    const abort = () => controller.abort()
    request.signal?.addEventListener('abort', abort, { once: true })
    if (request.signal?.aborted === true) abort()
    underWay.add(controller)
    const settle = () => {
      clearTimeout(timer)
      request.signal?.removeEventListener('abort', abort)
      underWay.delete(controller)
    }
    const toError = (error: unknown): unknown => {
      if (error instanceof AttachError) return error
      if (isLate)
        return new AttachError('unreachable', `${shown} did not answer within ${limits.totalMs / 1000} s.`)
      if (controller.signal.aborted)
        return new AttachError('unreachable', `The request to ${shown} was ended here.`, NOT_PASSING)
      const { words, isUnsent } = describeNetworkError(error)
      return new AttachError('unreachable', `${shown} cannot be reached: ${words}.`, { isUnsent })
    }
    return { limits, controller, timer, settle, toError }
  }

  return {
    address,
    async request(request) {
      const { limits, controller, settle, toError } = begin(request)
      try {
        const response = await send(request, controller.signal)
        const text = await readText(response.body, limits.maxBytes, shown)
        return { status: response.status, headers: response.headers, text }
      } catch (error) {
        const failure = toError(error)
        // What is left of an answer that was refused is not read.
        controller.abort()
        throw failure
      } finally {
        settle()
      }
    },
    async open(request) {
      const { limits, controller, timer, settle, toError } = begin(request)
      try {
        const { status, headers, body } = await send(request, controller.signal)
        clearTimeout(timer)
        const stream = body ?? new Blob([]).stream()
        const limited = limitBody(stream, { idleMs: limits.idleMs, toError, onEnd: settle, shown })
        return { status, headers, body: limited }
      } catch (error) {
        const failure = toError(error)
        controller.abort()
        settle()
        throw failure
      }
    },
    close() {
      isClosed = true
      for (const controller of underWay) controller.abort()
    },
  }
}

const NOT_PASSING = { isPassing: false }

/** Of a remote's own making, so cut short and without what could be a secret. */
const short = ({ origin, pathname }: URL) => `${origin}${pathname}`.slice(0, MAX_REDIRECTED_TO_SHOWN)

function leadsElsewhere(shown: string, target: URL | null): AttachError {
  const where = target === null ? 'nowhere' : short(target)
  return new AttachError(
    'bad_answer',
    `${shown} redirects to ${where}, another server, and is not followed. If that is the one you mean, attach to it.`,
  )
}
