import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import type { AttachProblem } from '../../src/shared/domain/connection.ts'
import { rewriteJson, type Rewrite } from './rewrite-json.ts'

/** What whoever asks a server that misbehaves must get to know. */
export type Outcome =
  /** A refusal of the way there, of one of these kinds. */
  | readonly AttachProblem[]
  /** Any refusal, as long as it is a typed one: which one depends on the call. */
  | 'refused'
  /** An answer or a typed refusal: the call may not need what is wrong. */
  | 'either'

export interface Misbehaviour {
  readonly outcome: Outcome
  /** Whether nothing but a limit of time ends it. */
  readonly isEndless?: boolean
  /** Lays the misbehaviour over a server that answers well; `elsewhere` is another server's address. */
  readonly spoil: (honest: RequestListener, elsewhere: string) => RequestListener
}

const JSON_TYPE = { 'content-type': 'application/json' }
const BOMB = gzipSync(Buffer.alloc(30_000_000, ' '))
const BLOCK = Buffer.alloc(65_536, 'x')

const answering = (
  outcome: Outcome,
  answer: (response: ServerResponse, request: IncomingMessage) => void,
): Misbehaviour => ({
  outcome,
  spoil: () => (request, response) => answer(response, request),
})

const saying = (outcome: Outcome, status: number, body: string | Buffer, headers: object = JSON_TYPE) =>
  answering(outcome, (response) => response.writeHead(status, { ...headers }).end(body))

const rewriting = (outcome: Outcome, rewrite: Rewrite): Misbehaviour => ({
  outcome,
  spoil: (honest) => rewriteJson(honest, rewrite),
})

const LOST = ['unreachable'] as const
const BAD = ['bad_answer'] as const
const STRANGER = ['wrong_server'] as const
const FAILING = ['failing'] as const
const INSTANT = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/

/** Every way of a server to misbehave that its dialect's calls must survive, by name. */
export const MISBEHAVIOURS: Readonly<Record<string, Misbehaviour>> = {
  'never answers': { ...answering(LOST, () => undefined), isEndless: true },
  'answers slowly, byte by byte': {
    ...answering(LOST, (response) => {
      response.writeHead(200, JSON_TYPE)
      const drip = setInterval(() => response.write(' '), 5)
      response.on('close', () => clearInterval(drip))
    }),
    isEndless: true,
  },
  'resets the connection': answering(LOST, (response) => response.destroy()),
  'hangs up in the middle of an answer': answering(LOST, (response) => {
    response.writeHead(200, { ...JSON_TYPE, 'content-length': '1000' })
    response.write('{"tasks":[', () => response.destroy())
  }),
  'answers with an end missing': saying(BAD, 200, '{"tasks":[{"id":'),
  'never ends its answer': answering(BAD, (response) => {
    response.writeHead(200, JSON_TYPE)
    const more = () => {
      while (!response.destroyed && response.write(BLOCK));
    }
    response.on('drain', more)
    more()
  }),
  'sends a bomb of gzip': saying(BAD, 200, BOMB, { ...JSON_TYPE, 'content-encoding': 'gzip' }),
  'speaks no HTTP': answering(LOST, (response) => response.socket?.end('SSH-2.0-OpenSSH_9.2\r\n\r\n')),

  'sends what is not JSON': saying(BAD, 200, 'pending=45'),
  'sends nothing at all': saying('refused', 200, ''),
  'answers without content': answering('refused', (response) => response.writeHead(204).end()),
  'sends a web page': saying(STRANGER, 200, '<h1>Welcome to nginx</h1>', { 'content-type': 'text/html' }),
  'sends JSON as something else': {
    outcome: STRANGER,
    spoil: (honest) => (request, response) => {
      const { writeHead } = response
      response.writeHead = (status: number) =>
        writeHead.call(response, status, { 'content-type': 'text/plain' })
      honest(request, response)
    },
  },
  'sends bytes that are no text': saying(BAD, 200, Buffer.from([0x22, 0xff, 0xfe, 0x22])),
  'sends JSON of great depth': saying(BAD, 200, '['.repeat(200_000)),
  'sends a text of many megabytes': rewriting(BAD, (value, depth) => {
    if (depth > 0 || typeof value !== 'object' || value === null) return value
    const text = 'x'.repeat(3_000_000)
    return Array.isArray(value) ? [...value, text] : { ...value, text }
  }),
  'sends null': saying('refused', 200, 'null'),
  'sends a number': saying('refused', 200, '42'),
  'sends an object without anything in it': saying('refused', 200, '{}'),

  'sends null where an object belongs': rewriting('either', (value, depth) =>
    depth > 0 && typeof value === 'object' ? null : value,
  ),
  'sends null everywhere': rewriting('refused', (value, depth) => (depth > 0 ? null : value)),
  'sends numbers for texts, and texts for numbers': rewriting('refused', (value) =>
    typeof value === 'string' ? 7 : typeof value === 'number' ? 'seven' : value,
  ),
  'sends lists for objects, and objects for lists': rewriting('refused', (value) =>
    Array.isArray(value)
      ? Object.fromEntries(value.entries())
      : typeof value === 'object' && value !== null
        ? [value]
        : value,
  ),
  'sends huge numbers': rewriting('either', (value) => (typeof value === 'number' ? 1e308 : value)),
  'sends numbers below zero': rewriting('either', (value) =>
    typeof value === 'number' ? -1 - Math.abs(value) : value,
  ),
  'sends fractions of what is counted': rewriting('either', (value) =>
    typeof value === 'number' ? value + 0.5 : value,
  ),
  'sends states that nobody knows': rewriting('either', (value, _depth, key) =>
    key === 'state' || key === 'status' ? 'exploded' : value,
  ),
  'sends days that there are not': rewriting('either', (value) =>
    typeof value === 'string' && INSTANT.test(value) ? '2024-02-31T25:61:00Z' : value,
  ),
  'sends everything twice': rewriting('either', (value) =>
    Array.isArray(value) ? [...value, ...value] : value,
  ),
  'sends hostile texts': rewriting('either', (value, _depth, key) =>
    typeof value === 'string' && key !== 'state' && key !== 'status' && !INSTANT.test(value)
      ? `../../\u0000\u202e<script>alert(1)</script>${value}`
      : value,
  ),

  'fails with a web page': saying(FAILING, 500, '<h1>500</h1>', { 'content-type': 'text/html' }),
  'fails with JSON of its own': saying(FAILING, 500, '{"oops":true}'),
  'is a proxy before nothing': saying(FAILING, 502, '<h1>Bad Gateway</h1>', { 'content-type': 'text/html' }),
  'has no time': saying(FAILING, 503, '<h1>Maintenance</h1>', { 'content-type': 'text/html' }),
  'is asked too much': saying('refused', 429, '{}', { ...JSON_TYPE, 'retry-after': '3600' }),
  'wants another key': saying(['refused'], 401, '{"error":"unauthorized"}'),
  'wants somebody else': saying(['refused'], 403, '<h1>Forbidden</h1>', { 'content-type': 'text/html' }),
  'has nothing there': saying('refused', 404, '<h1>Not Found</h1>', { 'content-type': 'text/html' }),
  'answers with a status that nobody knows': saying('refused', 599, '{}'),
  'redirects to another server': {
    outcome: BAD,
    spoil: (_honest, elsewhere) => (_request, response) =>
      response.writeHead(307, { location: `${elsewhere}/taken` }).end(),
  },
  'redirects in a circle': answering(BAD, (response, request) =>
    response.writeHead(307, { location: request.url ?? '/' }).end(),
  ),
}
