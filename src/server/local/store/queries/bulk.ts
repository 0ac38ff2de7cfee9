import type { BulkOperation } from '../../../../shared/domain/bulk-port.ts'
import { type BulkRow, prepareFindBulk, toBulkOperation } from '../bulk-rows.ts'
import type { ReadableDatabase } from '../open-database.ts'

/** How many operations can be looked back on. */
export const KEPT_OPERATIONS = 100

export function prepareReadBulk(db: ReadableDatabase) {
  const find = prepareFindBulk(db)
  const newest = db.prepare<[number], BulkRow>('SELECT * FROM bulk_operations ORDER BY number DESC LIMIT ?')
  return {
    /** Throws OPERATION_NOT_FOUND. */
    bulk: ({ id }: { readonly id: string }): BulkOperation => toBulkOperation(find(id)),
    bulks: (_request: Record<never, never>): readonly BulkOperation[] =>
      newest.all(KEPT_OPERATIONS).map(toBulkOperation),
  }
}
