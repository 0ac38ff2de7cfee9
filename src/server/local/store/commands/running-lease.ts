import type { EpochMs } from '../../../../shared/domain/clock.ts'
import type { Lease } from './settle.ts'

/** What is known of a running task by its row alone. */
export interface LeaseRow {
  readonly number: number
  readonly id: string
  readonly name: string
  readonly queue: string
  readonly attempt: number
  readonly lease_token: string
  /** Null for a task of the bundled pool. */
  readonly lease_ms: number | null
  readonly run_at: EpochMs
  readonly claimed_at: EpochMs
  readonly started_at: EpochMs | null
  readonly worker_id: string
  readonly timeout_ms: number
  readonly workflow_id: string | null
}

export const LEASE_COLUMNS =
  'number, id, name, queue, attempt, lease_token, lease_ms, run_at, claimed_at, started_at, worker_id, timeout_ms, workflow_id'

export function toLease(row: LeaseRow): Lease {
  return {
    number: row.number,
    id: row.id,
    name: row.name,
    queue: row.queue,
    attempt: row.attempt,
    leaseToken: row.lease_token,
    dueAt: row.run_at,
    claimedAt: row.claimed_at,
    timeoutMs: row.timeout_ms,
    workflowId: row.workflow_id,
  }
}
