import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'

const BEARER = /^Bearer +(.+)$/i

/**
 * Answers whether a request carries the key, in `Authorization: Bearer` or `X-API-Key`; a key in an
 * address counts for nothing. Only a hash of the key is kept, and compared in constant time.
 */
export function createKeyCheck(apiKey: string): (headers: IncomingHttpHeaders) => boolean {
  const wanted = hashOf(apiKey)
  const isKey = (candidate: string | undefined) =>
    candidate !== undefined && timingSafeEqual(hashOf(candidate), wanted)
  return (headers) => {
    const bearer = headers.authorization === undefined ? undefined : BEARER.exec(headers.authorization)?.[1]
    const plain = headers['x-api-key']
    return isKey(bearer) || isKey(typeof plain === 'string' ? plain : undefined)
  }
}

function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
