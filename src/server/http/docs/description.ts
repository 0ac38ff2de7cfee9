import type * as z from 'zod'

/** A parameter in an operation's path. */
export interface PathParameter {
  readonly description: string
  /** As it stands in the document's own example; not encoded. */
  readonly example: string
}

/** One way an operation answers. */
export interface AnswerDescription {
  readonly description: string
  /** Of the body, when that is JSON. */
  readonly schema?: z.ZodType | undefined
  /** Default `application/json`. `text/event-stream` marks an operation that answers with a stream. */
  readonly contentType?: string | undefined
  /** JSON, or text where the body is text. */
  readonly example?: unknown
}

/** A refusal that is the operation's own. Those every operation may answer need no mention. */
export type ErrorDescription = readonly [status: number, code: string, description: string]

/**
 * What the interactive documentation says of one operation. The schemas are the very ones that the
 * route reads its request with and types its answer by, so the two cannot drift apart.
 */
export interface OperationDescription {
  /** A few words, no full stop. */
  readonly summary: string
  /** Markdown; what a caller must know beyond the summary. */
  readonly description?: string | undefined
  /** Heading that it stands under, within its dialect. */
  readonly group: string
  /** Each parameter that the path names. */
  readonly path?: Readonly<Record<string, PathParameter>> | undefined
  readonly query?: z.ZodObject | undefined
  /** A query worth trying. */
  readonly queryExample?: Readonly<Record<string, string>> | undefined
  /** Request headers it takes notice of. */
  readonly headers?: z.ZodObject | undefined
  readonly body?: BodyDescription | undefined
  /** By status; those that are no refusal. */
  readonly answers: Readonly<Record<number, AnswerDescription>>
  readonly errors?: readonly ErrorDescription[] | undefined
}

export interface BodyDescription {
  readonly schema: z.ZodType
  /** Must be accepted as it is. */
  readonly example: unknown
  /** Whether it may be left out. Default false. */
  readonly isOptional?: boolean | undefined
}

/** What the interactive documentation says of one dialect. */
export interface DialectDescription<Operation extends string = string> {
  /** Of its document. */
  readonly title: string
  /** Markdown. */
  readonly description: string
  /** Body of every refusal. */
  readonly errorBody: z.ZodType
  /** One for each of its operations, by `METHOD /path/:parameter`: one that is missing does not compile. */
  readonly operations: Readonly<Record<Operation, OperationDescription>>
}

/** What the documentation needs of a dialect; every `Dialect` is one. */
export interface DescribedDialect {
  readonly name: string
  readonly operations: readonly string[]
  readonly description?: DialectDescription | undefined
}
