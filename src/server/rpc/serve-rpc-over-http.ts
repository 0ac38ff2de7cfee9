import { RPCHandler } from '@orpc/server/fastify'
import { ResponseHeadersPlugin } from '@orpc/server/plugins'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ServerResponse } from 'node:http'
import { isFromHere } from '../http/is-from-here.ts'
import type { RpcRouter } from './create-router.ts'

const PREFIX = '/rpc'
/**
 * One call submits up to 10,000 tasks, ten keys each on average. Each task's own input is held to the usual
 * limit by the broker; reading as many keys takes some 50 ms at the worst.
 */
const MAX_JSON_KEYS = 100_000
const CONFIG = { config: { maxJsonKeys: MAX_JSON_KEYS } }

/** The router of a connection by its name; null when there is none. */
export type ConnectionRouter = (name: string) => RpcRouter | null

/**
 * The window's calls as `POST /rpc/<path of the procedure>`, its event streams as server-sent events; the same
 * for each connection, as `POST /connections/<its name>/rpc/<path>`.
 * Host, origin, key and content type are the gate's business, which `app` has before any route.
 * Streams end when `app` closes, or it would wait for them.
 */
export function serveRpcOverHttp(
  app: FastifyInstance,
  router: RpcRouter,
  connectionRouter: ConnectionRouter = () => null,
): void {
  const open = new Set<ServerResponse>()
  const handlers = new WeakMap<RpcRouter, RpcHandler>()

  async function answer(
    asked: RpcRouter,
    prefix: `/${string}`,
    request: FastifyRequest,
    reply: FastifyReply,
  ) {
    const handler = handlers.get(asked) ?? createHandler(asked)
    handlers.set(asked, handler)
    open.add(reply.raw)
    try {
      const context = { isHere: isFromHere(request.raw) }
      const { matched } = await handler.handle(request, reply, { prefix, context })
      if (!matched) await refuse(reply, 'No such procedure.')
      return reply
    } finally {
      open.delete(reply.raw)
    }
  }

  app.post(`${PREFIX}/*`, CONFIG, (request, reply) => answer(router, PREFIX, request, reply))

  app.post<{ Params: { name: string } }>(`/connections/:name${PREFIX}/*`, CONFIG, (request, reply) => {
    const { name } = request.params
    const asked = connectionRouter(name)
    if (asked === null) return refuse(reply, 'No such connection.')
    return answer(asked, `/connections/${name}${PREFIX}`, request, reply)
  })

  app.addHook('preClose', (done) => {
    for (const response of open) {
      if (response.getHeader('content-type') === 'text/event-stream') response.destroy()
    }
    done()
  })
}

const createHandler = (router: RpcRouter) =>
  new RPCHandler(router, { plugins: [new ResponseHeadersPlugin()] })
type RpcHandler = ReturnType<typeof createHandler>

const refuse = (reply: FastifyReply, message: string) =>
  reply.code(404).send({ error: { code: 'NOT_FOUND', message } })
