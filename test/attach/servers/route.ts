import type { RequestListener } from 'node:http'

export interface Asked {
  readonly params: readonly string[]
  readonly query: URLSearchParams
  // oxlint-disable-next-line typescript/no-explicit-any -- a little server takes what its document shows
  readonly body: any
}

export interface Answered {
  readonly status: number
  /** Undefined for none. */
  readonly body?: unknown
}

export type Routes = Readonly<Record<string, (asked: Asked) => Answered>>

/** A server of routes written as `GET /tasks/:id`, as their document has them; anything else is `lost`. */
export function serveRoutes(routes: Routes, lost: Answered): RequestListener {
  const table = Object.entries(routes).map(([route, answer]) => {
    const [method, path] = route.split(' ') as [string, string]
    return { method, pattern: new RegExp(`^${path.replaceAll(/:\w+/g, '([^/]+)')}$`), answer }
  })
  return (request, response) => {
    const { pathname, searchParams: query } = new URL(request.url ?? '/', 'http://localhost')
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString()
      const route = table.find(({ method, pattern }) => method === request.method && pattern.test(pathname))
      const params = (route?.pattern.exec(pathname) ?? []).slice(1).map(decodeURIComponent)
      const answered = route?.answer({ params, query, body: text === '' ? undefined : JSON.parse(text) })
      const { status, body } = answered ?? lost
      if (body === undefined) response.writeHead(status).end()
      else response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    })
  }
}
