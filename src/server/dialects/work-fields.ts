import * as z from 'zod'
import { type Json, parseJson } from '../../shared/domain/json.ts'
import { LOG_LEVELS } from '../../shared/domain/task.ts'
import {
  type LeasedTask,
  MAX_LEASE_MS,
  MAX_WORKER_CONCURRENCY,
  MIN_LEASE_MS,
  type TaskFailure,
} from '../../shared/domain/worker-port.ts'
import { orNull } from './body-fields.ts'

/** What workers that lease over HTTP say, in every dialect in which they can. */

const MAX_NAMES = 1000
/** Shorter than the silence after which a worker counts as gone. */
const MAX_WAIT_SECONDS = 20
const DEFAULT_LEASE_SECONDS = 60

export const boundedText = (max: number) =>
  z.string('must be text').min(1, 'must not be empty').max(max, `must be at most ${max} characters`)

const seconds = (least: number, most: number) => {
  const message = `must be a number of seconds, ${least} to ${most}`
  return z.number(message).min(least, message).max(most, message)
}

export const leaseSeconds = seconds(MIN_LEASE_MS / 1000, MAX_LEASE_MS / 1000).default(DEFAULT_LEASE_SECONDS)
const concurrencyMessage = `must be a whole number, 1 to ${MAX_WORKER_CONCURRENCY}`
export const concurrency = z
  .int(concurrencyMessage)
  .min(1, concurrencyMessage)
  .max(MAX_WORKER_CONCURRENCY, concurrencyMessage)
export const names = z
  .array(z.string('must be text'), 'must be a list of names')
  .min(1, 'must have a name, or be left out for all')
  .max(MAX_NAMES, `must have at most ${MAX_NAMES} names`)

export const leaseBody = z
  .object({
    limit: concurrency.default(1),
    lease_seconds: leaseSeconds,
    wait_seconds: seconds(0, MAX_WAIT_SECONDS).default(0),
  })
  .prefault({})

export const leaseToken = boundedText(200)
export const holderBody = z.object({ lease_token: leaseToken })

const fractionMessage = 'must be a number, 0 to 1'
export const progressBody = z.object({
  lease_token: leaseToken,
  fraction: z.number(fractionMessage).min(0, fractionMessage).max(1, fractionMessage),
  stage: orNull(z.string('must be text')),
  message: orNull(z.string('must be text')),
})

const MAX_LINES = 1000
export const logBody = z.object({
  lease_token: leaseToken,
  lines: z
    .array(
      z.object({
        level: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).default('info'),
        message: z.string('must be text'),
      }),
      'must be a list of lines',
    )
    .max(MAX_LINES, `must be at most ${MAX_LINES}`),
})

const anyJson = z.custom<Json>((value) => value !== undefined, 'is missing')
export const checkpointBody = z.object({ lease_token: leaseToken, data: anyJson })
export const completeBody = z.object({
  lease_token: leaseToken,
  result: z.custom<Json>(() => true).default(null),
})

const MAX_RETRY_SECONDS = 30 * 24 * 3600
export const failBody = z.object({
  lease_token: leaseToken,
  error: z.union(
    [
      z.string().transform((message) => ({ message })),
      z.object({
        type: z.string().nullish(),
        message: z.string(),
        traceback: z.string().nullish(),
        cause: z.string().nullish(),
      }),
    ],
    "must be text, or an object with 'message' and, if known, 'type', 'traceback' and 'cause'",
  ),
  retry: z.boolean('must be true or false').default(true),
  retry_after_seconds: orNull(seconds(0, MAX_RETRY_SECONDS)),
})

export function toFailure({
  error,
  retry,
  retry_after_seconds: after,
}: z.output<typeof failBody>): TaskFailure {
  const { message, type, traceback, cause } = { type: null, traceback: null, cause: null, ...error }
  return {
    error: { type: type ?? 'Error', message, traceback, cause },
    mayRetry: retry,
    retryAfterMs: after === undefined ? undefined : Math.round(after * 1000),
  }
}

/** Results of a node's parents by key; null outside of a workflow, and where they are too large together. */
export function toParents({ parents }: LeasedTask) {
  if (parents === null) return { parents, parents_error: null }
  if (parents.kind === 'too_large') {
    const problem = `The results of the parents have ${parents.bytes} bytes together, which is too much to hand over.`
    return { parents: null, parents_error: problem }
  }
  const values = Object.entries(parents.byKey).map(([key, text]) => [key, parseJson(text)])
  return { parents: Object.fromEntries(values) as Readonly<Record<string, Json>>, parents_error: null }
}
