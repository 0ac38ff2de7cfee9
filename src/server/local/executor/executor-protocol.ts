import type { MessagePort } from 'node:worker_threads'
import type { AttemptEnd } from '../../../shared/domain/attempt-end.ts'
import type { EpochMs } from '../../../shared/domain/clock.ts'
import type { JsonText } from '../../../shared/domain/json.ts'
import type { LogLevel, Metadata } from '../../../shared/domain/task.ts'
import type { LoadedHandlers } from '../../../shared/domain/worker.ts'
import type { ParentResults } from '../../../shared/domain/workflow.ts'

/** What crosses between the broker and the executor process, in batches. Payloads are text. */

/** One attempt to run. */
export interface Assignment {
  readonly number: number
  readonly id: string
  readonly name: string
  readonly queue: string
  readonly attempt: number
  readonly args: JsonText
  readonly kwargs: JsonText
  readonly metadata: Metadata
  readonly timeoutMs: number
  /** What an earlier attempt saved. */
  readonly checkpoint: JsonText | null
  /** Of a node of a workflow; null for any other task. */
  readonly parents: ParentResults | null
}

export interface ExecutorSettings {
  readonly tasksFolder: string
  /** Where compiled task modules are kept. */
  readonly cacheFolder: string
  /** Threads of each pool, by its worker's id. */
  readonly slots: Slots
  readonly threadFile: string
  readonly builtInFile: string
  /** What `penstock/tasks` resolves to. */
  readonly taskApiFile: string
}

/** How many tasks each worker may run at once, by its id. */
export type Slots = Readonly<Record<string, number>>

export type ToExecutor =
  | { readonly kind: 'start'; readonly settings: ExecutorSettings }
  /** Attempts for one worker, which starts them as it has room, in order. */
  | { readonly kind: 'run'; readonly workerId: string; readonly assignments: readonly Assignment[] }
  /** What runs goes on, also where there is less room now. */
  | { readonly kind: 'slots'; readonly slots: Slots }
  /** Fires the attempt's signal; with `terminate` its thread is stopped when it has not ended soon after. */
  | {
      readonly kind: 'abort'
      readonly number: number
      readonly why: AbortReason
      readonly terminate: boolean
    }
  | { readonly kind: 'subtask'; readonly requestId: number; readonly answer: SubtaskAnswer }
  | ({ readonly kind: 'check'; readonly requestId: number } & InputToCheck)
  /** Finish nothing new, end in order. What runs is aborted. */
  | { readonly kind: 'stop' }
  | { readonly kind: 'ping' }

/** Would the handler of `name` take this? */
export interface InputToCheck {
  readonly name: string
  readonly args: JsonText
  readonly kwargs: JsonText
}

export type AbortReason = 'cancel' | 'pause'

export interface StartedNotice {
  readonly number: number
  readonly at: EpochMs
}

export interface EndedNotice {
  readonly number: number
  /** Null when it was aborted before it started. */
  readonly startedAt: EpochMs | null
  readonly at: EpochMs
  readonly end: AttemptEnd
}

export interface ProgressNotice {
  readonly number: number
  readonly at: EpochMs
  readonly fraction: number
  readonly stage: string | null
  readonly message: string | null
}

export interface LogNotice {
  readonly number: number
  readonly at: EpochMs
  readonly level: LogLevel
  readonly message: string
}

/** What the next attempt is to find. */
export interface CheckpointNotice {
  readonly number: number
  readonly data: JsonText
}

/** A running attempt wants to submit another task. `task` is JSON text that nobody has checked yet. */
export interface SubtaskRequest {
  readonly number: number
  readonly attempt: number
  readonly task: string
}

export interface RefusedSubtask {
  readonly ok: false
  readonly code: string
  readonly message: string
}

export type SubtaskAnswer = { readonly ok: true; readonly id: string } | RefusedSubtask

