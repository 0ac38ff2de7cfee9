import * as z from 'zod'
import { toJsonText } from '../../../shared/domain/json.ts'
import {
  MAX_DURATION_MS,
  MAX_MAX_RETRIES,
  MAX_PRIORITY,
  QUEUE_NAME_PATTERN,
} from '../../../shared/domain/limits.ts'
import type { SubmitTask } from '../../../shared/domain/task.ts'
import { bodyInstant, jsonArray, jsonObject, orNull, taskName } from '../body-fields.ts'
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

export const wholeBetween = (least: number, most: number) => {
  const message = `must be a whole number, ${least} to ${most}`
  return z.int(message).min(least, message).max(most, message)
}

export const priorityField = wholeBetween(MIN_DTQS_PRIORITY, MAX_PRIORITY)

export const queueNameField = z
  .string('must be text')
  .regex(QUEUE_NAME_PATTERN, 'must be 1 to 128 letters, digits, or one of _.:-')

/** What a task is submitted with, also as a part of a workflow. */
export const taskFields = z.object({
  task_name: taskName.describe('Which handler runs it. One that nobody knows is taken, and waits.'),
  task_args: orNull(jsonArray).describe('Positional input. Default empty.'),
  task_kwargs: orNull(jsonObject).describe('Named input. Default empty.'),
  priority: orNull(priorityField).describe('1 to 10, higher first. Default 5.'),
  queue_name: orNull(queueNameField).describe('Default `default`.'),
  max_retries: orNull(wholeBetween(0, MAX_MAX_RETRIES)).describe(
    'How often it is tried again after a failure. Default 3.',
  ),
  timeout_seconds: orNull(wholeBetween(1, MAX_DURATION_MS / 1000)).describe(
    'How long an attempt may take. Default 300.',
  ),
  scheduled_at: orNull(bodyInstant).describe('Not before this instant; one in the past means now.'),
})

export const submitQuery = z.object({
  async: optionalParameter(flag)
    .transform((isAsync) => isAsync ?? true)
    .describe('`false` waits up to five minutes for the end of the task, and answers the whole of it.'),
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
