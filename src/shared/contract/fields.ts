import * as z from 'zod'
import { findJsonExcess, type JsonText } from '../domain/json.ts'
import {
  MAX_DURATION_MS,
  MAX_EPOCH_MS,
  MAX_MAX_RETRIES,
  MAX_METADATA_KEYS,
  MAX_PAGE_SIZE,
  MAX_PRIORITY,
  MAX_TASK_NAME_LENGTH,
  MIN_PRIORITY,
  QUEUE_NAME_PATTERN,
} from '../domain/limits.ts'
import { TASK_STATES } from '../domain/state.ts'

/** Fields that several calls share. What the broker checks itself in more detail is checked here by kind. */

const isJson = (text: string) => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
export const jsonText = z
  .string()
  .refine(isJson, 'must be JSON')
  .refine((text) => findJsonExcess(text) === null, 'is nested too deep or has too many keys')
  .transform((text) => text as JsonText)

export const id = z.string().min(1).max(64)
export const byId = z.object({ id })
export const byNumber = z.object({ number: z.number().int().min(1) })
export const queueName = z.string().regex(QUEUE_NAME_PATTERN)
export const taskName = z.string().min(1).max(MAX_TASK_NAME_LENGTH)
export const durationMs = z.number().int().min(1).max(MAX_DURATION_MS)
export const instant = z.number().int().min(0).max(MAX_EPOCH_MS)
export const priority = z.number().int().min(MIN_PRIORITY).max(MAX_PRIORITY)
export const maxRetries = z.number().int().min(0).max(MAX_MAX_RETRIES)
export const backoff = z.strictObject({
  baseMs: z.number().int().min(0).max(MAX_DURATION_MS),
  factor: z.number().min(1).max(100),
  capMs: z.number().int().min(0).max(MAX_DURATION_MS),
  jitter: z.enum(['full', 'none']),
})

/** Which page of a list: at most so many, after the `next` of the page before. */
export const page = {
  limit: z.number().int().min(1).max(MAX_PAGE_SIZE).optional(),
  cursor: z.string().max(200).optional(),
}

/** For wires that page by offset. */
export const offset = { offset: z.number().int().min(0).optional() }

/** What a replay may change, and a submit say. */
export const taskFields = {
  queue: queueName.optional(),
  args: jsonText.optional(),
  kwargs: jsonText.optional(),
  priority: priority.optional(),
  runAt: instant.optional(),
  timeoutMs: durationMs.optional(),
  maxRetries: maxRetries.optional(),
  metadata: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
    .refine((tags) => Object.keys(tags).length <= MAX_METADATA_KEYS, `at most ${MAX_METADATA_KEYS} keys`)
    .optional(),
}

/** What a node of a workflow may say too. */
export const waitingFields = {
  queueTimeoutMs: durationMs.optional(),
  backoff: backoff.optional(),
}

export const uniqueness = {
  unique: z.strictObject({ key: z.string().min(1).max(256), forMs: durationMs }).optional(),
}

/**
 * Conditions on tasks. Strict, here and wherever many tasks may be meant: a condition that is misspelled
 * must be refused, or it would match everything.
 */
export const taskConditions = {
  states: z.array(z.enum(TASK_STATES)).optional(),
  queue: queueName.optional(),
  name: z.string().max(MAX_TASK_NAME_LENGTH).optional(),
  names: z.array(z.string().max(MAX_TASK_NAME_LENGTH)).max(1000).optional(),
  workerId: id.optional(),
  isDeadLetter: z.boolean().optional(),
  createdAfter: instant.optional(),
  createdBefore: instant.optional(),
  finishedAfter: instant.optional(),
  finishedBefore: instant.optional(),
  startedAfter: instant.optional(),
  startedBefore: instant.optional(),
  minAttempt: z.number().int().min(0).optional(),
  maxAttempt: z.number().int().min(0).optional(),
  minPriority: priority.optional(),
  maxPriority: priority.optional(),
  replayOf: id.optional(),
  parentId: id.optional(),
  workflowId: id.optional(),
  errorFingerprint: z.string().min(1).max(200).optional(),
  text: z.string().max(256).optional(),
}
