import { LEASE_COLUMNS, type LeaseRow } from '../commands/running-lease.ts'
import type { ReadableDatabase } from '../open-database.ts'
import type { ExternalWorkerRow } from '../worker-rows.ts'

/** Who was there, and what they held, when the broker last stopped. */
export function prepareExternalWorkerQueries(db: ReadableDatabase) {
  const workers = db.prepare<[], ExternalWorkerRow>('SELECT * FROM external_workers ORDER BY number')
  const leases = db.prepare<[], LeaseRow & { readonly lease_ms: number }>(
    `SELECT ${LEASE_COLUMNS} FROM tasks WHERE state = 'running' AND lease_ms IS NOT NULL ORDER BY number`,
  )
  return {
    externalWorkers: (): readonly ExternalWorkerRow[] => workers.all(),
    leases: (): readonly (LeaseRow & { readonly lease_ms: number })[] => leases.all(),
  }
}
