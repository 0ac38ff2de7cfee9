import type { Alert, AlertSeverity, AlertType } from '../../../shared/domain/alert.ts'
import type { EpochMs } from '../../../shared/domain/clock.ts'

export const ALERT_COLUMNS = `number, id, type, severity, message, queue, worker_id, name, value, threshold, count,
  seen, raised_at, updated_at, acknowledged_at, cleared_at`

export interface AlertRow {
  readonly number: number
  readonly id: string
  readonly type: AlertType
  readonly severity: AlertSeverity
  readonly message: string
  readonly queue: string | null
  readonly worker_id: string | null
  readonly name: string | null
  readonly value: number
  readonly threshold: number
  readonly count: number
  readonly seen: number
  readonly raised_at: EpochMs
  readonly updated_at: EpochMs
  readonly acknowledged_at: EpochMs | null
  readonly cleared_at: EpochMs | null
}

export function toAlert(row: AlertRow): Alert {
  const { id, type, severity, message, queue, name, value, threshold, count } = row
  const open = row.acknowledged_at === null ? 'active' : 'acknowledged'
  return {
    id,
    type,
    severity,
    message,
    queue,
    workerId: row.worker_id,
    name,
    state: row.cleared_at === null ? open : 'cleared',
    value,
    threshold,
    count,
    raisedAt: row.raised_at,
    updatedAt: row.updated_at,
    acknowledgedAt: row.acknowledged_at,
    clearedAt: row.cleared_at,
  }
}
