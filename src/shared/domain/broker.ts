import type { AlertPort } from './alert.ts'
import type { BulkPort } from './bulk-port.ts'
import type { Capabilities, Coverage } from './capabilities.ts'
import type { EpochMs } from './clock.ts'
import type { EventBatch, EventFilter } from './event.ts'
import type { Overview } from './overview.ts'
import type { Period, Queue, Stats, TaskTotals } from './queue.ts'
import type { QueueControlPort } from './queue-control-port.ts'
import type { ResiliencePort } from './resilience.ts'
import type { SchedulePort } from './schedule.ts'
import type { JsonText } from './json.ts'
import type { SubtaskPort } from './subtask-port.ts'
import type { TaskControlPort } from './task-control-port.ts'
import type { TaskQuery } from './task-query.ts'
import type {
  Attempt,
  LogEntry,
  ProgressEntry,
  ReplayChanges,
  SubmitTask,
  Task,
  TaskReceipt,
  TaskSummary,
} from './task.ts'
import type { TrendsPort } from './trends.ts'
import type { HandlerList } from './worker.ts'
import type { ExternalWorkerPort, WorkerPort } from './worker-port.ts'
import type { WorkflowPort } from './workflow.ts'

export interface TaskPage<Item = TaskSummary> {
  readonly tasks: readonly Item[]
  /** Cursor of the next page, null on the last. */
  readonly next: string | null
}

export interface FailureGroup {
  /** Same for errors of one type whose messages differ only in numbers, ids and quoted text. */
  readonly fingerprint: string
  readonly type: string
  readonly message: string
  readonly count: number
  readonly queues: readonly string[]
  readonly names: readonly string[]
  readonly latestTaskId: string
  readonly latestAt: EpochMs
}

export interface ComponentHealth {
  readonly name: 'store' | 'executor' | 'dispatcher'
  readonly isHealthy: boolean
  readonly detail: string | null
}

export interface BrokerHealth {
  readonly status: 'healthy' | 'degraded' | 'unhealthy'
  readonly startedAt: EpochMs
  readonly components: readonly ComponentHealth[]
}

/** Which dead letters: some, or all of one queue. */
export type DeadLetterSelection = { readonly taskIds: readonly string[] } | 'all'

/**
 * What every broker can be asked, local or remote: the one port between faces and engines.
 *
 * Every promise of this interface is a case of the conformance suite (`test/conformance`). A call
 * that resolves is durable. A call that is refused throws a `BrokerError` and has changed nothing.
 * Something this broker lacks is `false` in `capabilities`, and calling it is `NOT_SUPPORTED`.
 */
