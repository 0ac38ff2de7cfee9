import type { JsonSchema } from './json-schema.ts'
import type {
  OpenApiBody,
  OpenApiContent,
  OpenApiOperation,
  OpenApiParameter,
  OpenApiResponse,
} from './openapi-document.ts'

/** Two dialects' descriptions of one operation that they share: a request or an answer of either is one. */
export function mergeOperations(one: OpenApiOperation, other: OpenApiOperation): OpenApiOperation {
  return {
    operationId: one.operationId,
    tags: [...new Set([...one.tags, ...other.tags])],
    summary: one.summary,
    description: joined(one.description, other.description),
    parameters: mergeParameters(one.parameters, other.parameters),
    requestBody: mergeBodies(one.requestBody, other.requestBody),
    responses: mergeByKey(one.responses, other.responses, mergeResponses),
    'x-codeSamples': [...(one['x-codeSamples'] ?? []), ...(other['x-codeSamples'] ?? [])],
    ...(one['x-event-stream'] === true || other['x-event-stream'] === true ? { 'x-event-stream': true } : {}),
  }
}

function joined(one: string | undefined, other: string | undefined): string | undefined {
  return one === undefined || other === undefined || one === other ? (one ?? other) : `${one}\n\n${other}`
}

function mergeParameters(
  ones: readonly OpenApiParameter[],
  others: readonly OpenApiParameter[],
): readonly OpenApiParameter[] {
  const isNew = ({ name, in: place }: OpenApiParameter) =>
    ones.every((known) => known.name !== name || known.in !== place)
  return [...ones, ...others.filter(isNew)]
}

function mergeBodies(one: OpenApiBody | undefined, other: OpenApiBody | undefined): OpenApiBody | undefined {
  if (one === undefined || other === undefined) return one ?? other
  return {
    required: one.required && other.required,
    content: mergeByKey(one.content, other.content, mergeContents),
  }
}

function mergeResponses(one: OpenApiResponse, other: OpenApiResponse): OpenApiResponse {
  return {
    description: joined(one.description, other.description)!,
    content: mergeByKey(one.content ?? {}, other.content ?? {}, mergeContents),
  }
}

function mergeContents(one: OpenApiContent, other: OpenApiContent): OpenApiContent {
  return { ...other, ...one, schema: eitherOf(one.schema, other.schema) }
}

function eitherOf(one: JsonSchema, other: JsonSchema): JsonSchema {
  return JSON.stringify(one) === JSON.stringify(other) ? one : { anyOf: [one, other] }
}

function mergeByKey<Value>(
  ones: Readonly<Record<string, Value>>,
  others: Readonly<Record<string, Value>>,
  merge: (one: Value, other: Value) => Value,
): Readonly<Record<string, Value>> {
  const merged: Record<string, Value> = { ...ones }
  for (const [key, other] of Object.entries(others)) {
    const one = merged[key]
    merged[key] = one === undefined ? other : merge(one, other)
  }
  return merged
}
