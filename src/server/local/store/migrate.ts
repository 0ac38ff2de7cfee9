import type { Database } from 'better-sqlite3'
import { firstSchema } from './migrations/0001-first-schema.ts'
import { taskAndQueueControl } from './migrations/0002-task-and-queue-control.ts'
import { externalWorkers } from './migrations/0003-external-workers.ts'
import { workflowsAndSchedules } from './migrations/0004-workflows-and-schedules.ts'
import { searchAndRollups } from './migrations/0005-search-and-rollups.ts'
import { alerts } from './migrations/0006-alerts.ts'
import { pauseOfAll } from './migrations/0007-pause-of-all.ts'

/** Append-only: a migration that has been released never changes. Position + 1 is the schema version. */
const MIGRATIONS: readonly string[] = [
  firstSchema,
  taskAndQueueControl,
  externalWorkers,
  workflowsAndSchedules,
  searchAndRollups,
  alerts,
  pauseOfAll,
]

export const SCHEMA_VERSION = MIGRATIONS.length

/** "Pens", so that the file tells whose it is. */
export const APPLICATION_ID = 0x50656e73

class NewerDatabaseError extends Error {
  constructor(file: string, version: number) {
    super(
      `The database ${file} was written by a newer Penstock (schema ${version}; this one knows ${SCHEMA_VERSION}). ` +
        'Install the newer version, or choose another folder with --data.',
    )
    this.name = 'NewerDatabaseError'
  }
}

class ForeignDatabaseError extends Error {
  constructor(file: string) {
    super(`${file} is a database of another program. Choose another folder with --data.`)
    this.name = 'ForeignDatabaseError'
  }
}

/** @throws NewerDatabaseError, ForeignDatabaseError. */
export function checkOwner(
  db: Database,
  file: string,
): { readonly version: number; readonly isEmpty: boolean } {
  const applicationId = db.pragma('application_id', { simple: true }) as number
  const version = db.pragma('user_version', { simple: true }) as number
  const isEmpty = db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() === 0
  if (!isEmpty && applicationId !== APPLICATION_ID) throw new ForeignDatabaseError(file)
  if (version > SCHEMA_VERSION) throw new NewerDatabaseError(file, version)
  return { version, isEmpty }
}

/**
 * Brings a database to {@link SCHEMA_VERSION}, each step in a transaction of its own.
 * @throws NewerDatabaseError, ForeignDatabaseError; the file is then as it was.
 */
export function migrate(db: Database, file: string): void {
  const { version, isEmpty } = checkOwner(db, file)
  if (isEmpty) db.pragma(`application_id = ${APPLICATION_ID}`)
  for (let step = version; step < SCHEMA_VERSION; step += 1)
    db.transaction(() => {
      db.exec(MIGRATIONS[step]!)
      db.pragma(`user_version = ${step + 1}`)
    }).exclusive()
}
