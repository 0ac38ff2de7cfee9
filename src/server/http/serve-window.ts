import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { WINDOW_POLICY } from './window-policy.ts'

const PAGE_HEADERS = {
  'content-security-policy': WINDOW_POLICY,
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
} as const

/** Built files whose name changes with their content. */
const HASHED = /[/\\]assets[/\\][^/\\]+-[\w-]{8,}\.\w+$/

const NOT_BUILT = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Penstock</title>
<h1>The window has not been built</h1>
<p>The server runs, and its HTTP interface works. To see the window here, run <code>npm run build</code> and start again.</p>
</html>
`

/**
 * The built window at `/`; without one, a page that says so (503).
 * @param options.folder where the build put index.html and its assets; null for none.
 */
export function serveWindow(app: FastifyInstance, { folder }: { readonly folder: string | null }): void {
  if (folder === null || !existsSync(join(folder, 'index.html'))) {
    app.get('/', (_request, reply) => sendNotBuilt(reply))
    return
  }
  void app.register(fastifyStatic, {
    root: folder,
    // A route for each file there is: any other address stays with the dialects' own "not found".
    wildcard: false,
    decorateReply: false,
    cacheControl: false,
    setHeaders(reply, path) {
      void reply.headers(PAGE_HEADERS)
      void reply.header(
        'cache-control',
        HASHED.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
      )
    },
  })
}

function sendNotBuilt(reply: FastifyReply): FastifyReply {
  return reply.code(503).headers(PAGE_HEADERS).type('text/html; charset=utf-8').send(NOT_BUILT)
}
