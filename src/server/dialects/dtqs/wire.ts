import type * as z from 'zod'
import { parseJson } from '../../../shared/domain/json.ts'
import type { Task, TaskReceipt, TaskSummary } from '../../../shared/domain/task.ts'
import { isoInstant, isoInstantOrNull } from '../instant.ts'
import type { submitAnswer, taskAnswer } from './answers.ts'
import { toDtqsState } from './states.ts'

export function toSubmitAnswer({
  id,
  name,
  queue,
  state,
  priority,
  createdAt,
}: TaskReceipt): z.output<typeof submitAnswer> {
  return {
    task_id: id,
    task_name: name,
    status: toDtqsState(state),
    priority,
    queue_name: queue,
    created_at: isoInstant(createdAt),
  }
}

/** A row of a list. */
export function toTaskItem(task: TaskSummary) {
  return {
    task_id: task.id,
    task_name: task.name,
    status: toDtqsState(task.state),
    priority: task.priority,
    queue_name: task.queue,
    worker_id: task.workerId,
    created_at: isoInstant(task.createdAt),
    started_at: isoInstantOrNull(task.startedAt),
    completed_at: isoInstantOrNull(task.finishedAt),
    retry_count: retryCount(task),
    max_retries: task.maxRetries,
    error_message: task.error?.message ?? null,
    error_type: task.error?.type ?? null,
    attempt: task.attempt,
    progress: task.state === 'succeeded' ? 1 : (task.progress?.fraction ?? null),
    timeout_seconds: task.timeoutMs / 1000,
    scheduled_at: task.state === 'scheduled' && task.blockedBy === 0 ? isoInstant(task.runAt) : null,
    updated_at: isoInstant(task.updatedAt),
    original_task_id: task.replayOf,
    parent_task_id: task.parentId,
    workflow_id: task.workflowId,
  }
}

/** One task: the documented fields, and what went in and came out. */
export function toTaskAnswer(task: Task): z.output<typeof taskAnswer> {
  return {
    ...toTaskItem(task),
    task_args: parseJson(task.args),
    task_kwargs: parseJson(task.kwargs),
    result: task.result === null ? null : parseJson(task.result),
  }
}

/** Starts after the first one. */
export function retryCount({ attempt }: TaskSummary): number {
  return Math.max(0, attempt - 1)
}

/** How long the last attempt ran, in seconds; null while it does, and when there was none. */
export function durationSeconds({ startedAt, finishedAt }: TaskSummary): number | null {
  return startedAt === null || finishedAt === null ? null : Math.max(0, finishedAt - startedAt) / 1000
}
