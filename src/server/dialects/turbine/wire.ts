import * as z from 'zod'
import { type Json, parseJson } from '../../../shared/domain/json.ts'
import { MAX_PAGE_SIZE } from '../../../shared/domain/limits.ts'
import type { Task, TaskSummary } from '../../../shared/domain/task.ts'
import { isoInstant, isoInstantOrNull } from '../instant.ts'
import { optionalText, queryInstant, wholeNumber } from '../read-input.ts'
import type { deadLetter, taskDetail, taskItem } from './answers.ts'
import { toTurbineState, TURBINE_STATES } from './states.ts'

/** The documented operations (spec: Turbine Dashboard API), in its order. */
export const TURBINE_OPERATIONS = [
  'GET /api/health',
  'GET /api/overview',
  'GET /api/workers',
  'GET /api/workers/:id',
  'GET /api/queues',
  'GET /api/queues/:name',
  'GET /api/queues/:name/stats',
  'POST /api/queues/:name/purge',
  'GET /api/tasks',
  'GET /api/tasks/:id',
  'POST /api/tasks/:id/revoke',
  'GET /api/dlq/:queue',
  'POST /api/dlq/:queue/reprocess',
  'POST /api/dlq/:queue/purge',
  'GET /api/metrics',
  'GET /api/events',
] as const

export type TurbineOperation = (typeof TURBINE_OPERATIONS)[number]
/** Those about tasks and dead letters. */
export type TaskOperation = Extract<
  TurbineOperation,
  `${string} /api/tasks${string}` | `${string} /api/dlq${string}`
>
export type SystemOperation = Exclude<TurbineOperation, TaskOperation>

const DEFAULT_LIMIT = 100
/** Above the maximum is the maximum: the document gives one and no error for it. */
const limit = wholeNumber
  .transform((count) => Math.min(count, MAX_PAGE_SIZE))
  .default(DEFAULT_LIMIT)
  .describe(`How many at most; above ${MAX_PAGE_SIZE} is ${MAX_PAGE_SIZE}, 0 answers the count alone.`)
const offset = wholeNumber.default(0).describe('How many to skip.')

export const pageQuery = z.object({ limit, offset })

export const taskListQuery = z.object({
  limit,
  offset,
  state: z
    .enum(TURBINE_STATES, `must be one of ${TURBINE_STATES.join(', ')}`)
    .optional()
    .describe('Tasks in this state.'),
  queue: optionalText.describe('Tasks of this queue.'),
  since: queryInstant.optional().describe('Tasks created at this instant or later.'),
})

const WORKER_STATES = ['active', 'idle', 'offline'] as const
export const workerListQuery = z.object({
  status: z.enum(WORKER_STATES, `must be one of ${WORKER_STATES.join(', ')}`).optional(),
})

const QUEUE_PERIODS = ['1h', '24h', '7d', '30d'] as const
export const queueStatsQuery = z.object({
  period: z.enum(QUEUE_PERIODS, `must be one of ${QUEUE_PERIODS.join(', ')}`).default('24h'),
})

/** A body that may be left out. */
export const revokeBody = z
  .object({
    terminate: z
      .boolean()
      .default(false)
      .describe('Stop a running attempt; otherwise it is told, and revoked when its handler ends.'),
  })
  .default({ terminate: false })

const MAX_REPROCESSED = 10_000
export const reprocessBody = z
  .object({
    task_ids: z.array(z.string()).max(MAX_REPROCESSED).optional().describe('Dead letters of the queue.'),
    all: z.boolean().default(false).describe('Every dead letter of the queue; then without `task_ids`.'),
  })
  .refine(({ task_ids, all }) => !all || task_ids === undefined || task_ids.length === 0, {
    path: ['task_ids'],
    message: "give either the ids or 'all: true'",
  })
  .refine(({ task_ids, all }) => all || task_ids !== undefined, {
    path: ['task_ids'],
    message: "say which tasks, or 'all: true'",
  })

export function toTaskItem(task: TaskSummary): z.output<typeof taskItem> {
  return {
    task_id: task.id,
    task_name: task.name,
    state: toTurbineState(task.state),
    queue: task.queue,
    created_at: isoInstant(task.createdAt),
    started_at: isoInstantOrNull(task.startedAt),
    finished_at: isoInstantOrNull(task.finishedAt),
    duration_ms: durationMs(task),
    retries: retriesOf(task),
    worker_id: task.workerId,
  }
}

export function toTaskDetail(task: Task): z.output<typeof taskDetail> {
  return {
    task_id: task.id,
    task_name: task.name,
    state: toTurbineState(task.state),
    queue: task.queue,
    ...inputOf(task),
    result: task.result === null ? null : parseJson(task.result),
    error: task.error?.message ?? null,
    traceback: task.error?.traceback ?? null,
    retries: retriesOf(task),
    max_retries: task.maxRetries,
    created_at: isoInstant(task.createdAt),
    started_at: isoInstantOrNull(task.startedAt),
    finished_at: isoInstantOrNull(task.finishedAt),
    duration_ms: durationMs(task),
    worker_id: task.workerId,
  }
}

export function toDeadLetter(task: Task): z.output<typeof deadLetter> {
  return {
    task_id: task.id,
    task_name: task.name,
    ...inputOf(task),
    error: task.error?.message ?? '',
    traceback: task.error?.traceback ?? null,
    retries: retriesOf(task),
    failed_at: isoInstant(task.finishedAt ?? task.updatedAt),
    worker_id: task.workerId,
  }
}

/**
 * The document's `args` is an array and its `kwargs` an object. Another dialect's payload that is neither
 * stands in `args`, alone.
 */
function inputOf(task: Task): { readonly args: readonly Json[]; readonly kwargs: JsonObject } {
  const args = parseJson(task.args)
  const kwargs = parseJson(task.kwargs)
  if (isObject(kwargs)) return { args: Array.isArray(args) ? (args as readonly Json[]) : [args], kwargs }
  return { args: [kwargs], kwargs: {} }
}

type JsonObject = Readonly<Record<string, Json>>

/** Not an integer kept as its digits, which has no prototype. */
function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
}

/** Starts that repeated a failed one: neither the first, nor one after a pause or a lost worker. */
function retriesOf({ attempt, excusedAttempts }: TaskSummary): number {
  return Math.max(0, attempt - excusedAttempts - 1)
}

/** How long the last attempt ran; null while it does, and when there was none. */
function durationMs({ startedAt, finishedAt }: TaskSummary): number | null {
  return startedAt === null || finishedAt === null ? null : Math.max(0, finishedAt - startedAt)
}

/** `?envelope=true` wraps an answer as the document's "Response Format" says; none of its examples does. */
export function wantsEnvelope(url: string): boolean {
  const start = url.indexOf('?')
  return start !== -1 && new URLSearchParams(url.slice(start)).get('envelope') === 'true'
}

export const successEnvelope = (data: unknown) => ({ status: 'success', data, error: null })
export const errorEnvelope = (message: string) => ({ status: 'error', data: null, error: message })

export type WireEvent = Readonly<Record<string, Json>> & { readonly type: string }
