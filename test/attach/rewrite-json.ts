import type { RequestListener, ServerResponse } from 'node:http'

/**
 * What stands in the place of a value of an answer; `depth` is 0 for the answer itself, `key` its name in its
 * object (of an item of a list: the list's).
 */
export type Rewrite = (value: unknown, depth: number, key: string) => unknown

/** A listener whose JSON answers are those of `honest`, every value of them rewritten, the inner ones first. */
export function rewriteJson(honest: RequestListener, rewrite: Rewrite): RequestListener {
  return (request, response) => {
    const chunks: Buffer[] = []
    const { write, end, writeHead } = response
    // Headers that are given here alone cannot be looked at later.
    response.writeHead = ((status: number, headers: Readonly<Record<string, string>> = {}) => {
      response.statusCode = status
      for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
      return isJson(response) ? response : writeHead.call(response, status)
    }) as ServerResponse['writeHead']
    response.write = ((chunk: string | Buffer) => {
      if (!isJson(response)) return write.call(response, chunk, 'utf8')
      chunks.push(Buffer.from(chunk))
      return true
    }) as ServerResponse['write']
    response.end = ((chunk?: string | Buffer) => {
      if (!isJson(response)) return end.call(response, chunk, 'utf8')
      if (chunk !== undefined) chunks.push(Buffer.from(chunk))
      const value: unknown = JSON.parse(Buffer.concat(chunks).toString())
      response.removeHeader('content-length')
      response.writeHead = writeHead
      return end.call(response, JSON.stringify(rewriteValue(value, rewrite, 0, '')), 'utf8')
    }) as ServerResponse['end']
    honest(request, response)
  }
}

function isJson(response: ServerResponse): boolean {
  return String(response.getHeader('content-type')).startsWith('application/json')
}

function rewriteValue(value: unknown, rewrite: Rewrite, depth: number, key: string): unknown {
  const inner = Array.isArray(value)
    ? value.map((item) => rewriteValue(item, rewrite, depth + 1, key))
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(
          Object.entries(value).map(([name, item]) => [name, rewriteValue(item, rewrite, depth + 1, name)]),
        )
      : value
  return rewrite(inner, depth, key)
}
