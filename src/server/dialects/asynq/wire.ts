import * as z from 'zod'
import type { BrokerHealth, ComponentHealth } from '../../../shared/domain/broker.ts'
import type { EpochMs } from '../../../shared/domain/clock.ts'
import { MAX_PAGE_SIZE } from '../../../shared/domain/limits.ts'
import type { Queue } from '../../../shared/domain/queue.ts'
import { TASK_STATES } from '../../../shared/domain/state.ts'
import type { Task, TaskReceipt, TaskSummary } from '../../../shared/domain/task.ts'
import { isoInstant } from '../instant.ts'
import { optionalText, wholeNumber } from '../read-input.ts'
import type { healthAnswer, queueStats, submitAnswer, taskAnswer, taskItem } from './answers.ts'
import { ASYNQ_STATES, type AsynqState, toAsynqState } from './states.ts'

/** The documented operations (spec: API Reference), in its order, and the list that the original gained. */
export const ASYNQ_OPERATIONS = [
  'POST /api/v1/tasks',
  'GET /api/v1/tasks',
  'GET /api/v1/tasks/:id',
  'POST /api/v1/tasks/:id/cancel',
  'DELETE /api/v1/tasks/:id',
  'GET /api/v1/tasks/:id/progress',
  'GET /api/v1/tasks/:id/progress/stream',
  'GET /api/v1/progress/stream',
  'GET /api/v1/tasks/:id/progress/history',
  'GET /api/v1/tasks/:id/progress/info',
  'GET /api/v1/queues/stats',
  'GET /health',
  'GET /ready',
  'GET /live',
] as const

export type AsynqOperation = (typeof ASYNQ_OPERATIONS)[number]
export type ProgressOperation = Extract<AsynqOperation, `${string}/progress${string}`>
export type TaskOperation = Exclude<
  Extract<AsynqOperation, `${string} /api/v1/tasks${string}`>,
  ProgressOperation
>
export type SystemOperation = Exclude<AsynqOperation, TaskOperation | ProgressOperation>

/** A parameter that may name the task's queue; it is not needed to find it. */
export const queueQuery = z.object({ queue: optionalText.describe('Name of a queue.') })

const DEFAULT_PAGE_SIZE = 30
export const taskListQuery = z.object({
  queue: optionalText.describe('Tasks of this queue.'),
  status: z
    .enum(ASYNQ_STATES, `must be one of ${ASYNQ_STATES.join(', ')}`)
    .optional()
    .describe('Tasks in this state.'),
  page: wholeNumber
    .refine((page) => page >= 1, 'must be 1 or more')
    .default(1)
    .describe('From 1 on.'),
  size: wholeNumber
    .refine((size) => size >= 1 && size <= MAX_PAGE_SIZE, `must be 1 to ${MAX_PAGE_SIZE}`)
    .default(DEFAULT_PAGE_SIZE)
    .describe(`1 to ${MAX_PAGE_SIZE}.`),
})

export function toSubmitAnswer({ id, queue, state }: TaskReceipt): z.output<typeof submitAnswer> {
  return { task_id: id, queue, status: toAsynqState(state) }
}

export function toTaskAnswer(task: Task): z.output<typeof taskAnswer> {
  return {
    id: task.id,
    queue: task.queue,
    type: task.name,
    state: toAsynqState(task.state),
    max_retry: task.maxRetries,
    retried: Math.max(0, task.attempt - task.excusedAttempts - 1),
    last_err: task.error?.message ?? '',
    next_process_at: isoInstant(task.runAt),
  }
}

export function toTaskItem({ id, queue, name, state }: TaskSummary): z.output<typeof taskItem> {
  return { id, queue, type: name, state: toAsynqState(state) }
}

export function toQueueStats({ name, counts }: Queue): z.output<typeof queueStats> {
  const sum: Record<AsynqState, number> = {
    pending: 0,
    active: 0,
    scheduled: 0,
    retry: 0,
    archived: 0,
    completed: 0,
  }
  for (const state of TASK_STATES) sum[toAsynqState(state)] += counts[state]
  return { queue: name, ...sum }
}

/** `redis` is kept for clients that look for it; both say how the store in use is. */
export function toHealthAnswer(health: BrokerHealth, now: EpochMs): z.output<typeof healthAnswer> {
  const store = storeOf(health) ? 'healthy' : 'unhealthy'
  return { status: health.status, timestamp: isoInstant(now), services: { redis: store, store } }
}

/** Whether what keeps the tasks works; a broker that names no store is asked as a whole. */
export function storeOf({ components, status }: BrokerHealth): boolean {
  const store = components.find(({ name }: ComponentHealth) => name === 'store')
  return store?.isHealthy ?? status !== 'unhealthy'
}
