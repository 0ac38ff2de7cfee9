import { RPCHandler } from '@orpc/server/fastify'
import { ResponseHeadersPlugin } from '@orpc/server/plugins'
import type { FastifyInstance } from 'fastify'
import type { ServerResponse } from 'node:http'
import type { RpcRouter } from './create-router.ts'

const PREFIX = '/rpc'
/**
 * One call submits up to 10,000 tasks, ten keys each on average. Each task's own input is held to the usual
 * limit by the broker; reading as many keys takes some 50 ms at the worst.
 */
const MAX_JSON_KEYS = 100_000

/**
 * The window's calls as `POST /rpc/<path of the procedure>`, its event streams as server-sent events.
 * Host, origin, key and content type are the gate's business, which `app` has before any route.
 * Streams end when `app` closes, or it would wait for them.
 */
export function serveRpcOverHttp(app: FastifyInstance, router: RpcRouter): void {
  const handler = new RPCHandler(router, { plugins: [new ResponseHeadersPlugin()] })
  const open = new Set<ServerResponse>()

  app.post(`${PREFIX}/*`, { config: { maxJsonKeys: MAX_JSON_KEYS } }, async (request, reply) => {
    open.add(reply.raw)
    try {
      const { matched } = await handler.handle(request, reply, { prefix: PREFIX, context: {} })
      if (!matched)
        await reply.code(404).send({ error: { code: 'NOT_FOUND', message: 'No such procedure.' } })
      return reply
    } finally {
      open.delete(reply.raw)
    }
  })

  app.addHook('preClose', (done) => {
    for (const response of open) {
      if (response.getHeader('content-type') === 'text/event-stream') response.destroy()
    }
    done()
  })
}
