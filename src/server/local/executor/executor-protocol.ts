import type { AttemptEnd } from '../../../shared/domain/attempt-end.ts'
import type { EpochMs } from '../../../shared/domain/clock.ts'
import type { JsonText } from '../../../shared/domain/json.ts'
import type { LogLevel, Metadata } from '../../../shared/domain/task.ts'
import type { HandlerList } from '../../../shared/domain/worker.ts'

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
}

export interface ExecutorSettings {
  readonly tasksFolder: string
  /** Where compiled task modules are kept. */
  readonly cacheFolder: string
  readonly threads: number
  readonly threadFile: string
  readonly builtInFile: string
  /** What `penstock/tasks` resolves to. */
  readonly taskApiFile: string
}

export type ToExecutor =
  | { readonly kind: 'start'; readonly settings: ExecutorSettings }
  | { readonly kind: 'run'; readonly assignments: readonly Assignment[] }
  /** Fires the attempt's signal; with `terminate` its thread is stopped when it has not ended soon after. */
  | {
      readonly kind: 'abort'
      readonly number: number
      readonly why: AbortReason
      readonly terminate: boolean
    }
  /** Finish nothing new, end in order. What runs is aborted. */
  | { readonly kind: 'stop' }
  | { readonly kind: 'ping' }

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

export type FromExecutor =
  | { readonly kind: 'ready'; readonly handlers: HandlerList }
  | { readonly kind: 'handlers'; readonly handlers: HandlerList }
  | {
      readonly kind: 'report'
      readonly started: readonly StartedNotice[]
      readonly progress: readonly ProgressNotice[]
      readonly logs: readonly LogNotice[]
      readonly checkpoints: readonly CheckpointNotice[]
      readonly ended: readonly EndedNotice[]
    }
  | { readonly kind: 'pong' }

/** What a pool thread is asked. */
export type ThreadRequest =
  | {
      readonly kind: 'run'
      readonly assignment: Assignment
      readonly moduleUrl: string
      readonly exportName: string
    }
  | { readonly kind: 'describe'; readonly moduleUrl: string }

export interface DescribedHandler {
  readonly name: string
  readonly exportName: string
  readonly timeoutMs: number | null
  readonly maxRetries: number | null
}

/** How a thread answers a run. Errors are data, so that nothing a handler throws can break the border. */
export interface ThreadAnswer {
  readonly end: Extract<AttemptEnd, { kind: 'succeeded' | 'failed' }>
  /** How many notices the thread sent before: they travel another way and may arrive later. */
  readonly notices: number
}

/** What a thread tells while a task runs. */
export type ThreadNotice =
  | ({ readonly kind: 'progress' } & ProgressNotice)
  | ({ readonly kind: 'log' } & LogNotice)
  | ({ readonly kind: 'checkpoint' } & CheckpointNotice)

/** Name of the channel on which running tasks hear that they should end. */
export const ABORT_CHANNEL = 'penstock-abort'

export interface AbortNotice {
  readonly number: number
  readonly attempt: number
  readonly reason: string
}
