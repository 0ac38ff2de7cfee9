import { type BackoffPolicy, DEFAULT_BACKOFF } from '../../../shared/domain/backoff.ts'
import type { JsonText } from '../../../shared/domain/json.ts'
import type { TaskState } from '../../../shared/domain/state.ts'
import type {
  Metadata,
  Progress,
  Task,
  TaskError,
  TaskReceipt,
  TaskSummary,
} from '../../../shared/domain/task.ts'

/** A row of `tasks` without what may be large. */
export interface TaskSummaryRow {
  readonly number: number
  readonly id: string
  readonly name: string
  readonly queue: string
  readonly state: TaskState
  readonly priority: number
  readonly run_at: number
  readonly attempt: number
  readonly excused_attempts: number
  readonly crashes: number
  readonly is_suspect: number
  readonly is_dead_letter: number
  readonly is_cancel_requested: number
  readonly max_retries: number
  readonly timeout_ms: number
  readonly queue_timeout_ms: number | null
  readonly backoff: string | null
  readonly worker_id: string | null
  readonly lease_token: string | null
  readonly created_at: number
  readonly updated_at: number
  readonly claimed_at: number | null
  readonly started_at: number | null
  readonly finished_at: number | null
  readonly unique_key: string | null
  readonly unique_until: number | null
  readonly idempotency_key: string | null
  readonly parent_id: string | null
  readonly workflow_id: string | null
  readonly blocked_by: number
  readonly replay_of: string | null
  readonly metadata: string | null
  readonly progress: string | null
  readonly error: string | null
  readonly error_fingerprint: string | null
}

export interface TaskRow extends TaskSummaryRow {
  readonly args: string
  readonly kwargs: string
  readonly result: string | null
}

export const SUMMARY_COLUMNS = `number, id, name, queue, state, priority, run_at, attempt, excused_attempts, crashes,
  is_suspect, is_dead_letter, is_cancel_requested, max_retries, timeout_ms, queue_timeout_ms, backoff, worker_id,
  lease_token, created_at, updated_at, claimed_at, started_at, finished_at, unique_key, unique_until,
  idempotency_key, parent_id, workflow_id, blocked_by, replay_of, metadata, progress, error, error_fingerprint`
export const TASK_COLUMNS = `${SUMMARY_COLUMNS}, args, kwargs, result`

export function toTaskSummary(row: TaskSummaryRow): TaskSummary {
  return {
    id: row.id,
    number: row.number,
    name: row.name,
    queue: row.queue,
    priority: row.priority,
    state: row.state,
    runAt: row.run_at,
    timeoutMs: row.timeout_ms,
    queueTimeoutMs: row.queue_timeout_ms,
    maxRetries: row.max_retries,
    attempt: row.attempt,
    excusedAttempts: row.excused_attempts,
    crashes: row.crashes,
    backoff: toBackoff(row.backoff),
    uniqueKey: row.unique_key,
    uniqueUntil: row.unique_until,
    idempotencyKey: row.idempotency_key,
    metadata: row.metadata === null ? {} : (JSON.parse(row.metadata) as Metadata),
    progress: row.progress === null ? null : (JSON.parse(row.progress) as Progress),
    error: toTaskError(row.error),
    workerId: row.worker_id,
    parentId: row.parent_id,
    workflowId: row.workflow_id,
    blockedBy: row.blocked_by,
    replayOf: row.replay_of,
    isDeadLetter: row.is_dead_letter === 1,
    isCancelRequested: row.is_cancel_requested === 1,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    claimedAt: row.claimed_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
  }
}

export function toTask(row: TaskRow): Task {
  return {
    ...toTaskSummary(row),
    args: row.args as JsonText,
    kwargs: row.kwargs as JsonText,
    result: row.result as JsonText | null,
  }
}

export function toReceipt(row: TaskSummaryRow, isRepeat: boolean): TaskReceipt {
  return {
    id: row.id,
    number: row.number,
    name: row.name,
    queue: row.queue,
    state: row.state,
    priority: row.priority,
    runAt: row.run_at,
    createdAt: row.created_at,
    isRepeat,
  }
}

export function toBackoff(text: string | null): BackoffPolicy {
  return text === null ? DEFAULT_BACKOFF : (JSON.parse(text) as BackoffPolicy)
}

export function toTaskError(text: string | null): TaskError | null {
  return text === null ? null : (JSON.parse(text) as TaskError)
}
