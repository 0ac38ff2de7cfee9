import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toOpenApi } from '../../src/server/http/docs/to-openapi.ts'
import type { OpenApiDocument } from '../../src/server/http/docs/openapi-document.ts'
import { DOCUMENTED } from './documented/documented.ts'
import { openServer, type TestServer, VERSION } from './open-server.ts'
import { type DocumentedOperation, nameOf, operationsOf } from './operations.ts'

type Schema = Readonly<Record<string, unknown>>

/** Schemas at the end of a documented path, as `tasks[].retries`; none when the description does not know it. */
function schemasAt(schema: Schema, steps: readonly string[]): readonly Schema[] {
  const [step, ...rest] = steps
  const either = [schema['anyOf'], schema['oneOf'], schema['allOf']].flatMap(
    (choices) => (choices ?? []) as readonly Schema[],
  )
  const below = either.flatMap((choice) => schemasAt(choice, steps))
  if (step === undefined) return [schema, ...below]
  if (step === '[]') {
    const items = schema['items'] as Schema | undefined
    return items === undefined ? below : [...schemasAt(items, rest), ...below]
  }
  const properties = (schema['properties'] ?? {}) as Readonly<Record<string, Schema>>
  if (properties[step] !== undefined) return [...schemasAt(properties[step], rest), ...below]
  // What a task was given or answered is of any shape.
  const others = schema['additionalProperties']
  return others === undefined || Object.keys(others as object).length > 0 ? below : [{}, ...below]
}

const stepsOf = (path: string) =>
  path
    .replaceAll('[]', '.[]')
    .split('.')
    .filter((step) => step !== '' && step !== '$')

function schemaOf(content: unknown): Schema {
  const [first] = Object.values((content ?? {}) as Readonly<Record<string, { readonly schema: Schema }>>)
  return first?.schema ?? {}
}

const DESCRIBED = DOCUMENTED.filter(({ dialect }) => dialect.description !== undefined)

describe.each(DESCRIBED)('what the interactive documentation says of $dialect.name', (document) => {
  const { paths }: OpenApiDocument = toOpenApi({
    dialects: [document.dialect],
    version: VERSION,
    origin: 'http://localhost',
  })
  const described = ({ method, path }: DocumentedOperation) =>
    paths[path.replace(/:(\w+)/g, '{$1}')]![method.toLowerCase()]!
  const operations = operationsOf(document.dialect.name).map(
    (operation) => [nameOf(operation), operation] as const,
  )

  let server: TestServer
  let world: Awaited<ReturnType<typeof document.open>>
  beforeAll(async () => {
    // Alone: what it shares with others of its port has their fields as well.
    server = await openServer({ dialects: [document.dialect], taskFiles: document.taskFiles })
    world = await document.open(server.broker)
  })
  afterAll(() => server[Symbol.asyncDispose]())

  it.each(operations)('%s has every documented parameter, field and error', (name, operation) => {
    const { parameters, requestBody, responses, summary } = described(operation)

    expect(summary).not.toBe(nameOf(operation))
    for (const { name: field, required, enum: words = [] } of operation.query) {
      const parameter = parameters.find((candidate) => candidate.in === 'query' && candidate.name === field)
      expect(parameter).toMatchObject({ name: field, required })
      if (words.length > 1) expect(parameter!.schema['enum']).toEqual(expect.arrayContaining([...words]))
    }
    const body = schemaOf(requestBody?.content)
    for (const field of Object.keys(operation.requestFields).filter((path) => !/[.[]/.test(path)))
      expect(Object.keys(body['properties'] ?? {})).toContain(field)
    const answer = schemaOf(responses[String(operation.responseStatus)]!.content)
    // A payload's own fields are anybody's.
    const isOfAnyShape = (path: string) => /^((tasks|\$)\[\]\.)?(args|kwargs|payload|result)\b/.test(path)
    const isStream = document.streamNames.includes(name)
    for (const path of Object.keys(operation.responseFields).filter(
      (field) => !isStream && !isOfAnyShape(field),
    ))
      expect([path, schemasAt(answer, stepsOf(path)).length > 0]).toEqual([path, true])
    for (const { status, code, source } of operation.errors)
      if (source === 'doc' && status < 500 && code !== null)
        expect(responses[String(status)]!.description).toContain(code)
  })

  it.each(operations)('%s has an example that is accepted, and shows what is answered', (name) => {
    const { body, query, queryExample, answers } = document.dialect.description!.operations[name]!

    const requests = [
      ...(body === undefined ? [] : [body.schema.safeParse(body.example)]),
      ...(queryExample === undefined ? [] : [query!.safeParse(queryExample)]),
    ]
    expect(requests.filter(({ success }) => !success)).toEqual([])
    const shown = Object.values(answers).filter(
      ({ schema, example }) => schema !== undefined && example !== undefined,
    )
    expect(shown.map(({ schema, example }) => schema!.parse(example))).toEqual(
      shown.map(({ example }) => example),
    )
  })

  it('is what every operation really answers, no field more and none less', async () => {
    const { requestNames, dialect } = document
    const answers: unknown[] = []
    const parsed: unknown[] = []
    for (const name of requestNames) {
      const [path, options] = world.request(name)
      const { status, body } = await server.call(name.split(' ')[0]!, path, options)
      const schema = dialect.description!.operations[name]!.answers[status]?.schema
      if (schema === undefined) continue
      answers.push([name, body])
      parsed.push([name, schema.parse(body)])
    }

    expect(parsed).toEqual(answers)
    expect(answers.length).toBeGreaterThan(requestNames.length - 3)
  })
})

describe('the documentation that a server gives of itself', () => {
  it('names the server by the address it was asked at, and needs nothing from elsewhere', async () => {
    await using server = await openServer()

    const document = await server.get('/openapi.json')
    const page = await server.get('/docs')
    const reading = await server.get('/redoc')

    expect(document.body).toMatchObject({
      openapi: '3.1.0',
      info: { title: 'Penstock', version: VERSION },
      servers: [{ url: server.url }],
    })
    for (const { status, headers, text } of [page, reading]) {
      expect(status).toBe(200)
      expect(headers.get('content-type')).toBe('text/html; charset=utf-8')
      expect(headers.get('content-security-policy')).toMatch(/^default-src 'self'; script-src 'self';/)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      for (const [, address] of text.matchAll(/(?:src|href)="([^"]*)"/g)) {
        expect(address).toMatch(/^(\/docs\/assets\/|data:)/)
        if (address!.startsWith('/')) expect((await server.get(address!)).status).toBe(200)
      }
    }
  })

  it('needs the key where there is one', async () => {
    await using server = await openServer({ gate: { apiKey: 'secret' } })

    for (const path of ['/docs', '/redoc', '/openapi.json', '/docs/assets/swagger-ui-bundle.js'])
      expect((await server.get(path)).status).toBe(401)
  })
})
