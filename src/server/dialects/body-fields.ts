import * as z from 'zod'
import type { EpochMs } from '../../shared/domain/clock.ts'
import { isJsonObject, type Json } from '../../shared/domain/json.ts'
import { MAX_EPOCH_MS, MAX_TASK_NAME_LENGTH } from '../../shared/domain/limits.ts'
import { parseInstant } from './instant.ts'

/** Fields that bodies of several dialects have. */

export const taskName = z
  .string('must be text')
  .min(1, 'must not be empty')
  .max(MAX_TASK_NAME_LENGTH, `must be at most ${MAX_TASK_NAME_LENGTH} characters`)

/** An object of JSON, as it came: what is in it is the handler's business. */
export const jsonObject = z
  .custom<Readonly<Record<string, Json>>>(isJsonObject, 'must be an object')
  .meta({ type: 'object' })

/** An instant in a body, as text; before 1970 is 1970. */
export const bodyInstant = z
  .string('must be text, as 2023-10-01T10:00:00')
  .transform((text, context): EpochMs => {
    const at = parseInstant(text)
    if (at !== null && at <= MAX_EPOCH_MS) return Math.max(0, at)
    context.issues.push({
      code: 'custom',
      input: text,
      message: 'must be an ISO 8601 instant, as 2023-10-01T10:00:00',
    })
    return z.NEVER
  })

/** Clients write null for what they do not give. */
export const orNull = <Field extends z.ZodType>(field: Field) =>
  field.nullish().transform((value) => value ?? undefined)

export const jsonArray = z
  .custom<readonly Json[]>((value) => Array.isArray(value), 'must be a list')
  .meta({ type: 'array' })
