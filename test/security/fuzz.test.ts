import { randomInt } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asynq } from '../../src/server/dialects/asynq/serve.ts'
import type { Dialect } from '../../src/server/dialects/dialect.ts'
import { turbine } from '../../src/server/dialects/turbine/serve.ts'
import { PORT_8000 } from '../dialects/documented/port-8000.ts'
import { openServer, type TestServer } from '../dialects/open-server.ts'

const RUNS = 1500
const SEED = Number(process.env['FUZZ_SEED'] ?? randomInt(2 ** 31))

/** Things that were somebody's undoing before. */
const NASTY = [
  '',
  ' ',
  '0',
  '-1',
  '1e9',
  '9'.repeat(30),
  '\0',
  '%00',
  '..',
  '../../etc/passwd',
  "' OR 1=1 --",
  '"; DROP TABLE tasks',
  '<script>alert(1)</script>',
  '__proto__',
  'constructor',
  '🦆',
  '\uFFFD',
  'x'.repeat(3000),
  '$',
  '-',
  'null',
  'true',
  'default',
  'demo',
  'sleep',
  '30s',
  '2024-01-15T10:00:00Z',
  '+275760-09-13T00:00:00Z',
]

/** Streams stay open; they are asked by HEAD, which reads their parameters too. */
const isStream = (path: string) => path.endsWith('/stream') || path === '/api/events'

/** What is asked for on each port. Nothing that makes an answer wait. */
const PORTS = [
  { name: 'port 8080', dialects: [turbine, asynq], isWell: '/ready' },
  { name: 'port 8000', dialects: PORT_8000, isWell: '/health' },
]
const word = fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: 'binary', maxLength: 40 }))
const field = fc.constantFrom(
  'type',
  'payload',
  'queue',
  'max_retries',
  'timeout',
  'process_at',
  'unique',
  'metadata',
  'terminate',
  'task_ids',
  'all',
  'task_name',
  'task_args',
  'args',
  'kwargs',
  'priority',
  'scheduled_at',
  'name',
  'status',
  'lease_token',
  'lease_seconds',
  'leases',
  'capacity',
  'error',
  '__proto__',
)
const parameter = fc.constantFrom(
  'limit',
  'offset',
  'state',
  'queue',
  'since',
  'status',
  'period',
  'page',
  'size',
  'start_id',
  'history',
  'task_ids',
  'envelope',
  'named',
  'skip',
  'priority',
  'sort_by',
  'sort_order',
  'search',
  'created_after',
  'hostname',
  'capacity',
)
const requestOf = (dialects: readonly Dialect[]) =>
  fc.record({
    operation: fc.constantFrom(
      ...dialects.flatMap(({ operations }) =>
        operations.map((operation) => operation.split(' ') as [string, string]),
      ),
    ),
    words: fc.array(word, { minLength: 2, maxLength: 2 }),
    query: fc.array(fc.tuple(parameter, word), { maxLength: 3 }),
    body: fc.option(
      fc.oneof(
        fc.dictionary(field, fc.oneof(word, fc.jsonValue()), { maxKeys: 6 }),
        fc.jsonValue(),
        fc.constant({ type: 'demo', payload: {} }),
        fc.constant({ name: 'demo', payload: {} }),
        fc.constant({ task_name: 'demo' }),
      ),
    ),
    lastEventId: fc.option(fc.constantFrom('0', '$', '-', '1-1', 'x', '9'.repeat(20))),
  })

describe.each(PORTS)(`requests of every kind to $name (FUZZ_SEED=${SEED})`, ({ dialects, isWell }) => {
  let server: TestServer
  beforeAll(async () => {
    server = await openServer({ dialects })
    await server.broker.submit([{ name: 'sleep' }])
    await server.broker.setQueuePaused('default', true)
  })
  afterAll(() => server[Symbol.asyncDispose]())

  it('are answered or refused, never with a failure of the server', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        requestOf(dialects),
        async ({ operation: [verb, address], words, query, body, lastEventId }) => {
          let next = 0
          const path = address.replaceAll(/:\w+/g, () => encodeURIComponent(words[next++ % 2]!))
          const search = query.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')
          const method = isStream(address) ? 'HEAD' : verb
          const { status } = await server.call(method, `${path}?${search}`, {
            ...(body === null || method === 'GET' || method === 'HEAD' ? {} : { json: body }),
            headers: lastEventId === null ? {} : { 'last-event-id': lastEventId },
          })

          expect(status).toBeLessThan(500)
        },
      ),
      { seed: SEED, numRuns: RUNS },
    )
    expect((await server.get(isWell)).status).toBe(200)
  })
})
