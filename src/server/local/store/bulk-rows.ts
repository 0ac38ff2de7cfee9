import { operationNotFound } from '../../../shared/domain/errors.ts'
import type {
  BulkAction,
  BulkOperation,
  BulkQuery,
  BulkSkip,
  BulkState,
} from '../../../shared/domain/bulk-port.ts'
import type { ReadableDatabase } from './open-database.ts'

export interface BulkRow {
  readonly number: number
  readonly id: string
  readonly action: BulkAction
  readonly query: string
  readonly priority: number | null
  readonly up_to: number
  readonly state: BulkState
  readonly reason: string | null
  readonly matched: number | null
  readonly done: number
  readonly reasons: string
  readonly created_at: number
  readonly finished_at: number | null
}

/** @returns a function that finds an operation by id. @throws OPERATION_NOT_FOUND */
export function prepareFindBulk(db: ReadableDatabase): (id: string) => BulkRow {
  const byId = db.prepare<[string], BulkRow>('SELECT * FROM bulk_operations WHERE id = ?')
  return (id) => {
    const row = byId.get(id)
    if (row === undefined) throw operationNotFound(id)
    return row
  }
}

export function toBulkOperation(row: BulkRow): BulkOperation {
  const reasons = JSON.parse(row.reasons) as Partial<Record<BulkSkip, number>>
  return {
    id: row.id,
    action: row.action,
    query: JSON.parse(row.query) as BulkQuery,
    priority: row.priority,
    state: row.state,
    reason: row.reason,
    matched: row.matched,
    done: row.done,
    skipped: Object.values(reasons).reduce((sum, count) => sum + count, 0),
    reasons,
    createdAt: row.created_at,
    finishedAt: row.finished_at,
  }
}
