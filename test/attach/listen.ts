import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A little server on a port of its own. */
export interface LittleServer extends AsyncDisposable {
  /** As `http://127.0.0.1:12345`. */
  readonly address: string
  /** Every request there was, as `GET /x`. */
  readonly requests: readonly string[]
  /** Every key that was shown. */
  readonly keys: readonly string[]
  /** Answers with another listener from now on. */
  use(listener: RequestListener): void
}

export async function listen(listener: RequestListener): Promise<LittleServer> {
  const requests: string[] = []
  const keys: string[] = []
  let answer = listener
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`)
    const key = request.headers.authorization ?? request.headers['x-api-key']
    if (key !== undefined) keys.push(String(key))
    request.on('error', () => undefined)
    response.on('error', () => undefined)
    answer(request, response)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    keys,
    use(other) {
      answer = other
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
