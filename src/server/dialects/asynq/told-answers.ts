import * as z from 'zod'
import { count, id, instantText, remark, word } from '../../attach/answer-fields.ts'
import { ASYNQ_STATES } from './states.ts'

/**
 * The answers of a server elsewhere, as the document prints them: its optional fields may be left out, and what
 * it does not print is not looked at.
 */

const state = z.enum(ASYNQ_STATES)
const maybe = <Field extends z.ZodType>(field: Field) => field.nullish().transform((value) => value ?? null)
const streamId = z.string().regex(/^\d{1,15}(?:-\d{1,19})?$/, 'is no stream id')

export const toldHealth = z.object({
  status: word,
  timestamp: instantText,
  services: z.record(word, word),
})
export const toldNotReady = z.object({ status: z.literal('not ready'), reason: remark })

export const toldSubmit = z.object({ task_id: id, queue: word, status: state })

export const toldTask = z.object({
  id,
  queue: word,
  type: word,
  state,
  max_retry: count,
  retried: count,
  last_err: maybe(z.string()),
  next_process_at: maybe(instantText),
})

export const toldTasks = z.array(z.object({ id, queue: word, type: word, state })).max(10_000)

const progress = z.object({
  percentage: z.number().min(0).max(100),
  stage: maybe(z.string()),
  message: maybe(z.string()),
  timestamp_ms: maybe(count),
})
const entry = { progress, is_final: z.boolean().default(false), status: maybe(word), stream_id: streamId }
export const toldLatest = z.object(entry)
export const toldHistory = z.object({ history: z.array(z.object(entry)).max(100_000) })

const queue = z.object({
  queue: id,
  pending: count,
  active: count,
  scheduled: count,
  retry: count,
  archived: count,
  completed: count,
})
export const toldQueues = z.array(queue).max(10_000)

export const toldError = z.object({
  error: remark,
  code: word.default(''),
  details: z.record(z.string(), z.unknown()).catch({}),
})

export type ToldTask = z.output<typeof toldTask>
export type ToldTaskItem = z.output<typeof toldTasks>[number]
export type ToldEntry = z.output<typeof toldLatest>
export type ToldQueue = z.output<typeof queue>
