import { curlSample } from './curl-sample.ts'
import type { DescribedDialect, DialectDescription, OperationDescription } from './description.ts'
import { type JsonSchema, toJsonSchema } from './json-schema.ts'
import { mergeOperations } from './merge-operations.ts'
import type {
  OpenApiDocument,
  OpenApiOperation,
  OpenApiParameter,
  OpenApiResponse,
} from './openapi-document.ts'

export interface OpenApiSource {
  readonly dialects: readonly DescribedDialect[]
  /** Of the product. */
  readonly version: string
  /** Where the server answers, as `http://localhost:8080`. */
  readonly origin: string
}

/** One document of every operation that `dialects` answer. One that several answer is described once. */
export function toOpenApi({ dialects, version, origin }: OpenApiSource): OpenApiDocument {
  const paths: Record<string, Record<string, OpenApiOperation>> = {}
  for (const dialect of dialects)
    for (const operation of dialect.operations) {
      const [method, path] = operation.split(' ') as [string, string]
      const address = path.replace(/:(\w+)/g, '{$1}')
      const described = toOperation(dialect, operation, origin)
      const methods = (paths[address] ??= {})
      const other = methods[method.toLowerCase()]
      methods[method.toLowerCase()] = other === undefined ? described : mergeOperations(other, described)
    }
  const tagGroups = dialects.map((dialect) => ({ name: titleOf(dialect), tags: tagsOf(dialect) }))
  return {
    openapi: '3.1.0',
    info: {
      title: 'Penstock',
      version,
      description: dialects
        .map((dialect) => `## ${titleOf(dialect)}\n\n${dialect.description?.description ?? ''}`)
        .join('\n\n'),
    },
    servers: [{ url: origin }],
    tags: tagGroups.flatMap(({ tags }) => tags.map((name) => ({ name }))),
    'x-tagGroups': tagGroups,
    security: [{}, { bearer: [] }, { key: [] }],
    paths,
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'The key of a server that has one.' },
        key: { type: 'apiKey', in: 'header', name: 'X-API-Key', description: 'The same key.' },
      },
    },
  }
}

const titleOf = ({ name, description }: DescribedDialect) => description?.title ?? name

const tagOf = (dialect: string, group: string) => `${dialect}: ${group}`

function tagsOf({ name, operations, description }: DescribedDialect): readonly string[] {
  const groups = operations.map((operation) => groupOf(description?.operations[operation]))
  return [...new Set(groups)].map((group) => tagOf(name, group))
}

const groupOf = (described: OperationDescription | undefined) => described?.group ?? 'Operations'

function toOperation({ name, description }: DescribedDialect, operation: string, origin: string) {
  const [method, path] = operation.split(' ') as [string, string]
  const described = description?.operations[operation]
  const common = {
    operationId: `${name}_${operation.replaceAll(/\W+/g, '_')}`,
    tags: [tagOf(name, groupOf(described))],
    parameters: pathParameters(path, described),
  }
  if (description === undefined || described === undefined)
    return { ...common, summary: operation, responses: { default: { description: 'An answer.' } } }
  const { query, headers, body } = described
  const isStream = Object.values(described.answers).some((answer) => answer.contentType === EVENT_STREAM)
  return {
    ...common,
    summary: described.summary,
    description: described.description,
    parameters: [
      ...common.parameters,
      ...(query === undefined ? [] : parametersOf(toJsonSchema(query, 'input'), 'query')),
      ...(headers === undefined ? [] : parametersOf(toJsonSchema(headers, 'input'), 'header')),
    ].map((parameter) => withExample(parameter, described)),
    requestBody: body && {
      required: body.isOptional !== true,
      content: { 'application/json': { schema: toJsonSchema(body.schema, 'input'), example: body.example } },
    },
    responses: responsesOf(described, description),
    'x-codeSamples': [
      { lang: 'Shell', label: 'curl', source: curlSample({ method, path, description: described, origin }) },
    ],
    ...(isStream ? ({ 'x-event-stream': true } as const) : {}),
  }
}

const EVENT_STREAM = 'text/event-stream'

function pathParameters(path: string, described: OperationDescription | undefined): OpenApiParameter[] {
  return [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name: name!,
    in: 'path' as const,
    required: true,
    description: described?.path?.[name!]?.description,
    schema: { type: 'string' },
    example: described?.path?.[name!]?.example,
  }))
}

function parametersOf(schema: JsonSchema, place: 'query' | 'header'): OpenApiParameter[] {
  // A schema of an object always has its fields here; none are required when the list is missing.
  const required = (schema['required'] ?? []) as readonly string[]
  return Object.entries((schema['properties'] ?? {}) as Readonly<Record<string, JsonSchema>>).map(
    ([name, { description, ...field }]) => ({
      name,
      in: place,
      required: required.includes(name),
      description: description as string | undefined,
      schema: field,
    }),
  )
}

/** Examples of a query fill the page's form in, so they stand only where the operation wants them tried. */
function withExample(parameter: OpenApiParameter, { queryExample }: OperationDescription): OpenApiParameter {
  const example = parameter.in === 'query' ? queryExample?.[parameter.name] : undefined
  return example === undefined ? parameter : { ...parameter, example }
}

function responsesOf(
  { answers, errors = [] }: OperationDescription,
  { errorBody }: DialectDescription,
): Record<string, OpenApiResponse> {
  const refusal = { 'application/json': { schema: toJsonSchema(errorBody, 'output') } }
  const responses: Record<string, OpenApiResponse> = {}
  for (const [status, { description, schema, contentType = 'application/json', example }] of Object.entries(
    answers,
  ))
    responses[status] = {
      description,
      content: {
        [contentType]: {
          schema: schema === undefined ? { type: 'string' } : toJsonSchema(schema, 'output'),
          ...(example === undefined ? {} : { example }),
        },
      },
    }
  for (const [status, code, description] of errors) {
    const before = responses[status]?.description
    const text = `\`${code}\`: ${description}`
    responses[status] = {
      description: before === undefined ? text : `${before}\n\n${text}`,
      content: responses[status]?.content ?? refusal,
    }
  }
  return { ...responses, default: { description: 'Any other refusal.', content: refusal } }
}
