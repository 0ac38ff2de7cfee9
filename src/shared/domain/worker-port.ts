import type { EpochMs } from './clock.ts'
import type { JsonText } from './json.ts'
import type { TaskState } from './state.ts'
import type { LogLevel, Metadata } from './task.ts'
import type { Worker } from './worker.ts'
import type { ParentResults } from './workflow.ts'

/** An external worker that misses its heartbeats for this long is offline. */
export const WORKER_SILENCE_MS = 30_000
export const MIN_WORKER_CONCURRENCY = 1
export const MAX_WORKER_CONCURRENCY = 100
export const MIN_LEASE_MS = 100
/** A day. */
export const MAX_LEASE_MS = 86_400_000

/** Seeing and steering workers of either kind. */
export interface WorkerPort {
  /** Local ones first, then external ones in the order they registered. */
  listWorkers(): Promise<readonly Worker[]>
  /** @throws WORKER_NOT_FOUND */
  getWorker(id: string): Promise<Worker>
  /** @throws WORKER_NOT_FOUND. For wires whose ids are integers. */
  getWorkerByNumber(number: number): Promise<Worker>
  /**
   * Stops claims, or allows them again; what runs goes on. Resuming also calls off a drain.
   * Idempotent. @throws WORKER_NOT_FOUND
   */
  setWorkerPaused(id: string, isPaused: boolean): Promise<Worker>
  /** Takes no more tasks, finishes what it has, and is offline then. Idempotent. @throws WORKER_NOT_FOUND */
  drainWorker(id: string): Promise<Worker>
  /**
   * How many tasks it may run at once, 1 to 100. Fewer than it runs now: nothing is stopped, nothing
   * new is claimed until there is room. @throws WORKER_NOT_FOUND, INVALID_REQUEST
   */
  resizeWorker(id: string, concurrency: number): Promise<Worker>
  /**
   * An external worker says good-bye: what it still holds is given back at once. A local one takes no
   * more tasks, finishes what it has, and then is gone. @throws WORKER_NOT_FOUND
   */
  removeWorker(id: string): Promise<void>
  /** Another pool beside the ones of the configuration, until the program ends. @throws INVALID_REQUEST */
  addLocalWorker(pool: LocalPool): Promise<Worker>
}

/** Threads of the bundled pool that are one worker. */
export interface LocalPool {
  /** 1 to 64 characters out of A-Z a-z 0-9 _ . -; one of its own for each pool. */
  readonly name: string
  /** What it takes from; null means every queue. */
  readonly queues: readonly string[] | null
  /** 1 to 100 when it is added while running; the configuration may say more. */
  readonly threads: number
}

/**
 * What an external worker says. Every call is a sign of life; a heartbeat, a status, a lease or a
 * renewal brings one back that was offline. All but `registerWorker` throw WORKER_NOT_FOUND for one that
 * is not known: it was removed, or has been offline for a week, and has to register again.
 */
