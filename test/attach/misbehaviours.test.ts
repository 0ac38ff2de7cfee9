import type { RequestListener } from 'node:http'
import * as z from 'zod'
import { createJsonCalls } from '../../src/server/attach/json-calls.ts'
import { describeMisbehaviours } from './describe-misbehaviours.ts'

const THING = { id: 'abc-123', state: 'success', count: 45, at: '2024-01-09T12:00:00Z', parts: { of: 'it' } }
const thing = z.object({
  id: z.string().max(1000),
  state: z.enum(['success']),
  count: z.int().min(0),
  at: z.iso.datetime(),
  parts: z.object({ of: z.string() }),
})

const honest: () => RequestListener = () => (_request, response) =>
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(THING))

describeMisbehaviours({
  name: 'things',
  honest,
  async attach(options) {
    const calls = createJsonCalls({ ...options, refusalOf: () => null, kind: 'a server of things' })
    await calls.read(thing, { path: '/thing' })
    return { ...calls, [Symbol.asyncDispose]: async () => calls.http.close() }
  },
  calls: {
    read: (calls) => calls.read(thing, { path: '/thing' }),
    write: (calls) => calls.write(thing, { method: 'POST', path: '/thing', body: '{}' }),
  },
})
