type Headers = Readonly<Record<string, string>>

export const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const

/** The refused kinds of request, each one thing away from a good one. A server without a socket is on port 80. */
const FOREIGN_HOSTS = [
  'evil.example',
  'evil.example:80',
  'localhost.evil.example',
  '127.0.0.1.evil.example',
  'localhost:81',
  'localhost.',
  'localhost:080',
  '127.0.0.1:65536',
  '0.0.0.0',
  '[::]',
  'user@localhost',
  'localhost, evil.example',
]
const FOREIGN_ORIGINS = [
  'null',
  'NULL',
  'http://evil.example',
  'https://localhost.evil.example',
  'http://127.0.0.1.evil.example:80',
  'http://localhost@evil.example',
  'http://evil.example#http://localhost',
  'http://localhost:80/path',
  'http://localhost:123456',
  'http://127.0.0.256',
  'http://[::1].evil.example',
  'http://localhost http://evil.example',
  'file://',
  'chrome-extension://abc',
  '*',
  '',
]
const FOREIGN_TYPES = [
  'text/plain',
  'text/json',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/jsonx',
  'application/json-patch+json',
  'application/json; charset=utf-16',
  'application/json, text/plain',
  '',
]

export interface RefusedRequest {
  readonly what: string
  readonly status: number
  readonly headers: Headers
  readonly body?: string
}

const JSON_TYPE = { 'content-type': 'application/json' }

/** Whatever they are sent to, they are refused, and nothing happens. */
export const REFUSED: readonly RefusedRequest[] = [
  ...FOREIGN_HOSTS.map((host) => ({ what: `Host ${host}`, status: 421, headers: { host } })),
  ...FOREIGN_ORIGINS.map((origin) => ({ what: `Origin ${origin}`, status: 403, headers: { origin } })),
  { what: 'another site', status: 403, headers: { 'sec-fetch-site': 'cross-site' } },
  {
    what: 'another site with a loopback origin',
    status: 403,
    headers: { 'sec-fetch-site': 'cross-site', origin: 'http://localhost:3000' },
  },
  ...FOREIGN_TYPES.map((type) => ({
    what: `a body of type ${type}`,
    status: 415,
    headers: { 'content-type': type },
    body: '{}',
  })),
  { what: 'a body without a type', status: 415, headers: {}, body: '{}' },
  ...['gzip', 'br', 'deflate', 'x'].map((encoding) => ({
    what: `a body in ${encoding}`,
    status: 415,
    headers: { ...JSON_TYPE, 'content-encoding': encoding },
    body: '{}',
  })),
]

/** Where no face answers. */
export const UNKNOWN_ADDRESSES = [
  '/',
  '/nowhere',
  '/api/nowhere',
  '/api/v1/nowhere',
  '/rpc/nowhere',
  '/%zz',
  '/api/%ff',
  '//',
]
