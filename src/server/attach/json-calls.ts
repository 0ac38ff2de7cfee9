import type * as z from 'zod'
import type { BrokerError } from '../../shared/domain/errors.ts'
import type { Json } from '../../shared/domain/json.ts'
import { AttachError } from './attach-error.ts'
import type { AttachOptions } from './attach-options.ts'
import { createCallRules } from './call-rules.ts'
import type { Newcomer } from './first-answer.ts'
import { gateErrorOf } from './gate-error.ts'
import { checkAnswer, parseAnswerJson } from './parse-answer.ts'
import { readText as readBody } from './read-body.ts'
import { type RemoteEvent, readRemoteEventBatches } from './read-remote-events.ts'
import { formatRemoteAddress, parseRemoteAddress } from './remote-address.ts'
import {
  createRemoteHttp,
  type RemoteAnswer,
  type RemoteHttp,
  type RemoteLimits,
  type RemoteRequest,
} from './remote-http.ts'
import { readRetryAfterMs } from './retry-after.ts'

export type Query = Readonly<Record<string, string | number | boolean | undefined>>

/** A question, or something to be done; it is a GET unless it says otherwise. */
export interface JsonRequest {
  readonly method?: RemoteRequest['method']
  /** Below the address, parts that come from elsewhere escaped; see {@link pathOf}. */
  readonly path: string
  readonly query?: Query | undefined
  /** JSON text; see `formatJson` for what keeps integers beyond 2^53. */
  readonly body?: string | undefined
}

/** What an answer that is no success says, in the format of the dialect. */
export interface RefusedAnswer {
  readonly status: number
  /** Null when it is no JSON. */
  readonly body: Json | null
  /** How long it asks to be left alone; null when it does not say. */
  readonly retryAfterMs: number | null
  readonly request: JsonRequest
}

export interface JsonCallsOptions extends AttachOptions {
  /** What the dialect's errors mean; null for what its document does not list. */
  readonly refusalOf: (answer: RefusedAnswer) => BrokerError | null
  /** What the server should be, as `a server that speaks turbine`. */
  readonly kind: string
}

/** JSON over HTTP to one server, every answer checked. */
export interface JsonCalls extends Newcomer {
  readonly http: RemoteHttp
  /** Asks for something. Tried again when the way there fails. @throws BrokerError, AttachError */
  read<Value>(schema: z.ZodType<Value>, request: JsonRequest): Promise<Value>
  /** Has something done. Never tried again; when no answer comes, the refusal says that it is not known. */
  write<Value>(schema: z.ZodType<Value>, request: JsonRequest): Promise<Value>
  /** Text that is no JSON, as metrics or CSV. */
  readText(request: JsonRequest): Promise<string>
  /** Server-sent events, once the server has begun with them. */
  openEvents(request: EventsRequest): Promise<AsyncIterable<readonly RemoteEvent[]>>
  /** Calls wait for what is being started, so that they come after it. */
  startFirst(starting: Promise<unknown>): void
}

/** A stream of server-sent events. */
export interface EventsRequest extends Pick<JsonRequest, 'path' | 'query'> {
  /** Where to go on. */
  readonly lastEventId: string | null
  readonly signal: AbortSignal
}

const MAX_REFUSAL_BYTES = 65_536

/** @throws INVALID_REQUEST for an address that is none. */
export function createJsonCalls({ refusalOf, kind, ...options }: JsonCallsOptions): JsonCalls {
  const { apiKey } = options
  const address = parseRemoteAddress(options.address)
  const shown = formatRemoteAddress(address)
  const http = createRemoteHttp({ address, apiKey, limits: options.limits })
  const rules = createCallRules(options)

  async function ask(request: JsonRequest, limits?: Partial<RemoteLimits>): Promise<RemoteAnswer> {
    const { method = 'GET', path, query, body } = request
    const answer = await http.request({ method, path: `${path}${searchOf(query)}`, body, limits })
    if (answer.status >= 200 && answer.status < 300) return answer
    throw refuse(answer, request)
  }

  async function openEvents({ path, query, lastEventId, signal }: EventsRequest) {
    const { status, headers, body } = await http.open({
      method: 'GET',
      path: `${path}${searchOf(query)}`,
      headers: {
        accept: 'text/event-stream',
        ...(lastEventId === null ? {} : { 'last-event-id': lastEventId }),
      },
      signal,
    })
    if (status >= 200 && status < 300 && typeOf(headers) === 'text/event-stream')
      return readRemoteEventBatches(body, options.limits?.maxBytes)
    if (status >= 200 && status < 300) {
      await body.cancel()
      throw new AttachError('wrong_server', `${shown} answers ${path} with something that is no stream.`)
    }
    throw refuse({ status, headers, text: await readBody(body, MAX_REFUSAL_BYTES, shown) }, { path })
  }

  function refuse({ status, headers, text }: RemoteAnswer, request: JsonRequest): Error {
    const body = isJson(headers) ? parseAnswerJson(text, shown) : null
    const retryAfterMs = readRetryAfterMs(status, headers)
    const refusal = refusalOf({ status, body, retryAfterMs, request })
    if (refusal !== null) return refusal
    const gateError = gateErrorOf(status, shown, apiKey !== null)
    if (gateError !== null) return gateError
    if (status === 403) return new AttachError('refused', `${shown} refuses requests from here (403).`)
    if (status === 404 || status === 405)
      return new AttachError('wrong_server', `${shown} answers, but is not ${kind}.`)
    if (status === 429)
      return new AttachError('failing', `${shown} has been asked too much (429); it is asked less.`, {
        retryAfterMs,
      })
    if (status >= 500)
      return new AttachError('failing', `${shown} fails (${status}). Its log says why.`, { retryAfterMs })
    return new AttachError('bad_answer', `${shown} answers with ${status}, which is not understood.`)
  }

  function parse<Value>(schema: z.ZodType<Value>, answer: RemoteAnswer, { path }: JsonRequest): Value {
    if (answer.text === '') return checkAnswer(schema, undefined, { what: path, shown })
    if (!isJson(answer.headers))
      throw new AttachError('wrong_server', `${shown} answers with something that is not from ${kind}.`)
    return checkAnswer(schema, parseAnswerJson(answer.text, shown), { what: path, shown })
  }

  return {
    http,
    shown,
    kind,
    read: (schema, request) => rules.read(async () => parse(schema, await ask(request), request)),
    write: (schema, request) =>
      rules.write(async (limits) => parse(schema, await ask(request, limits), request)),
    readText: (request) => rules.read(async () => (await ask(request)).text),
    openEvents,
    startFirst: rules.startFirst,
  }
}

const typeOf = (headers: Headers) => headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
const isJson = (headers: Headers) => typeOf(headers) === 'application/json'

function searchOf(query: Query | undefined): string {
  if (query === undefined) return ''
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value))
  return search.size === 0 ? '' : `?${search.toString()}`
}

/** Whether a value can be one segment of a path. An empty one, `.` and `..` are other paths. */
export const isSegment = (value: string): boolean => value !== '' && value !== '.' && value !== '..'

/** A path of literal parts and values from elsewhere, each one segment whatever is in it; see {@link isSegment}. */
export function pathOf(parts: TemplateStringsArray, ...values: readonly string[]): string {
  return parts.slice(1).reduce((path, part, index) => {
    const value = values[index]!
    if (!isSegment(value)) throw new Error(`'${value}' cannot be a segment of a path.`)
    return `${path}${encodeURIComponent(value)}${part}`
  }, parts[0]!)
}
