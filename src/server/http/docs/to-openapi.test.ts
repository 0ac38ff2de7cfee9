import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { optionalText, wholeNumber } from '../../dialects/read-input.ts'
import type { DescribedDialect, OperationDescription } from './description.ts'
import { toOpenApi } from './to-openapi.ts'

const errorBody = z.object({ detail: z.string() })

function dialect(
  name: string,
  operations: Readonly<Record<string, OperationDescription>>,
): DescribedDialect & { readonly operations: readonly string[] } {
  return {
    name,
    operations: Object.keys(operations),
    description: { title: name.toUpperCase(), description: `About ${name}.`, errorBody, operations },
  }
}

const getTask: OperationDescription = {
  summary: 'Get a task',
  group: 'Tasks',
  path: { id: { description: 'Its id.', example: 'a b' } },
  query: z.object({
    limit: wholeNumber
      .transform((count) => Math.min(count, 5))
      .default(3)
      .describe('How many.'),
    queue: optionalText,
  }),
  queryExample: { limit: '2' },
  answers: { 200: { description: 'The task.', schema: z.object({ id: z.string() }), example: { id: 'x' } } },
  errors: [
    [404, 'NOT_FOUND', 'It is gone.'],
    [404, 'NO_QUEUE', 'Its queue is.'],
  ],
}

const submit = (field: string): OperationDescription => ({
  summary: `Submit with ${field}`,
  group: 'Tasks',
  body: { schema: z.object({ [field]: z.string() }), example: { [field]: "it's" } },
  answers: { 201: { description: 'It is there.', schema: z.object({ [field]: z.string() }) } },
})

const documentOf = (...dialects: readonly DescribedDialect[]) =>
  toOpenApi({ dialects, version: '1.2.3', origin: 'http://localhost:8080' })

describe('the OpenAPI document', () => {
  it('writes parameters as the routes read them: digits as numbers, with default and description', () => {
    const operation = documentOf(dialect('one', { 'GET /tasks/:id': getTask })).paths['/tasks/{id}']!['get']!

    expect(operation.parameters).toEqual([
      {
        name: 'id',
        in: 'path',
        required: true,
        description: 'Its id.',
        schema: { type: 'string' },
        example: 'a b',
      },
      {
        name: 'limit',
        in: 'query',
        required: false,
        description: 'How many.',
        schema: { type: 'integer', minimum: 0, default: 3 },
        example: '2',
      },
      { name: 'queue', in: 'query', required: false, schema: { type: 'string' } },
    ])
  })

  it('lists every refusal of a status, in the shape of the dialect', () => {
    const operation = documentOf(dialect('one', { 'GET /tasks/:id': getTask })).paths['/tasks/{id}']!['get']!

    expect(operation.responses['404']).toMatchObject({
      description: '`NOT_FOUND`: It is gone.\n\n`NO_QUEUE`: Its queue is.',
      content: { 'application/json': { schema: { properties: { detail: { type: 'string' } } } } },
    })
    expect(Object.keys(operation.responses)).toEqual(['200', '404', 'default'])
  })

  it('has a sample for a shell that says what the example says, whatever is in it', () => {
    const { paths } = documentOf(dialect('one', { 'GET /tasks/:id': getTask, 'POST /tasks': submit('name') }))

    expect(paths['/tasks/{id}']!['get']!['x-codeSamples']).toMatchObject([
      { source: "curl 'http://localhost:8080/tasks/a%20b?limit=2'" },
    ])
    expect(paths['/tasks']!['post']!['x-codeSamples']).toMatchObject([
      {
        source: String.raw`curl -X POST 'http://localhost:8080/tasks' \
  -H 'Content-Type: application/json' \
  -d '{
  "name": "it'\''s"
}'`,
      },
    ])
  })

  it('describes an operation that two dialects answer once, for either request and either answer', () => {
    const document = documentOf(
      dialect('one', { 'POST /tasks': submit('task_name') }),
      dialect('two', { 'POST /tasks': submit('sync') }),
    )
    const operation = document.paths['/tasks']!['post']!

    expect(operation.tags).toEqual(['one: Tasks', 'two: Tasks'])
    expect(operation.requestBody!.content['application/json']!.schema).toMatchObject({
      anyOf: [{ required: ['task_name'] }, { required: ['sync'] }],
    })
    expect(operation.responses['201']!.content!['application/json']!.schema).toMatchObject({
      anyOf: [{ required: ['task_name'] }, { required: ['sync'] }],
    })
    expect(operation['x-codeSamples']).toHaveLength(2)
  })

  it('lists an operation that nobody described by its address', () => {
    const { paths } = documentOf({ name: 'bare', operations: ['GET /bare/:id'] })

    expect(paths['/bare/{id}']!['get']).toMatchObject({
      summary: 'GET /bare/:id',
      tags: ['bare: Operations'],
      parameters: [{ name: 'id', in: 'path', required: true }],
    })
  })
})
