import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { createKeyCheck } from './api-key.ts'
import { type HostNames, onlyHost } from './host-names.ts'
import { corsHeaders, createOriginPolicy, preflightHeaders } from './origins.ts'
import { invalidRequest, type Problem } from './refusal.ts'

export interface GateOptions {
  /** With a key everything needs it. */
  readonly apiKey: string | null
  /** Origins beyond this machine's that may use the server; `*` allows every page. */
  readonly corsOrigins: readonly string[]
  /** Names the listener answers to besides the loopback ones and its own address. */
  readonly hostNames?: readonly string[] | undefined
}

export type GateVerdict =
  | { readonly kind: 'pass'; readonly headers: Readonly<Record<string, string>> | null }
  | { readonly kind: 'preflight'; readonly headers: Readonly<Record<string, string>> }
  | {
      readonly kind: 'refused'
      readonly problem: Problem
      readonly headers: Readonly<Record<string, string>> | null
    }

export type Gate = (request: IncomingMessage) => GateVerdict

const PASS: GateVerdict = { kind: 'pass', headers: null }

const MISDIRECTED: Problem = {
  status: 421,
  code: 'FORBIDDEN',
  message: 'The Host header must be there once and name this server: use the address it printed at start.',
}
const FOREIGN_ORIGIN: Problem = {
  status: 403,
  code: 'FORBIDDEN',
  message: "Pages of this origin may not use the server. Start it with '--cors <origin>' to allow them.",
}
const CROSS_SITE: Problem = {
  status: 403,
  code: 'FORBIDDEN',
  message: "A page of another site asked. Start the server with '--cors <origin>' to allow it.",
}
const NO_KEY: Problem = {
  status: 401,
  code: 'UNAUTHORIZED',
  message: "This server needs its key: send 'Authorization: Bearer <key>' or 'X-API-Key: <key>'.",
  headers: { 'www-authenticate': 'Bearer' },
}
const NOT_JSON = invalidRequest("The body must be JSON: send 'Content-Type: application/json'.", 415)
const COMPRESSED = invalidRequest("Compressed bodies are not read: send it without 'Content-Encoding'.", 415)

/**
 * Decides about every request before it is routed, unknown addresses included: Host, Origin, site,
 * key, and the type of a body. Nothing behind it runs for a request it refuses.
 */
export function createGate(options: GateOptions, hostNames: HostNames): Gate {
  const policy = createOriginPolicy(options.corsOrigins)
  const hasKey = options.apiKey === null ? null : createKeyCheck(options.apiKey)

  return (request) => {
    const { headers } = request
    const host = onlyHost(request.rawHeaders)
    // An address in absolute form names a host of its own, which would count instead of the header.
    if (host === null || !hostNames.isOwn(host, request.socket) || !request.url?.startsWith('/'))
      return { kind: 'refused', problem: MISDIRECTED, headers: null }

    const { origin } = headers
    let pass = PASS
    const isCrossSite = headers['sec-fetch-site']?.includes('cross-site') === true
    if (origin === undefined) {
      if (isCrossSite) return { kind: 'refused', problem: CROSS_SITE, headers: null }
    } else {
      const verdict = policy.judge(origin, host)
      if (verdict === 'refused') return { kind: 'refused', problem: FOREIGN_ORIGIN, headers: null }
      // The browser vouches for the origin; only one that was configured may come from another site.
      if (isCrossSite && verdict !== 'configured')
        return { kind: 'refused', problem: CROSS_SITE, headers: null }
      const cors = corsHeaders(policy, origin)
      // A preflight carries no key, has no effect and answers no data.
      if (request.method === 'OPTIONS' && headers['access-control-request-method'] !== undefined)
        return { kind: 'preflight', headers: { ...cors, ...preflightHeaders(requestedHeaders(headers)) } }
      pass = { kind: 'pass', headers: cors }
    }

    if (hasKey !== null && !hasKey(headers))
      return { kind: 'refused', problem: NO_KEY, headers: pass.headers }
    const problem = findBodyProblem(headers)
    return problem === null ? pass : { kind: 'refused', problem, headers: pass.headers }
  }
}

function requestedHeaders(headers: IncomingHttpHeaders): string | undefined {
  const requested = headers['access-control-request-headers']
  return typeof requested === 'string' ? requested : undefined
}

/** What is wrong with the body as its headers describe it. Without a body nothing is, whatever they say. */
function findBodyProblem(headers: IncomingHttpHeaders): Problem | null {
  const length = headers['content-length']
  if (headers['transfer-encoding'] === undefined && (length === undefined || length === '0')) {
    // Some clients name a type for nothing (an empty form); nobody shall try to read it.
    if (headers['content-type'] !== undefined) headers['content-type'] = undefined
    return null
  }
  const encoding = headers['content-encoding']
  if (encoding !== undefined && encoding !== 'identity') return COMPRESSED
  return isJson(headers['content-type']) ? null : NOT_JSON
}

const JSON_TYPE = /^application\/json[ \t]*(?:;[ \t]*charset="?utf-8"?[ \t]*)?;?$/i

function isJson(contentType: string | undefined): boolean {
  return contentType === 'application/json' || (contentType !== undefined && JSON_TYPE.test(contentType))
}
