import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DOCUMENTED } from './documented/documented.ts'
import { type CallOptions, openServer, type TestServer } from './open-server.ts'
import { type DocumentedParameter, nameOf, operationsOf } from './operations.ts'

/** A value of another type than each that the documents name. */
const OF_ANOTHER_TYPE: Readonly<Record<string, unknown>> = {
  string: 5,
  integer: '5',
  number: '5',
  boolean: 'true',
  array: 'a',
  object: 5,
}

/** Values that no parameter of this type has. */
function wrongValuesOf({ type, enum: words }: DocumentedParameter): readonly string[] {
  // A single word is a switch: anything else leaves it off.
  if (words !== undefined) return words.length > 1 ? ['nonsense', words[0]!.toUpperCase() + 'x'] : []
  if (type === 'integer') return ['-1', 'x', '1.5', '1e3', '99999999999999999999']
  if (type === 'string(date-time)') return ['yesterday', '2024-13-01T00:00:00Z', '1e9']
  return []
}

describe.each(DOCUMENTED)('every documented parameter of $dialect.name', (document) => {
  let server: TestServer
  let world: Awaited<ReturnType<typeof document.open>>

  beforeAll(async () => {
    server = await openServer({ dialects: document.port, taskFiles: document.taskFiles })
    world = await document.open(server.broker)
  })
  afterAll(() => server[Symbol.asyncDispose]())

  const operations = operationsOf(document.dialect.name)
  const addressOf = (name: string): readonly [path: string, options?: CallOptions] =>
    document.streamNames.includes(name) ? [world.stream(name)] : world.request(name)
  const pathOf = (name: string) => addressOf(name)[0].replace(/\?.*/, '')
  /** What else the operation cannot do without, as `&hostname=compute-1`. */
  const othersOf = (name: string, parameter: string) => {
    const { query } = operations.find((operation) => nameOf(operation) === name)!
    const given = new URLSearchParams(addressOf(name)[0].replace(/^[^?]*/, ''))
    return query
      .filter((other) => other.required && other.name !== parameter)
      .map((other) => `&${other.name}=${given.get(other.name)}`)
      .join('')
  }

  const parameters = operations.flatMap((operation) =>
    operation.query.map((parameter) => [nameOf(operation), parameter.name, parameter] as const),
  )

  it.each(parameters)('%s refuses what %s cannot be', async (name, parameter, { required, ...rest }) => {
    const [method] = name.split(' ') as [string]
    const queries = [
      ...wrongValuesOf({ required, ...rest }).map((value) => `${parameter}=${value}`),
      ...(required ? ['', `${parameter}=`] : []),
      `${parameter}=1&${parameter}=2`,
    ]
    for (const query of queries) {
      const answer = await server.call(method, `${pathOf(name)}?${query}${othersOf(name, parameter)}`)

      expect([query, answer.status]).toEqual([query, 400])
      expect(answer.text).toContain(parameter)
    }
  })

  it.each(parameters.filter(([name, , { enum: words }]) => name.startsWith('GET') && words !== undefined))(
    '%s understands every word of %s',
    async (name, parameter, { enum: words = [] }) => {
      if (document.streamNames.includes(name)) return
      for (const word of words) {
        const answer = await server.call('GET', `${pathOf(name)}?${parameter}=${word}`)

        expect([word, answer.status]).toEqual([word, 200])
      }
    },
  )

  const fields = operations.flatMap((operation) =>
    Object.entries(operation.requestFields)
      .filter(([field]) => !/[.[]/.test(field) && !document.takesAnyJson?.includes(field))
      .map(([field, type]) => [nameOf(operation), field, type, operation] as const),
  )

  it.runIf(fields.length > 0).each(fields)(
    '%s refuses a %s of another type, and names it',
    async (name, field, type, { method, requestRequired }) => {
      const [path, { json } = {}] = addressOf(name)
      const body = json as Readonly<Record<string, unknown>>
      const wrong = OF_ANOTHER_TYPE[type.replace(/[ (|].*$/, '')]
      expect(wrong).toBeDefined()

      const answer = await server.call(method, path, { json: { ...body, [field]: wrong } })

      expect([field, answer.status]).toEqual([field, 400])
      expect(answer.text).toContain(field)
      if (!requestRequired.includes(field)) return
      const { [field]: _left, ...rest } = body
      const without = await server.call(method, path, { json: rest })
      expect(['without', field, without.status]).toEqual(['without', field, 400])
    },
  )
})
