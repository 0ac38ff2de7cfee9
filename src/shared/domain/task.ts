import type { BackoffPolicy } from './backoff.ts'
import type { EpochMs } from './clock.ts'
import type { JsonText } from './json.ts'
import type { TaskState } from './state.ts'

/** The caller's own tags: one level of plain values, searchable. */
export type Metadata = Readonly<Record<string, string | number | boolean | null>>

export interface Progress {
  /** 0 to 1. */
  readonly fraction: number
  readonly stage: string | null
  readonly message: string | null
  readonly at: EpochMs
}

/** One entry of a task's progress stream. Ids are `<ms>-<n>`, ordered, unique inside the task. */
export interface ProgressEntry extends Progress {
  readonly streamId: string
  readonly attempt: number
}

/** Why an attempt did not succeed. `type` is an error's name: `TypeError`, `TimeoutError`, `WorkerLostError` … */
export interface TaskError {
  readonly type: string
  readonly message: string
  readonly traceback: string | null
  /** The error that caused it, as `type: message`, when the handler's error named one. */
  readonly cause: string | null
}

/** Domain model, "Task". One shape for every state: what a state does not have is null. */
export interface Task {
  /** UUIDv7: time-ordered, identity everywhere. */
  readonly id: string
  /** The same task for dialects with integer ids; ≥ 1, never used again. */
  readonly number: number
  readonly name: string
  readonly queue: string
  /** JSON array. */
  readonly args: JsonText
  /** JSON object; a dialect with one payload may put any JSON value here. */
  readonly kwargs: JsonText
  /** 0 to 10, higher first. */
  readonly priority: number
  readonly state: TaskState
  readonly runAt: EpochMs
  /** One attempt's limit, in milliseconds. */
  readonly timeoutMs: number
  /** How long it may wait, once due, before it starts. */
  readonly queueTimeoutMs: number | null
  readonly maxRetries: number
  /** Starts so far; while claimed, the number of the attempt about to start. */
  readonly attempt: number
  /** Attempts that do not count against `maxRetries`: paused, drained or lost with their worker. */
  readonly excusedAttempts: number
  /** How often it took its worker down with it. At three it is quarantined. */
  readonly crashes: number
  readonly backoff: BackoffPolicy
  readonly uniqueKey: string | null
  readonly uniqueUntil: EpochMs | null
  readonly idempotencyKey: string | null
  readonly metadata: Metadata
  readonly progress: Progress | null
  readonly result: JsonText | null
  readonly error: TaskError | null
  readonly workerId: string | null
  readonly parentId: string | null
  readonly workflowId: string | null
  /** Parents in its workflow that have not let it go yet. While there are any, its `runAt` does not count. */
  readonly blockedBy: number
  readonly replayOf: string | null
  /** Failed or timed out, and neither reprocessed nor purged. */
  readonly isDeadLetter: boolean
  /** Somebody asked to cancel it while it runs; it ends as cancelled when its attempt does. */
  readonly isCancelRequested: boolean
  readonly createdAt: EpochMs
  readonly updatedAt: EpochMs
  readonly claimedAt: EpochMs | null
  readonly startedAt: EpochMs | null
  readonly finishedAt: EpochMs | null
}

/** A task without what may be large; what lists carry. */
export type TaskSummary = Omit<Task, 'args' | 'kwargs' | 'result'>

/** What a submit may say. Everything left out takes the default of the handler, then of the product. */
export interface SubmitTask {
  readonly name: string
  readonly queue?: string | undefined
  readonly args?: JsonText | undefined
  readonly kwargs?: JsonText | undefined
  readonly priority?: number | undefined
  /** An instant in the past means now. */
  readonly runAt?: EpochMs | undefined
  readonly timeoutMs?: number | undefined
  readonly queueTimeoutMs?: number | undefined
  readonly maxRetries?: number | undefined
  readonly backoff?: BackoffPolicy | undefined
  /** Refuses a second submit of `key` for `forMs` milliseconds. */
  readonly unique?: { readonly key: string; readonly forMs: number } | undefined
  readonly idempotencyKey?: string | undefined
  readonly metadata?: Metadata | undefined
  readonly parentId?: string | undefined
}

/** Changes to make on a replay; what is left out is as in the original. */
export type ReplayChanges = Partial<
  Pick<
    SubmitTask,
    'queue' | 'args' | 'kwargs' | 'priority' | 'runAt' | 'timeoutMs' | 'maxRetries' | 'metadata'
  >
>

/** Changes to a task that waits; what is left out stays as it is. */
export type TaskChanges = ReplayChanges & { readonly name?: string | undefined }

/** What a submit answers: enough for every wire format, without what was sent. */
export type TaskReceipt = Pick<
  Task,
  'id' | 'number' | 'name' | 'queue' | 'state' | 'priority' | 'runAt' | 'createdAt'
> & {
  /** The idempotency key had been seen: this is the first task, and no other was made. */
  readonly isRepeat: boolean
}

export type AttemptOutcome = 'succeeded' | 'failed' | 'timed_out' | 'cancelled' | 'paused' | 'lost'

/** One finished attempt. No later attempt overwrites it. */
export interface Attempt {
  readonly attempt: number
  readonly workerId: string | null
  /** When the task became due for this attempt. */
  readonly dueAt: EpochMs
  readonly claimedAt: EpochMs
  readonly startedAt: EpochMs | null
  readonly finishedAt: EpochMs
  readonly outcome: AttemptOutcome
  readonly error: TaskError | null
  /** When the next attempt may start; null when there is none. */
  readonly retryAt: EpochMs | null
}

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

/** One captured line: from the handler's `context.log` or its console. */
export interface LogEntry {
  readonly at: EpochMs
  readonly attempt: number
  readonly level: LogLevel
  readonly message: string
}
