import operations from './operations.json' with { type: 'json' }

export interface DocumentedError {
  readonly status: number
  readonly code: string | null
  /** `doc` when the document lists it, `original` when only the system behind it does so. */
  readonly source: string
  /** Where the document shows it whole. */
  readonly body?: unknown
}

export interface DocumentedParameter {
  readonly name: string
  readonly type: string
  readonly required: boolean
  readonly enum?: readonly string[]
}

/** One operation as the five documents describe it; transcribed from them, not from our code. */
export interface DocumentedOperation {
  readonly doc: string
  readonly method: string
  readonly path: string
  readonly query: readonly DocumentedParameter[]
  /** JSON types of the body's fields, by path. */
  readonly requestFields: Readonly<Record<string, string>>
  readonly requestRequired: readonly string[]
  readonly responseStatus: number
  readonly responseContentType: string | null
  /** JSON types by path: `tasks[].retries` is an integer. */
  readonly responseFields: Readonly<Record<string, string>>
  readonly errors: readonly DocumentedError[]
}

/** As `GET /api/tasks/:id`; some documents write that `{id}`. */
export const nameOf = ({ method, path }: DocumentedOperation) =>
  `${method} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`

export function operationsOf(document: string): readonly DocumentedOperation[] {
  // The file is data of the documents; its rows have more fields, and not all of them the same.
  return (operations as unknown as readonly DocumentedOperation[]).filter(({ doc }) => doc === document)
}

/**
 * What of an answer does not fit the documented fields: every path must be there, with its JSON type.
 * Fields below a null, or of an empty list, are not there.
 */
export function misfits(body: unknown, fields: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(fields).flatMap(([path, type]) =>
    valuesAt(body, stepsOf(path)).flatMap((value) =>
      fits(value, type) ? [] : [`${path} should be ${type}, is ${JSON.stringify(value)}`],
    ),
  )
}

function stepsOf(path: string): readonly string[] {
  return path
    .replaceAll('[]', '.[]')
    .split('.')
    .filter((step) => step !== '$' && step !== '')
}

function valuesAt(value: unknown, [step, ...rest]: readonly string[]): readonly unknown[] {
  if (step === undefined) return [value]
  if (value === null) return [undefined]
  if (step === '[]') {
    const items = value as readonly unknown[]
    return items.length === 0 ? [undefined] : items.flatMap((item) => valuesAt(item, rest))
  }
  return valuesAt((value as Readonly<Record<string, unknown>>)[step], rest)
}

function fits(value: unknown, type: string): boolean {
  // Behind the type may stand its words (`string enum a|b`), its range (`number 0..1`) or when it is there
  // (`string (only when …)`).
  if (value === undefined && /\((only|original|omitted)/.test(type)) return true
  const types = type
    .replace(/ (enum|\().*$/, '')
    .replace(/ \d+\.\.\d+/, '')
    .split('|')
  return types.some((name) => {
    switch (name) {
      case 'any':
        return value !== undefined
      case 'null':
        return value === null
      case 'array':
        return Array.isArray(value)
      case 'task object':
      case 'object':
        return typeof value === 'object' && value !== null && !Array.isArray(value)
      case 'integer':
        return Number.isInteger(value)
      case 'string':
      case 'number':
      case 'boolean':
        return typeof value === name
      default:
        throw new Error(`unknown type ${name}`)
    }
  })
}
