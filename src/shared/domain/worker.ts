import type { EpochMs } from './clock.ts'

export const WORKER_STATUSES = ['active', 'idle', 'paused', 'draining', 'offline'] as const
export type WorkerStatus = (typeof WORKER_STATUSES)[number]

export interface RunningTask {
  readonly taskId: string
  readonly name: string
  readonly queue: string
  readonly startedAt: EpochMs
}

/** Something that claims tasks. `local`: threads of the bundled pool. `external`: leases over HTTP. */
export interface Worker {
  readonly id: string
  readonly kind: 'local' | 'external'
  readonly hostname: string
  readonly pid: number | null
  readonly status: WorkerStatus
  /** What it takes from; null means every queue. */
  readonly queues: readonly string[] | null
  readonly concurrency: number
  readonly running: readonly RunningTask[]
  readonly succeeded: number
  readonly failed: number
  /** Mean time of one finished attempt, in milliseconds; null before the first. */
  readonly meanRunMs: number | null
  readonly startedAt: EpochMs
  readonly lastHeartbeatAt: EpochMs
}

/** A task name that can run here, and where it comes from. */
export interface Handler {
  readonly name: string
  /** File in the tasks folder, relative to it; null for a built-in. */
  readonly file: string | null
  readonly timeoutMs: number | null
  readonly maxRetries: number | null
}

/** A file of the tasks folder that could not be loaded, in whole or in part. */
export interface HandlerProblem {
  readonly file: string
  readonly message: string
}

export interface HandlerList {
  readonly handlers: readonly Handler[]
  readonly problems: readonly HandlerProblem[]
}
