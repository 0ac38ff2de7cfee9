import * as z from 'zod'
import { findJsonExcess, type Json, type JsonText } from '../../../../shared/domain/json.ts'
import type { TaskState } from '../../../../shared/domain/state.ts'
import { TASK_STATES } from '../../../../shared/domain/state.ts'

/** What answers of the contract are made of. Unknown fields are left out: a newer server may tell more. */

function isJsonText(value: unknown): boolean {
  if (typeof value !== 'string' || findJsonExcess(value) !== null) return false
  try {
    JSON.parse(value)
    return true
  } catch {
    return false
  }
}

export const jsonText = z.custom<JsonText>(isJsonText, 'must be JSON text')
export const instant = z.number()
export const count = z.number().min(0)
export const nullableText = z.string().nullable()
export const nullableInstant = instant.nullable()
export const nullableNumber = z.number().nullable()
export const backoff = z.object({
  baseMs: z.number(),
  factor: z.number(),
  capMs: z.number(),
  jitter: z.enum(['full', 'none']),
})
export const metadata = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
/** Values that came out of a JSON parser. */
export const parsedJson = z.custom<Json>((value) => value !== undefined, 'must be there')
export const stateCounts = z.object(
  Object.fromEntries(TASK_STATES.map((state) => [state, count])) as Record<TaskState, typeof count>,
)
export const histogram = z.array(count)