export interface Broker
  extends
    AsyncDisposable,
    TaskControlPort,
    QueueControlPort,
    SubtaskPort,
    AlertPort,
    ResiliencePort,
    WorkflowPort,
    BulkPort,
    TrendsPort,
    SchedulePort,
    WorkerPort,
    ExternalWorkerPort {
  readonly capabilities: Capabilities
  /** How much of each thing it takes and tells. */
  readonly coverage: Coverage

  health(): Promise<BrokerHealth>
  overview(): Promise<Overview>

  /**
   * All or nothing, in the order given: receipts come in the same order.
   * @throws DUPLICATE_TASK when a `unique` key is taken, INVALID_REQUEST when a field is out of range.
   */
  submit(tasks: readonly SubmitTask[]): Promise<readonly TaskReceipt[]>
  /** @throws TASK_NOT_FOUND */
  getTask(id: string): Promise<Task>
  /** @throws TASK_NOT_FOUND. For wires whose ids are integers. */
  getTaskByNumber(number: number): Promise<Task>
  listTasks(query: TaskQuery): Promise<TaskPage>
  /**
   * As `listTasks`, with input and result. For callers that need them for every row. A page that would be
   * very large ends early, with a `next`.
   */
  listFullTasks(query: TaskQuery): Promise<TaskPage<Task>>
  /** How many tasks match; `limit`, `cursor` and `offset` do not count. */
  countTasks(query: TaskQuery): Promise<number>
  /**
   * A waiting or paused task is cancelled at once. A running one is asked (its signal fires) and is
   * cancelled when its attempt ends; with `terminate` the attempt is stopped.
   * @throws TASK_NOT_FOUND, INVALID_STATE when the task is final.
   */
  cancel(id: string, options: { readonly terminate: boolean }): Promise<Task>
  /**
   * Submits a final task once more as a new, linked task (`replayOf`). The original stays as it is;
   * a dead letter leaves the dead letters in the same transaction.
   * @throws TASK_NOT_FOUND, INVALID_STATE when the task is not final, INVALID_REQUEST.
   */
  replay(id: string, changes: ReplayChanges): Promise<TaskReceipt>
  /** @throws TASK_NOT_FOUND, INVALID_STATE while the task runs. */
  deleteTask(id: string): Promise<void>

  /** Finished attempts, oldest first. @throws TASK_NOT_FOUND */
  attempts(id: string): Promise<readonly Attempt[]>
  /**
   * Entries of the progress stream, oldest first, at most `limit` (1 to 1000).
   * `fromId` is inclusive. @throws TASK_NOT_FOUND
   */
  progressHistory(
    id: string,
    options: { readonly fromId?: string; readonly limit: number },
  ): Promise<readonly ProgressEntry[]>
  /** Captured lines, oldest first, at most the last 1000. @throws TASK_NOT_FOUND */
  logs(id: string): Promise<readonly LogEntry[]>

  listQueues(): Promise<readonly Queue[]>
  /** @throws QUEUE_NOT_FOUND */
  getQueue(name: string): Promise<Queue>
  /** Stops or allows claims; running tasks finish. Idempotent. @throws QUEUE_NOT_FOUND */
  setQueuePaused(name: string, isPaused: boolean): Promise<Queue>
  /** Deletes what waits (scheduled, pending, retrying, paused); answers how many. @throws QUEUE_NOT_FOUND */
  purgeQueue(name: string): Promise<number>
  /** Of one queue, or of all. @throws QUEUE_NOT_FOUND */
  stats(options: { readonly queue?: string | undefined; readonly period: Period }): Promise<Stats>
  /** Per queue and task name; at most 1000 names a queue, the rest under `(other)`. */
  taskTotals(): Promise<readonly TaskTotals[]>

  /**
   * Replays dead letters of one queue, in the order asked; with 'all', oldest first. One transaction.
   * @throws TASK_NOT_FOUND when an id is not among that queue's dead letters; then nothing is done.
   */
  reprocessDeadLetters(queue: string, selection: DeadLetterSelection): Promise<readonly TaskReceipt[]>
  /** Takes dead letters out of the dead-letter queue by deleting them; answers how many. @throws TASK_NOT_FOUND */
  purgeDeadLetters(queue: string, selection: DeadLetterSelection): Promise<number>
  /** Dead letters grouped by error, latest first, at most `limit`. */
  failureGroups(options: {
    readonly queue?: string | undefined
    readonly limit: number
  }): Promise<readonly FailureGroup[]>

  handlers(): Promise<HandlerList>
  /**
   * What the handler of a task name has against an input, for people; null when it has nothing, and when
   * nobody here can tell: it runs elsewhere, nothing runs at the moment, or it takes long to say. Each
   * attempt checks its input again.
   */
  checkInput(
    name: string,
    input: { readonly args: JsonText; readonly kwargs: JsonText },
  ): Promise<string | null>

  /**
   * Events after `after` (default: from now on), in order, without gaps; what no longer is kept, or
   * came faster than it was read, is counted in `missed`. Ends when it or the broker is closed.
   */
  subscribe(options: {
    readonly after?: number | undefined
    readonly filter?: EventFilter | undefined
  }): EventSubscription
}

export interface EventSubscription extends AsyncIterable<EventBatch> {
  /** Ends the iteration, also while it waits, and frees its buffer. Safe to call twice. */
  close(): void
}
