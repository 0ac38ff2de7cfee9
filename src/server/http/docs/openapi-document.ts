import type { JsonSchema } from './json-schema.ts'

/** An operation object of OpenAPI 3.1, as far as we write it. */
export interface OpenApiOperation {
  readonly operationId: string
  readonly tags: readonly string[]
  readonly summary: string
  readonly description?: string | undefined
  readonly parameters: readonly OpenApiParameter[]
  readonly requestBody?: OpenApiBody | undefined
  readonly responses: Readonly<Record<string, OpenApiResponse>>
  /** Redoc shows these beside the operation. */
  readonly 'x-codeSamples'?: readonly unknown[] | undefined
  /** Its answer never ends by itself: the page offers no button that would wait for the end. */
  readonly 'x-event-stream'?: true | undefined
}

export interface OpenApiParameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required: boolean
  readonly description?: string | undefined
  readonly schema: JsonSchema
  readonly example?: unknown
}

export interface OpenApiContent {
  readonly schema: JsonSchema
  readonly example?: unknown
}

export interface OpenApiBody {
  readonly required: boolean
  readonly content: Readonly<Record<string, OpenApiContent>>
}

export interface OpenApiResponse {
  readonly description: string
  readonly content?: Readonly<Record<string, OpenApiContent>> | undefined
}

export interface OpenApiDocument {
  readonly openapi: '3.1.0'
  readonly info: { readonly title: string; readonly version: string; readonly description: string }
  readonly servers: readonly { readonly url: string }[]
  readonly tags: readonly { readonly name: string }[]
  readonly 'x-tagGroups': readonly { readonly name: string; readonly tags: readonly string[] }[]
  readonly security: readonly Readonly<Record<string, readonly string[]>>[]
  readonly paths: Readonly<Record<string, Readonly<Record<string, OpenApiOperation>>>>
  readonly components: { readonly securitySchemes: Readonly<Record<string, unknown>> }
}
