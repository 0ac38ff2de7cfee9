import type { EpochMs } from '../../../shared/domain/clock.ts'
import { INACTIVE_STATUS } from '../../../shared/domain/worker.ts'

/** An external worker, as it is kept and as it crosses the thread border. Flags are 0 or 1. */
export interface ExternalWorkerRow {
  readonly number: number
  readonly id: string
  readonly hostname: string
  readonly pid: number | null
  /** JSON array; null is every queue. */
  readonly queues: string | null
  /** JSON array; null is any name. */
  readonly names: string | null
  readonly concurrency: number
  readonly declared_status: string
  readonly is_paused: number
  readonly is_draining: number
  readonly is_offline: number
  readonly succeeded: number
  readonly failed: number
  /** Sum over its finished attempts. */
  readonly run_ms: number
  readonly registered_at: EpochMs
  readonly heartbeat_at: EpochMs
  readonly updated_at: EpochMs
}

export const takesTasks = (row: ExternalWorkerRow): boolean =>
  row.is_offline === 0 &&
  row.is_paused === 0 &&
  row.is_draining === 0 &&
  row.declared_status !== INACTIVE_STATUS

export const parseNames = (text: string | null): readonly string[] | null =>
  text === null ? null : (JSON.parse(text) as string[])
