import * as z from 'zod'
import type { BrokerHealth } from '../../../shared/domain/broker.ts'
import { parseJson, toJsonText } from '../../../shared/domain/json.ts'
import { DEFAULT_PRIORITY, MAX_PRIORITY, MIN_PRIORITY } from '../../../shared/domain/limits.ts'
import type { SubmitTask, Task, TaskReceipt } from '../../../shared/domain/task.ts'
import { jsonArray, jsonObject, orNull, taskName } from '../body-fields.ts'
import { isoInstant, isoInstantOrNull } from '../instant.ts'
import type { cleanupAnswer, healthAnswer, receiptAnswer, taskAnswer } from './answers.ts'
import { toTaskmanagerState } from './states.ts'

/** How long a task may wait in its queue: `TIMEOUT` in the document's list of states. */
const QUEUE_TIMEOUT_MS = 30_000

const priorityMessage = `must be a whole number, ${MIN_PRIORITY} to ${MAX_PRIORITY}`
export const submitBody = z.object({
  task_name: taskName,
  args: orNull(jsonArray),
  kwargs: orNull(jsonObject),
  priority: orNull(
    z
      .int(priorityMessage)
      .min(MIN_PRIORITY, priorityMessage)
      .max(MAX_PRIORITY, priorityMessage)
      .describe(`Default ${DEFAULT_PRIORITY}; higher first.`),
  ),
  sync: orNull(z.boolean('must be true or false').describe('Wait for the end. Default false.')),
})
export type SubmitBody = z.output<typeof submitBody>

/** Fields that no other dialect of the port has. */
export const OWN_FIELDS = ['args', 'kwargs', 'sync'] as const

/** @param mayExpire whether the broker takes a limit to waiting; where it does not, nothing waits too long. */
export function toSubmitTask(
  { task_name, args, kwargs, priority }: SubmitBody,
  mayExpire: boolean,
): SubmitTask {
  return {
    name: task_name,
    args: args && toJsonText(args),
    kwargs: kwargs && toJsonText(kwargs),
    priority: priority ?? DEFAULT_PRIORITY,
    queueTimeoutMs: mayExpire ? QUEUE_TIMEOUT_MS : undefined,
  }
}

export function toReceipt(receipt: TaskReceipt | Task): z.output<typeof receiptAnswer> {
  return {
    task_id: receipt.id,
    state: toTaskmanagerState(receipt),
    submitted_at: isoInstant(receipt.createdAt),
  }
}

/** @param subtasks ids of the tasks that it submitted */
export function toTask(task: Task, subtasks: readonly string[]): z.output<typeof taskAnswer> {
  return {
    task_id: task.id,
    state: toTaskmanagerState(task),
    progress: task.state === 'succeeded' ? 1 : (task.progress?.fraction ?? null),
    result: task.result === null ? null : parseJson(task.result),
    error: task.error?.message ?? null,
    error_type: task.error?.type ?? null,
    submitted_at: isoInstant(task.createdAt),
    started_at: isoInstantOrNull(task.startedAt),
    completed_at: isoInstantOrNull(task.finishedAt),
    subtasks: [...subtasks],
  }
}

export function toCleanup(id: string): z.output<typeof cleanupAnswer> {
  return { status: 'success', message: `Task ${id} cleaned up` }
}

export function toHealth({ status }: BrokerHealth, version: string): z.output<typeof healthAnswer> {
  return { status, service: 'task-manager-api', version }
}
