import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/fetch'
import type { ContractRouterClient } from '@orpc/contract'
import { type Contract, ORIGIN_HEADER } from '../../../shared/contract/contract.ts'
import { findJsonExcess } from '../../../shared/domain/json.ts'
import { AttachError } from '../attach-error.ts'
import { gateErrorOf } from '../gate-error.ts'
import { limitEvents } from '../limit-events.ts'
import { formatRemoteAddress } from '../remote-address.ts'
import type { RemoteHttp, RemoteLimits } from '../remote-http.ts'
import { readRetryAfterMs } from '../retry-after.ts'

/** What one call says besides its input. */
export interface CallContext {
  readonly limits?: Partial<RemoteLimits>
  /** Told where the answer comes from, as JSON, when it is not live. */
  readonly onOrigin?: (origin: string) => void
  /** Told how long the server asks to be left alone, in milliseconds, when it does. */
  readonly onRetryAfter?: (ms: number) => void
}

export type ContractClient = ContractRouterClient<Contract, CallContext>

const ANSWER_LIMITS = { maxDepth: 128, maxKeys: 2_000_000 }
const EVENTS = 'events'

/** Every call of the contract over HTTP. What is no answer of a Penstock is refused before it is decoded. */
export function createContractClient(http: RemoteHttp, hasKey: boolean): ContractClient {
  const shown = formatRemoteAddress(http.address)
  const link = new RPCLink<CallContext>({
    url: `${shown}/rpc`,
    async fetch(request, _init, { context }, path) {
      const asked = {
        method: 'POST',
        path: `/rpc/${path.join('/')}`,
        body: await request.text(),
        signal: request.signal,
        limits: context.limits,
      } as const
      if (path[0] === EVENTS) return openEvents(asked)
      const { status, headers, text } = await http.request(asked)
      checkAnswer(status, headers, text, path)
      const retryAfterMs = readRetryAfterMs(status, headers)
      if (retryAfterMs !== null) context.onRetryAfter?.(retryAfterMs)
      const origin = headers.get(ORIGIN_HEADER)
      if (origin !== null) context.onOrigin?.(origin)
      return new Response(status === 204 ? null : text, { status, headers: JSON_HEADERS })
    },
  })

  async function openEvents(asked: Parameters<RemoteHttp['open']>[0]): Promise<Response> {
    const { status, headers, body } = await http.open(asked)
    if (status === 200 && typeOf(headers) === 'text/event-stream')
      return new Response(body.pipeThrough(limitEvents()), { headers: EVENT_HEADERS })
    await body.cancel()
    // An answer in whole says why; the stream of one is not read.
    const refused = await http.request(asked)
    checkAnswer(refused.status, refused.headers, refused.text, [EVENTS])
    if (refused.status < 400)
      throw new AttachError('bad_answer', `${shown} does not answer events as a stream of them.`)
    return new Response(refused.text, { status: refused.status, headers: JSON_HEADERS })
  }

  function checkAnswer(status: number, headers: Headers, text: string, path: readonly string[]): void {
    const gateError = gateErrorOf(status, shown, hasKey)
    if (gateError !== null) throw gateError
    const isJson = typeOf(headers) === 'application/json'
    if (status === 404 && (!isJson || !text.includes('No such procedure')))
      throw new AttachError(
        'wrong_server',
        `${shown} answers, but is no Penstock, or not its first listener. Give the address at which its window is served.`,
      )
    if (status === 404)
      throw new AttachError(
        'too_old',
        `The Penstock at ${shown} does not know '${path.join('.')}': it is too old for this one. Update it.`,
      )
    // What stands before it has no time, or asks for patience.
    if ((status === 429 || status === 503) && !isJson)
      throw new AttachError('failing', `${shown} is not available now (${status}).`, {
        retryAfterMs: readRetryAfterMs(status, headers),
      })
    if (!isJson && text !== '')
      throw new AttachError('wrong_server', `${shown} answers with something that is not from a Penstock.`)
    const excess = findJsonExcess(text, ANSWER_LIMITS)
    if (excess !== null)
      throw new AttachError('bad_answer', `${shown} sends JSON that is too much: ${excess}.`)
  }

  return createORPCClient(link)
}

const JSON_HEADERS = { 'content-type': 'application/json' }
const EVENT_HEADERS = { 'content-type': 'text/event-stream' }
const typeOf = (headers: Headers) => headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
