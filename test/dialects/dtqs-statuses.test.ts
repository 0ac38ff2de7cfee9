import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BrokerError } from '../../src/shared/domain/errors.ts'
import type { Request } from './documented/documented-dialect.ts'
import { documentedDtqs } from './documented/dtqs.ts'
import { failingBroker } from './failing-broker.ts'
import { openServer, serveBroker, type TestServer } from './open-server.ts'
import { nameOf, operationsOf } from './operations.ts'

/** Answers without asking the broker, so that nothing inside can fail. */
const ASKS_NOBODY = 'GET /api/v1/search/presets'
/** Needs a task in the right state: see `dtqs-tasks`. */
const SHOWN_ELSEWHERE = ['POST /api/v1/tasks/:task_id/cancel 409', 'POST /api/v1/tasks/:task_id/replay 409']
/** Of the system behind the document; 409 here. */
const NOT_OURS = ['POST /api/v1/tasks/:task_id/replay 400']

describe('every status that dtqs lists in general', () => {
  const { port: dialects, bodies, provocations } = documentedDtqs
  let server: TestServer
  let broken: TestServer
  let unavailable: TestServer
  let limited: TestServer

  beforeAll(async () => {
    server = await openServer({ dialects })
    broken = await serveBroker(failingBroker(server.broker, new Error('secret detail of a bug')), {
      dialects,
    })
    const down = new BrokerError('SERVICE_UNAVAILABLE', 'The store cannot be read.', { component: 'store' })
    unavailable = await serveBroker(failingBroker(server.broker, down), { dialects })
    limited = await serveBroker(server.broker, { dialects, requestsPerMinute: 1 })
    await limited.get('/api/v1/health')
  })
  afterAll(async () => {
    for (const each of [limited, broken, unavailable, server]) await each[Symbol.asyncDispose]()
  })

  const cases = operationsOf('dtqs').flatMap((operation) =>
    operation.errors.flatMap(({ status, code, source }) => {
      const name = nameOf(operation)
      const isOurs = source !== 'doc' && !(name === ASKS_NOBODY && status >= 500)
      const isShown = [...SHOWN_ELSEWHERE, ...NOT_OURS].includes(`${name} ${status}`)
      return isOurs && !isShown ? [[name, status, code] as const] : []
    }),
  )

  it.each(cases)('%s answers %i %s in the documented shape', async (name, status, code) => {
    const [method, path] = name.split(' ') as [string, string]
    const address = path.replace(':name', 'failed_today').replaceAll(/:\w+/g, 'abc-123')
    const query = name === 'POST /api/v1/workers' ? '?hostname=compute-1' : ''
    const anyRequest: Request = [`${address}${query}`, name in bodies ? { json: bodies[name] } : {}]
    const servers: Readonly<Record<number, TestServer>> = { 429: limited, 500: broken, 503: unavailable }

    const answer =
      servers[status] === undefined
        ? await server.call(method, ...provocations[`${name} ${code ?? status}`]!)
        : await servers[status].call(method, ...anyRequest)

    expect([answer.status, answer.body]).toEqual([status, documentedDtqs.errorBody(code)])
    expect(answer.text).not.toContain('secret')
  })

  it('and no operation is without them', () => {
    expect(new Set(cases.map(([name]) => name)).size).toBe(24)
  })
})
