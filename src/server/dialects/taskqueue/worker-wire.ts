import * as z from 'zod'
import type { Json } from '../../../shared/domain/json.ts'
import { parseJson } from '../../../shared/domain/json.ts'
import { LOG_LEVELS } from '../../../shared/domain/task.ts'
import type { Worker } from '../../../shared/domain/worker.ts'
import {
  type LeasedTask,
  MAX_LEASE_MS,
  MAX_WORKER_CONCURRENCY,
  MIN_LEASE_MS,
  type TaskFailure,
  type WorkerRegistration,
} from '../../../shared/domain/worker-port.ts'
import { orNull } from '../body-fields.ts'
import { naiveInstant } from './wire.ts'

const MAX_NAME_LENGTH = 256
const MAX_STATUS_LENGTH = 50
const MAX_NAMES = 1000
/** Shorter than the silence after which a worker counts as gone. */
const MAX_WAIT_SECONDS = 20
const DEFAULT_LEASE_SECONDS = 60

const text = (max: number) =>
  z.string('must be text').min(1, 'must not be empty').max(max, `must be at most ${max} characters`)

const seconds = (least: number, most: number) => {
  const message = `must be a number of seconds, ${least} to ${most}`
  return z.number(message).min(least, message).max(most, message)
}

const leaseSeconds = seconds(MIN_LEASE_MS / 1000, MAX_LEASE_MS / 1000).default(DEFAULT_LEASE_SECONDS)
const concurrencyMessage = `must be a whole number, 1 to ${MAX_WORKER_CONCURRENCY}`
const concurrency = z
  .int(concurrencyMessage)
  .min(1, concurrencyMessage)
  .max(MAX_WORKER_CONCURRENCY, concurrencyMessage)
const names = z
  .array(z.string('must be text'), 'must be a list of names')
  .min(1, 'must have a name, or be left out for all')
  .max(MAX_NAMES, `must have at most ${MAX_NAMES} names`)

/** `name` is the document's; what tells more of a worker may be left out. */
export const registerBody = z.object({
  name: text(MAX_NAME_LENGTH),
  queues: orNull(names),
  task_names: orNull(names),
  concurrency: orNull(concurrency),
  pid: orNull(z.int('must be a whole number').min(0, 'must be 0 or more')),
})

export const statusBody = z.object({ status: text(MAX_STATUS_LENGTH) })

export const leaseBody = z
  .object({
    limit: concurrency.default(1),
    lease_seconds: leaseSeconds,
    wait_seconds: seconds(0, MAX_WAIT_SECONDS).default(0),
  })
  .prefault({})

const leaseToken = text(200)
const taskNumber = z.int('must be an integer').min(1, 'must be 1 or more')

export const renewBody = z.object({
  leases: z
    .array(z.object({ id: taskNumber, lease_token: leaseToken }), 'must be a list of leases')
    .max(MAX_WORKER_CONCURRENCY, `must be at most ${MAX_WORKER_CONCURRENCY}`),
  lease_seconds: leaseSeconds,
})

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

export function toRegistration(body: z.output<typeof registerBody>): WorkerRegistration {
  return {
    hostname: body.name,
    pid: body.pid,
    queues: body.queues,
    names: body.task_names,
    concurrency: body.concurrency ?? 1,
  }
}

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

/** The plain word of a worker that says nothing of itself. */
const ACTIVE_STATUS = 'active'

export function toWorker(worker: Worker) {
  return {
    id: worker.number,
    name: worker.hostname,
    status: toWorkerStatus(worker),
    last_heartbeat: naiveInstant(worker.lastHeartbeatAt),
    created_at: naiveInstant(worker.startedAt),
    updated_at: naiveInstant(worker.updatedAt),
  }
}

/** What it said of itself; how it is steered where it said nothing; `offline` when it is silent. */
function toWorkerStatus({ status, declaredStatus }: Worker): string {
  if (status === 'offline') return status
  if (declaredStatus !== ACTIVE_STATUS) return declaredStatus
  return status === 'paused' || status === 'draining' ? status : ACTIVE_STATUS
}

export function toLeasedTask(task: LeasedTask) {
  return {
    id: task.number,
    lease_token: task.leaseToken,
    name: task.name,
    queue: task.queue,
    attempt: task.attempt,
    payload: parseJson(task.kwargs),
    args: parseJson(task.args),
    metadata: task.metadata,
    checkpoint: task.checkpoint === null ? null : parseJson(task.checkpoint),
    ...toParents(task),
    timeout_seconds: task.timeoutMs / 1000,
    lease_seconds: task.leaseMs / 1000,
    lease_until: naiveInstant(task.leaseUntil),
  }
}

/** Results of a node's parents by key; null outside of a workflow, and where they are too large together. */
function toParents({ parents }: LeasedTask) {
  if (parents === null) return { parents, parents_error: null }
  if (parents.kind === 'too_large') {
    const problem = `The results of the parents have ${parents.bytes} bytes together, which is too much to hand over.`
    return { parents: null, parents_error: problem }
  }
  const values = Object.entries(parents.byKey).map(([key, text]) => [key, parseJson(text)])
  return { parents: Object.fromEntries(values) as Readonly<Record<string, Json>>, parents_error: null }
}
