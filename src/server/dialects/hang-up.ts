import type { FastifyReply } from 'fastify'

/** Fires when the client has gone before it got its answer. */
export function hangUpOf(reply: FastifyReply): AbortSignal {
  const gone = new AbortController()
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) gone.abort()
  })
  return gone.signal
}
