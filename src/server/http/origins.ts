const OCTET = '(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)'
const LOOPBACK = new RegExp(
  `^https?://(?:localhost|127\\.${OCTET}\\.${OCTET}\\.${OCTET}|\\[::1\\])(?::\\d{1,5})?$`,
  'i',
)

export type OriginVerdict =
  | 'refused'
  /** A page of this machine, or the server's own. */
  | 'loopback'
  /** Named by the configuration. */
  | 'configured'

export interface OriginPolicy {
  /** `*` in the configuration: any page may read the answers. */
  readonly isOpen: boolean
  /** @param host the request's Host, found to be one of the server's own names. */
  judge(origin: string, host: string): OriginVerdict
}

/**
 * Which pages may talk to the server (docs/dialects.md, "CORS"): those of this machine and those
 * configured. `null` (a sandboxed frame, a file) never may, whatever is configured.
 */
export function createOriginPolicy(corsOrigins: readonly string[]): OriginPolicy {
  const isOpen = corsOrigins.includes('*')
  const configured = new Set(corsOrigins.map((origin) => origin.toLowerCase().replace(/\/$/, '')))
  return {
    isOpen,
    judge(origin, host) {
      const lower = origin.toLowerCase()
      if (lower === 'null') return 'refused'
      if (isOpen || configured.has(lower)) return 'configured'
      if (LOOPBACK.test(origin) || lower === `http://${host.toLowerCase()}`) return 'loopback'
      return 'refused'
    },
  }
}

/** Headers that let the page at `origin` read an answer. */
export function corsHeaders(policy: OriginPolicy, origin: string): Record<string, string> {
  return {
    'access-control-allow-origin': policy.isOpen ? '*' : origin,
    'access-control-expose-headers': '*',
    ...(policy.isOpen ? {} : { vary: 'Origin' }),
  }
}

const HEADER_LIST = /^[\w!#$%&'*+.^`|~, -]{1,1000}$/

/** Headers that answer a preflight: every method, and the headers that were asked for. */
export function preflightHeaders(requestedHeaders: string | undefined): Record<string, string> {
  return {
    'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS',
    'access-control-allow-headers':
      requestedHeaders !== undefined && HEADER_LIST.test(requestedHeaders) ? requestedHeaders : '*',
    'access-control-max-age': '600',
  }
}
