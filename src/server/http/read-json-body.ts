import { isUtf8 } from 'node:buffer'
import type { FastifyInstance } from 'fastify'
import { findJsonExcess, type Json, JSON_LIMITS, parseJson } from '../../shared/domain/json.ts'
import { HttpRefusal, invalidRequest } from './refusal.ts'

/** A number may overflow only if it has a large exponent or very many digits; strings may match too. */
const MAYBE_NOT_FINITE = /[eE]\+?\d{3}|\d{200}/

declare module 'fastify' {
  interface FastifyContextConfig {
    /** How many keys a body may have together, where one request may hold many tasks. Default 10,000. */
    readonly maxJsonKeys?: number
  }
}

/**
 * JSON of a request body; integers beyond 2^53 keep their digits. Undefined when the body is empty.
 * @param maxKeys in all of it together.
 * @throws HttpRefusal 400: invalid UTF-8, no JSON, nested deeper than 64, more keys than `maxKeys`, or a
 * number that is too large to be one.
 */
export function readJsonBody(body: Buffer, maxKeys = JSON_LIMITS.maxKeys): Json | undefined {
  if (body.length === 0) return undefined
  if (!isUtf8(body)) throw refused('The body is not valid UTF-8.')
  const text = body.toString('utf8')
  const excess = findJsonExcess(text, { ...JSON_LIMITS, maxKeys })
  if (excess !== null) throw refused(`The body is refused: ${excess}.`)
  let value: Json
  try {
    value = parseJson(text)
  } catch (error) {
    throw refused(`The body is not valid JSON: ${(error as SyntaxError).message}.`)
  }
  if (MAYBE_NOT_FINITE.test(text) && hasInfinity(value))
    throw refused('The body has a number that is out of range.')
  return value
}

function refused(message: string): HttpRefusal {
  return new HttpRefusal(invalidRequest(message))
}

/** Recurses at most as deep as the limit on nesting. */
function hasInfinity(value: Json): boolean {
  if (typeof value === 'number') return !Number.isFinite(value)
  if (typeof value !== 'object' || value === null) return false
  return Object.values(value).some((item) => hasInfinity(item as Json))
}

/** The server reads JSON bodies, in this way, and no other kind. */
export function readOnlyJsonBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    let value: Json | undefined
    try {
      // parseAs: 'buffer' hands over a buffer; the type allows for both.
      value = readJsonBody(body as Buffer, request.routeOptions.config.maxJsonKeys)
    } catch (error) {
      done(error as Error, undefined)
      return
    }
    done(null, value)
  })
}
