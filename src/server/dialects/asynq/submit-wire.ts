import * as z from 'zod'
import { BrokerError } from '../../../shared/domain/errors.ts'
import { parseGoDuration } from '../../../shared/domain/go-duration.ts'
import { type Json, toJsonText } from '../../../shared/domain/json.ts'
import {
  DEFAULT_QUEUE,
  MAX_DURATION_MS,
  MAX_EPOCH_MS,
  MAX_MAX_RETRIES,
  MAX_METADATA_KEYS,
  MAX_TASK_NAME_LENGTH,
  QUEUE_NAME_PATTERN,
} from '../../../shared/domain/limits.ts'
import type { SubmitTask } from '../../../shared/domain/task.ts'
import { parseInstant } from '../instant.ts'
import { invalidField } from '../read-input.ts'
import { uniqueKeyOf } from './unique-key.ts'

/** How long an attempt may take when neither the request nor the handler says. */
const DEFAULT_TIMEOUT_MS = 30 * 60_000

/** Clients leave a field out, send null, or send an empty string for "not given". */
const optional = <Field extends z.ZodType>(field: Field) =>
  z.preprocess((value) => (value === null || value === '' ? undefined : value), field.optional())

const goDuration = z.string("must be text, as '30s' or '1h30m'").transform((text, context) => {
  const ms = parseGoDuration(text)
  if (ms !== null && ms >= 1 && ms <= MAX_DURATION_MS) return ms
  context.issues.push({
    code: 'custom',
    input: text,
    message: "must be a duration, as '30s' or '1h30m', longer than nothing and at most 720h",
  })
  return z.NEVER
})

const instant = z.string('must be text, as 2024-01-15T10:00:00Z').transform((text, context) => {
  const at = parseInstant(text)
  if (at !== null && at <= MAX_EPOCH_MS) return Math.max(0, at)
  context.issues.push({
    code: 'custom',
    input: text,
    message: 'must be an RFC 3339 instant, as 2024-01-15T10:00:00Z',
  })
  return z.NEVER
})

const maxRetriesMessage = `must be a whole number, 0 to ${MAX_MAX_RETRIES}`
const tag = z.union(
  [z.string(), z.number(), z.boolean(), z.null()],
  'must be text, a number, true, false or null; larger integers than 2^53 go as text',
)

const MAX_IDEMPOTENCY_KEY_LENGTH = 200
export const submitHeaders = z.object({
  'Idempotency-Key': z
    .string('must be given once')
    .max(MAX_IDEMPOTENCY_KEY_LENGTH, `must be at most ${MAX_IDEMPOTENCY_KEY_LENGTH} characters`)
    .optional()
    .describe('The same key again within 24 h answers the first task instead of making another.'),
})

export const submitBody = z.object({
  type: z
    .string('must be text')
    .min(1, 'must not be empty')
    .max(MAX_TASK_NAME_LENGTH, `must be at most ${MAX_TASK_NAME_LENGTH} characters`)
    .describe('Which handler runs it, as `demo`.'),
  payload: z
    .custom<Json>((value) => value !== undefined, 'is missing')
    .describe('Its input: an object as a rule; any JSON is taken.'),
  queue: optional(
    z.string('must be text').regex(QUEUE_NAME_PATTERN, 'must be 1 to 128 letters, digits, or one of _.:-'),
  ).describe('Default `default`.'),
  max_retries: optional(
    z.int(maxRetriesMessage).min(0, maxRetriesMessage).max(MAX_MAX_RETRIES, maxRetriesMessage),
  ).describe('How often it is tried again after a failure. Default 3.'),
  timeout: optional(goDuration).describe('How long an attempt may take, as `30s` or `1h30m`.'),
  process_at: optional(instant).describe('Not before this instant (RFC 3339).'),
  unique: optional(goDuration).describe(
    'For this long, a second task of the same queue, type and payload is refused.',
  ),
  metadata: optional(
    z
      .record(z.string(), tag, 'must be an object')
      .refine(
        (tags) => Object.keys(tags).length <= MAX_METADATA_KEYS,
        `must have at most ${MAX_METADATA_KEYS} keys`,
      ),
  ).describe("The caller's own tags."),
})

/** A documented request, understood; durations in milliseconds. */
export type SubmitRequest = z.output<typeof submitBody>

const CODE_OF_DURATION_OR_INSTANT = {
  timeout: 'INVALID_TIMEOUT',
  process_at: 'INVALID_PROCESS_AT',
  unique: 'INVALID_UNIQUE',
} as const

/**
 * @throws INVALID_PAYLOAD, INVALID_TIMEOUT, INVALID_PROCESS_AT, INVALID_UNIQUE for what is wrong with
 * these fields, INVALID_REQUEST for the rest.
 */
export function readSubmit(body: unknown): SubmitRequest {
  const parsed = submitBody.safeParse(body)
  if (parsed.success) return parsed.data
  const { path, message } = parsed.error.issues[0]!
  const field = path[0]
  if (field === 'payload')
    throw new BrokerError('INVALID_PAYLOAD', `'payload' ${message}.`, { path: 'payload' })
  if (field === 'timeout' || field === 'process_at' || field === 'unique') {
    const value = (body as Readonly<Record<string, unknown>>)[field]
    const code = CODE_OF_DURATION_OR_INSTANT[field]
    throw new BrokerError(code, `'${field}' ${message}.`, { value: JSON.stringify(value) })
  }
  throw invalidField(path.map(String).join('.'), message)
}

export interface SubmitSettings {
  /** What the handler allows an attempt by itself. */
  readonly handlerTimeoutMs: number | null
  readonly idempotencyKey: string | undefined
  /** Whether the broker takes a limit with a submit; where it does not, its own holds. */
  readonly mayLimit: boolean
}

/** Wire → domain. Every request that was read has exactly one meaning. */
export function toSubmitTask(
  request: SubmitRequest,
  { handlerTimeoutMs, idempotencyKey, mayLimit }: SubmitSettings,
): SubmitTask {
  const queue = request.queue ?? DEFAULT_QUEUE
  return {
    name: request.type,
    queue,
    kwargs: toJsonText(request.payload),
    runAt: request.process_at,
    timeoutMs: request.timeout ?? (handlerTimeoutMs === null && mayLimit ? DEFAULT_TIMEOUT_MS : undefined),
    maxRetries: request.max_retries,
    unique:
      request.unique === undefined
        ? undefined
        : { key: uniqueKeyOf(queue, request.type, request.payload), forMs: request.unique },
    idempotencyKey,
    metadata: request.metadata,
  }
}
