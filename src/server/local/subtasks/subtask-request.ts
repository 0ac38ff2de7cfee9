import * as z from 'zod'
import { BrokerError } from '../../../shared/domain/errors.ts'
import { findJsonExcess, type Json, parseJson, toJsonText } from '../../../shared/domain/json.ts'
import type { SubmitTask } from '../../../shared/domain/task.ts'

const json = <Value extends Json>(accept: (value: unknown) => boolean, message: string) =>
  z.custom<Value>(accept, message).optional()

/** What `context.submit` takes (`Subtask` in src/tasks/api.ts). Ranges are checked where every submit's are. */
const subtaskSchema = z.strictObject({
  name: z.string(),
  args: json<readonly Json[]>(Array.isArray, 'Invalid input: expected array'),
  kwargs: json<{ readonly [key: string]: Json }>(isObject, 'Invalid input: expected object'),
  queue: z.string().optional(),
  priority: z.number().optional(),
  runAt: z.number().optional(),
  timeoutMs: z.number().optional(),
  queueTimeoutMs: z.number().optional(),
  maxRetries: z.number().optional(),
  metadata: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
  unique: z.strictObject({ key: z.string(), forMs: z.number() }).optional(),
  idempotencyKey: z.string().optional(),
})

/**
 * A subtask as task code sent it: nobody has looked at it yet.
 * @throws INVALID_REQUEST naming the field.
 */
export function parseSubtask(text: string): SubmitTask {
  const excess = findJsonExcess(text)
  if (excess !== null) throw refuse('', `A subtask cannot be kept: ${excess}`)
  const parsed = subtaskSchema.safeParse(parseJson(text))
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const path = issue!.path.join('.')
    throw refuse(path, `A subtask's ${path === '' ? 'fields' : path}: ${issue!.message}`)
  }
  const { args, kwargs, ...fields } = parsed.data
  return {
    ...fields,
    ...(args === undefined ? {} : { args: toJsonText(args) }),
    ...(kwargs === undefined ? {} : { kwargs: toJsonText(kwargs) }),
  }
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function refuse(path: string, message: string): BrokerError {
  return new BrokerError('INVALID_REQUEST', `${message}.`, path === '' ? {} : { path })
}
