import type { TaskQuery } from './task-query.ts'
import type { EpochMs } from './clock.ts'
import type { BrokerErrorCode } from './errors.ts'

export const BULK_ACTIONS = ['cancel', 'retry', 'delete', 'pause', 'resume', 'priority'] as const

/**
 * What is done to every task that matches. `cancel` asks running tasks to end, or with `terminate` stops them;
 * `retry` runs again what failed, timed out or was cancelled, with `withSucceeded` what succeeded too, as
 * `replay` does, and nothing twice; `priority` sets `priority`.
 */
export type BulkAction = (typeof BULK_ACTIONS)[number]

/** Place and size of a page mean nothing here: everything that matches is meant. */
export type BulkQuery = Omit<TaskQuery, 'order' | 'sort' | 'limit' | 'cursor' | 'offset'>

export interface NewBulk {
  readonly action: BulkAction
  readonly query: BulkQuery
  /** 0 to 10; with the action `priority`, and only there. */
  readonly priority?: number | undefined
  /** With the action `cancel`, and only there: an attempt that runs is stopped, see `Broker.cancel`. */
  readonly terminate?: boolean | undefined
  /** With the action `retry`, and only there. */
  readonly withSucceeded?: boolean | undefined
}

export type BulkState = 'running' | 'done' | 'cancelled' | 'failed'

/**
 * Why a task was passed over: what the action on it alone would be refused with; `NO_LONGER_MATCHES`,
 * when it changed before its turn came; `ALREADY_REPLAYED`, when it has been run again before.
 */
export type BulkSkip = BrokerErrorCode | 'NO_LONGER_MATCHES' | 'ALREADY_REPLAYED'

export interface BulkOperation {
  /** UUIDv7. */
  readonly id: string
  readonly action: BulkAction
  readonly query: BulkQuery
  readonly priority: number | null
  readonly state: BulkState
  /** Why it failed, for people; what it had done before stays done. Null unless it did. */
  readonly reason: string | null
  /** How many tasks matched when it began; null until they are counted. */
  readonly matched: number | null
  readonly done: number
  readonly skipped: number
  /** How many were skipped, by reason. */
  readonly reasons: Readonly<Partial<Record<BulkSkip, number>>>
  readonly createdAt: EpochMs
  readonly finishedAt: EpochMs | null
}

/**
 * One action on everything that matches a filter, in slices beside all other work. Only tasks that
 * were there when it began are meant. Each task is done or skipped, and counted, in one transaction.
 */
export interface BulkPort {
  /** Answers at once; it goes on by itself. @throws INVALID_REQUEST */
  startBulk(bulk: NewBulk): Promise<BulkOperation>
  /** One that ran when the broker stopped has failed, and says so. @throws OPERATION_NOT_FOUND */
  getOperation(id: string): Promise<BulkOperation>
  /** Ends it before its next slice; one that has ended stays as it is. @throws OPERATION_NOT_FOUND */
  cancelOperation(id: string): Promise<BulkOperation>
  /** Newest first, the last 100. */
  listOperations(): Promise<readonly BulkOperation[]>
}
