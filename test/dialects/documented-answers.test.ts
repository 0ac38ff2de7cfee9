import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DOCUMENTED } from './documented/documented.ts'
import { openServer, type TestServer } from './open-server.ts'
import { misfits, nameOf, operationsOf } from './operations.ts'
import { readEvents } from './read-events.ts'

describe.each(DOCUMENTED)('every documented operation of $dialect.name', (document) => {
  let server: TestServer
  let world: Awaited<ReturnType<typeof document.open>>

  beforeAll(async () => {
    server = await openServer({ dialects: document.port, taskFiles: document.taskFiles })
    world = await document.open(server.broker)
  })
  afterAll(() => server[Symbol.asyncDispose]())

  const operations = operationsOf(document.dialect.name)
  const { requestNames, streamNames } = document
  const answered = operations
    .filter((operation) => !streamNames.includes(nameOf(operation)))
    .toSorted((one, other) => requestNames.indexOf(nameOf(one)) - requestNames.indexOf(nameOf(other)))

  it.each(answered.map((operation) => [nameOf(operation), operation] as const))(
    '%s answers with the documented status, type and fields',
    async (name, operation) => {
      const [path, options] = world.request(name)

      const answer = await server.call(operation.method, path, options)

      expect(answer.status).toBe(operation.responseStatus)
      expectType(answer.headers.get('content-type'), operation.responseContentType)
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
      expect(misfits(answer.body, operation.responseFields)).toEqual([])
    },
  )

  // A dialect may have none.
  const streams = operations.map(nameOf).filter((name) => streamNames.includes(name))
  it.each(streams)('%s answers with a stream of events', async (name) => {
    await using events = await readEvents(`${server.url}${world.stream(name)}`)

    expect(events.status).toBe(200)
    expect(events.headers.get('content-type')).toContain('text/event-stream')
    expect(events.headers.get('cache-control')).toBe('no-cache')
    expect(events.headers.get('x-content-type-options')).toBe('nosniff')
  })

  it('is among the routes that the dialect declares, and none is forgotten here', () => {
    expect(operations).not.toEqual([])
    expect(document.dialect.operations).toEqual(expect.arrayContaining(operations.map(nameOf)))
    expect([...requestNames, ...streamNames]).toEqual(expect.arrayContaining(operations.map(nameOf)))
  })
})

function expectType(type: string | null, documented: string | null): void {
  if (documented === null) expect(type).toBeNull()
  else expect(type).toContain(documented)
}
