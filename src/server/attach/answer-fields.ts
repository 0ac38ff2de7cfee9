import * as z from 'zod'
import type { EpochMs } from '../../shared/domain/clock.ts'
import { type Json, type JsonText, toJsonText } from '../../shared/domain/json.ts'
import { parseInstant } from '../dialects/instant.ts'

/** Longest id, name or word that a server may answer with. */
const MAX_WORD = 1000

/** Short text: an id, a name. */
export const word = z.string().max(MAX_WORD)
export const id = word.min(1)

/** An ISO 8601 text; without a zone it is UTC. */
export const instantText: z.ZodType<EpochMs> = z.string().transform((text, context) => {
  const at = parseInstant(text)
  if (at !== null) return at
  context.addIssue({ code: 'custom', message: 'is not an instant' })
  return z.NEVER
})

/** Any JSON value, as its text; left out is null. */
export const anyJson = z
  .unknown()
  .optional()
  .transform((value): JsonText => toJsonText((value ?? null) as Json))

/** How many; never less than none. */
export const count = z.int().min(0)
/** A number that is no count: milliseconds with a fraction, a share per second. */
export const amount = z.number().min(0)

const MAX_SHOWN = 500
/** Words for people, cut short: a remote may say anything. */
export const remark = z.string().transform((text) => text.slice(0, MAX_SHOWN))
