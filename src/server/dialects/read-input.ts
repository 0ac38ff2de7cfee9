import * as z from 'zod'
import { BrokerError } from '../../shared/domain/errors.ts'
import { parseInstant } from './instant.ts'

/**
 * What a request says, as its schema understands it. Unknown fields are ignored.
 * @throws INVALID_REQUEST with the path of the first field that is wrong in the message.
 */
export function readInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  const { path, message } = parsed.error.issues[0]!
  throw invalidField(pathText(path), message)
}

export function invalidField(path: string, message: string): BrokerError {
  return path === ''
    ? new BrokerError('INVALID_REQUEST', `The request is not valid: ${message}.`, {})
    : new BrokerError('INVALID_REQUEST', `'${path}' is not valid: ${message}.`, { path })
}

function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((key, index) =>
      typeof key === 'number' ? `[${key}]` : index === 0 ? String(key) : `.${String(key)}`,
    )
    .join('')
}

/** A whole number ≥ 0 in a query, as digits. */
export const wholeNumber = z
  .string('must be given once')
  .regex(/^\d{1,15}$/, 'must be a whole number, 0 or more')
  .transform(Number)
  .meta({ type: 'integer', minimum: 0 })

/** Text in a query; given empty is as not given. */
export const optionalText = z
  .string('must be given once')
  .optional()
  .transform((text) => (text === '' ? undefined : text))

/** An instant in a query. A plus sign that was not escaped arrives as a space, and is understood. */
export const queryInstant = z.string('must be given once').transform((text, context) => {
  const at = parseInstant(text.replace(/ (?=\d\d:?\d\d$)/, '+'))
  if (at !== null) return at
  context.issues.push({
    code: 'custom',
    input: text,
    message: 'must be an ISO 8601 instant, as 2024-01-09T12:00:00Z',
  })
  return z.NEVER
})
