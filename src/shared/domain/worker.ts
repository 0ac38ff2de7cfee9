import type { EpochMs } from './clock.ts'

export const WORKER_STATUSES = ['active', 'idle', 'paused', 'draining', 'offline'] as const
export type WorkerStatus = (typeof WORKER_STATUSES)[number]

/** What a worker says of itself when it wants no tasks for a while. */
export const INACTIVE_STATUS = 'inactive'

export interface RunningTask {
  readonly taskId: string
  readonly name: string
  readonly queue: string
  /** Since when it runs; of an external worker that told no start, since it was leased. */
  readonly startedAt: EpochMs
}

/** Something that claims tasks. `local`: threads of the bundled pool. `external`: leases over HTTP. */
export interface Worker {
  readonly id: string
  /** The same worker for dialects with integer ids; ≥ 1, never used again for another. */
  readonly number: number
  readonly kind: 'local' | 'external'
  readonly hostname: string
  readonly pid: number | null
  readonly status: WorkerStatus
  /** What it last said of itself, 1 to 50 characters; {@link INACTIVE_STATUS} gets no tasks. */
  readonly declaredStatus: string
  /** What it takes from; null means every queue. */
  readonly queues: readonly string[] | null
  /** Task names it takes; null means any. A local worker takes what its task files export. */
  readonly names: readonly string[] | null
  readonly concurrency: number
  readonly running: readonly RunningTask[]
  readonly succeeded: number
  readonly failed: number
  /** Mean time of one finished attempt, in milliseconds; null before the first. */
  readonly meanRunMs: number | null
  readonly startedAt: EpochMs
  readonly lastHeartbeatAt: EpochMs
  /** When its settings or status last changed. */
  readonly updatedAt: EpochMs
}

/** A task name that can run here, and where it comes from. */
export interface Handler {
  readonly name: string
  /** File in the tasks folder, relative to it; null for a built-in. */
  readonly file: string | null
  readonly timeoutMs: number | null
  readonly maxRetries: number | null
  /** Whether it looks at its input before it runs; see `Broker.checkInput`. */
  readonly checksInput: boolean
}

/** A file of the tasks folder that could not be loaded, in whole or in part. */
export interface HandlerProblem {
  readonly file: string
  readonly message: string
}

/** What the bundled pool can run. */
export interface LoadedHandlers {
  readonly handlers: readonly Handler[]
  readonly problems: readonly HandlerProblem[]
}

/** A task name that connected external workers said they know. */
export interface ExternalHandler {
  readonly name: string
  readonly workerIds: readonly string[]
}

export interface HandlerList extends LoadedHandlers {
  /** By name. A name may stand among `handlers` too. */
  readonly external: readonly ExternalHandler[]
}