export interface ExternalWorkerPort {
  /** Every registration is a worker of its own, whatever its hostname. @throws INVALID_REQUEST */
  registerWorker(registration: WorkerRegistration): Promise<Worker>
  /** Owed more often than every {@link WORKER_SILENCE_MS}. */
  heartbeat(workerId: string): Promise<WorkerOrders>
  /** 1 to 50 characters; `inactive` gets no tasks, every other word does. @throws INVALID_REQUEST */
  setWorkerStatus(workerId: string, status: string): Promise<Worker>
  /**
   * Claims up to `limit` due tasks, no more than the worker has room for: highest priority first, of
   * its queues that are not paused, of its names. In one transaction, under one lease of `leaseMs`
   * each. A worker that is paused, draining or inactive gets none. @throws INVALID_REQUEST
   */
  leaseTasks(
    workerId: string,
    request: { readonly limit: number; readonly leaseMs: number },
  ): Promise<readonly LeasedTask[]>
  /** From now on for `leaseMs`. What is lost is told, and refuses nothing of the rest. @throws INVALID_REQUEST */
  renewLeases(workerId: string, leases: readonly TaskLease[], leaseMs: number): Promise<LeaseRenewal>
  /** Tells that the attempt begins; until it does, it counts from its lease. @throws LEASE_LOST */
  startTask(workerId: string, lease: TaskLease): Promise<void>
  /** @throws LEASE_LOST, INVALID_REQUEST */
  reportProgress(workerId: string, lease: TaskLease, progress: ProgressUpdate): Promise<void>
  /** Lines in order, at most 1000. @throws LEASE_LOST, INVALID_REQUEST */
  writeLog(workerId: string, lease: TaskLease, lines: readonly LogLine[]): Promise<void>
  /** What the next attempt is to be given. @throws LEASE_LOST, INVALID_REQUEST */
  saveCheckpoint(workerId: string, lease: TaskLease, data: JsonText): Promise<void>
  /** @returns the task's state: succeeded, or cancelled when that was asked. @throws LEASE_LOST, INVALID_REQUEST */
  completeTask(workerId: string, lease: TaskLease, result: JsonText): Promise<TaskState>
  /**
   * @returns the task's state: retrying, failed, or what was asked meanwhile (cancelled, paused).
   * @throws LEASE_LOST, INVALID_REQUEST
   */
  failTask(workerId: string, lease: TaskLease, failure: TaskFailure): Promise<TaskState>
  /**
   * Gives the task back. One that was not told to have started is as if it had never been claimed; of
   * one that was, the attempt is excused. @throws LEASE_LOST
   */
  releaseTask(workerId: string, lease: TaskLease): Promise<TaskState>
}

export interface WorkerRegistration {
  /** 1 to 256 characters. */
  readonly hostname: string
  readonly pid?: number | null | undefined
  /** At most 1000; null or left out means every queue. */
  readonly queues?: readonly string[] | null | undefined
  /**
   * Task names it knows, at most 1000. Null or left out takes any, and vouches for none: submits that
   * ask for a known name still need somebody who names it.
   */
  readonly names?: readonly string[] | null | undefined
  /** Tasks it runs at once, 1 to 100. */
  readonly concurrency: number
}

/** What a worker has to show to speak for a task. */
export interface TaskLease {
  readonly taskId: string
  readonly leaseToken: string
}

export interface LeasedTask extends TaskLease {
  readonly number: number
  readonly name: string
  readonly queue: string
  /** Number of this attempt, 1 for the first. */
  readonly attempt: number
  readonly args: JsonText
  readonly kwargs: JsonText
  readonly metadata: Metadata
  /** The attempt's limit, in milliseconds; past it the lease is taken away. */
  readonly timeoutMs: number
  /** What an earlier attempt saved. */
  readonly checkpoint: JsonText | null
  /** Of a node of a workflow: what its parents came to. Null for any other task. */
  readonly parents: ParentResults | null
  /** By the wall clock here, for people; the worker should count {@link leaseMs} by its own. */
  readonly leaseUntil: EpochMs
  readonly leaseMs: number
}

/** What a worker is told whenever it calls in. */
export interface WorkerOrders {
  readonly worker: Worker
  /** Ids of tasks it holds that somebody cancelled or paused: end them, and say so with fail or release. */
  readonly abort: readonly string[]
}

export interface LeaseRenewal {
  readonly renewed: readonly { readonly taskId: string; readonly leaseUntil: EpochMs }[]
  /** Ids of tasks that are its no longer: stop working on them, nothing it says of them counts. */
  readonly lost: readonly string[]
  readonly abort: readonly string[]
}

export interface ProgressUpdate {
  /** 0 to 1. */
  readonly fraction: number
  /** At most 200 characters are kept. */
  readonly stage?: string | null | undefined
  /** At most 2000 characters are kept. */
  readonly message?: string | null | undefined
}

export interface LogLine {
  readonly level: LogLevel
  /** At most 10,000 characters are kept. */
  readonly message: string
}

export interface TaskFailure {
  readonly error: {
    readonly type: string
    readonly message: string
    readonly traceback?: string | null | undefined
    readonly cause?: string | null | undefined
  }
  /** False dead-letters at once. Default true. */
  readonly mayRetry?: boolean | undefined
  /** When to try again, instead of the task's back-off. */
  readonly retryAfterMs?: number | null | undefined
}
