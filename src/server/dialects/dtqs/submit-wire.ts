import * as z from 'zod'
import { isJsonObject, type Json, toJsonText } from '../../../shared/domain/json.ts'
import {
  MAX_DURATION_MS,
  MAX_EPOCH_MS,
  MAX_MAX_RETRIES,
  MAX_PRIORITY,
  MAX_TASK_NAME_LENGTH,
  QUEUE_NAME_PATTERN,
} from '../../../shared/domain/limits.ts'
import type { SubmitTask } from '../../../shared/domain/task.ts'
import { parseInstant } from '../instant.ts'
import { flag, optionalParameter } from './query-fields.ts'

/** Fields of a submit that only this dialect has: one of them, and the request is of this dialect. */
export const DTQS_SUBMIT_FIELDS = [
  'task_args',
  'task_kwargs',
  'queue_name',
  'max_retries',
  'timeout_seconds',
  'scheduled_at',
] as const

/** Lowest priority of this dialect; the highest is the domain's. */
export const MIN_DTQS_PRIORITY = 1

/** Clients send null for "not given". */
export const optionalField = <Field extends z.ZodType>(field: Field) =>
  z.preprocess((value) => (value === null ? undefined : value), field.optional())

export const wholeBetween = (least: number, most: number) => {
  const message = `must be a whole number, ${least} to ${most}`
  return z.int(message).min(least, message).max(most, message)
}

export const priorityField = wholeBetween(MIN_DTQS_PRIORITY, MAX_PRIORITY)

export const queueNameField = z
  .string('must be text')
  .regex(QUEUE_NAME_PATTERN, 'must be 1 to 128 letters, digits, or one of _.:-')

const taskNameField = z
  .string('must be text')
  .min(1, 'must not be empty')
  .max(MAX_TASK_NAME_LENGTH, `must be at most ${MAX_TASK_NAME_LENGTH} characters`)

export const instantField = z.string('must be text, as 2026-01-25T14:30:00Z').transform((text, context) => {
  const at = parseInstant(text)
  if (at !== null && at <= MAX_EPOCH_MS) return Math.max(0, at)
  context.issues.push({
    code: 'custom',
    input: text,
    message: 'must be an ISO 8601 instant, as 2026-01-25T14:30:00Z',
  })
  return z.NEVER
})

/** What a task is submitted with, also as a part of a workflow. */
export const taskFields = z.object({
  task_name: taskNameField,
  task_args: optionalField(z.custom<readonly Json[]>(Array.isArray, 'must be a list')),
  task_kwargs: optionalField(z.custom<Json>(isJsonObject, 'must be an object')),
  priority: optionalField(priorityField),
  queue_name: optionalField(queueNameField),
  max_retries: optionalField(wholeBetween(0, MAX_MAX_RETRIES)),
  timeout_seconds: optionalField(wholeBetween(1, MAX_DURATION_MS / 1000)),
  scheduled_at: optionalField(instantField),
})

export const submitQuery = z.object({
  async: optionalParameter(flag).transform((isAsync) => isAsync ?? true),
})

/** Wire → domain. Every body that was read has exactly one meaning. */
export function toSubmitTask(fields: z.output<typeof taskFields>): SubmitTask {
  const { task_args: args, task_kwargs: kwargs, timeout_seconds: seconds } = fields
  return {
    name: fields.task_name,
    args: args === undefined ? undefined : toJsonText(args),
    kwargs: kwargs === undefined ? undefined : toJsonText(kwargs),
    priority: fields.priority,
    queue: fields.queue_name,
    maxRetries: fields.max_retries,
    timeoutMs: seconds === undefined ? undefined : seconds * 1000,
    runAt: fields.scheduled_at,
  }
}
