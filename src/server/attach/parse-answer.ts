import type * as z from 'zod'
import { findJsonExcess, type Json, type JsonLimits, parseJson } from '../../shared/domain/json.ts'
import { AttachError } from './attach-error.ts'

/** Of a whole answer, which may hold a thousand tasks with input and result. */
const ANSWER_JSON_LIMITS: JsonLimits = { maxDepth: 128, maxKeys: 1_000_000 }

/**
 * The JSON of an answer, with integers beyond 2^53 kept.
 * @throws AttachError when it is none, or deeper or wider than any honest one.
 */
export function parseAnswerJson(text: string, shown: string): Json {
  const excess = findJsonExcess(text, ANSWER_JSON_LIMITS)
  if (excess !== null) throw new AttachError('bad_answer', `${shown} sends JSON that is too much: ${excess}.`)
  try {
    return parseJson(text)
  } catch {
    throw new AttachError('bad_answer', `${shown} sends an answer that is not JSON.`)
  }
}

/**
 * An answer as its schema has it; what the schema does not know is left out.
 * @param what names the answer in the message, as `tasks.get`.
 * @throws AttachError naming the field that does not fit.
 */
export function checkAnswer<Value>(
  schema: z.ZodType<Value>,
  value: unknown,
  { what, shown }: { readonly what: string; readonly shown: string },
): Value {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const [issue] = result.error.issues
  const path = issue?.path.map(String).join('.') ?? ''
  throw new AttachError(
    'bad_answer',
    `${shown} answers ${what} with something that does not fit${path === '' ? '' : ` at ${path}`}: ${issue?.message ?? 'it is not valid'}.`,
  )
}