export const ATTEMPT_ENDED: RefusedSubtask = {
  ok: false,
  code: 'LEASE_LOST',
  message: 'The attempt has ended; what it submits now is not taken.',
}

/** What the executor tells of its attempts, in one message for one turn of its event loop. */
export interface ExecutorReport {
  readonly kind: 'report'
  /** Numbers of attempts that a thread got together, and starts one after another from now on. */
  readonly handed: readonly number[]
  /** Handed attempts that were taken back before they started. */
  readonly recalled: readonly number[]
  readonly started: readonly StartedNotice[]
  readonly progress: readonly ProgressNotice[]
  readonly logs: readonly LogNotice[]
  readonly checkpoints: readonly CheckpointNotice[]
  readonly ended: readonly EndedNotice[]
}

export type FromExecutor =
  | ({ readonly kind: 'subtask'; readonly requestId: number } & SubtaskRequest)
  | { readonly kind: 'ready'; readonly handlers: LoadedHandlers }
  | { readonly kind: 'handlers'; readonly handlers: LoadedHandlers }
  | ExecutorReport
  /** What the handler has against the input; null when nothing, or when that cannot be told. */
  | { readonly kind: 'checked'; readonly requestId: number; readonly refusal: string | null }
  | { readonly kind: 'pong' }

/** One attempt with where its handler is. */
export interface ThreadAttempt {
  readonly assignment: Assignment
  readonly moduleUrl: string
  readonly exportName: string
}

/** What a pool thread is asked. */
export type ThreadRequest =
  | {
      readonly kind: 'run'
      /** One after another. */
      readonly attempts: readonly ThreadAttempt[]
      /**
       * One 32-bit integer: how many of them were begun. The thread counts it up before each; whoever
       * writes {@link RECALLED} there keeps it from beginning any other.
       */
      readonly begun: SharedArrayBuffer
    }
  | { readonly kind: 'describe'; readonly moduleUrl: string }
  | { readonly kind: 'check'; readonly inputs: readonly ThreadCheck[] }

/** One input with where its handler is. */
export interface ThreadCheck {
  readonly moduleUrl: string
  readonly exportName: string
  readonly args: JsonText
  readonly kwargs: JsonText
}

/** In `begun`: nothing more is begun. */
export const RECALLED = -1

export interface DescribedHandler {
  readonly name: string
  readonly exportName: string
  readonly timeoutMs: number | null
  readonly maxRetries: number | null
  readonly checksInput: boolean
}

/** How one attempt ended in its thread. Errors are data, so that nothing a handler throws can break the border. */
export interface ThreadEnd {
  readonly number: number
  readonly name: string
  readonly startedAt: EpochMs
  readonly at: EpochMs
  /** In milliseconds, finer than the clock. */
  readonly ranMs: number
  readonly end: Extract<AttemptEnd, { kind: 'succeeded' | 'failed' }>
}

/** What a thread tells of its attempts, in order. The end is an attempt's last. */
export type ThreadNotice =
  | ({ readonly kind: 'ended' } & ThreadEnd)
  | ({ readonly kind: 'progress' } & ProgressNotice)
  | ({ readonly kind: 'log' } & LogNotice)
  | ({ readonly kind: 'checkpoint' } & CheckpointNotice)
  /** Answered on the port; a port that closes without an answer is the end of the attempt. */
  | ({ readonly kind: 'subtask'; readonly replyTo: MessagePort } & SubtaskRequest)

/**
 * What a pool thread and its process know, and task code does not: the thread takes it out of its
 * `workerData` before any task code runs. What task code says by other ways is no word of ours.
 */
export interface ThreadSecrets {
  /** Comes with every notice. */
  readonly key: string
  /** Name of the channel on which running tasks hear that they should end. */
  readonly abortChannel: string
}

/** A notice as it crosses from the thread to its process. */
export interface SignedNotice {
  readonly key: string
  readonly notice: ThreadNotice
}

export interface AbortNotice {
  readonly number: number
  readonly attempt: number
  readonly reason: string
}
