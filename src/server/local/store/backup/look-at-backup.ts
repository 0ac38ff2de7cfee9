import { statSync } from 'node:fs'
import { readDatabaseHeader } from '../database-header.ts'
import { APPLICATION_ID, SCHEMA_VERSION } from '../migrate.ts'
import { BackupError } from './backup-error.ts'

/**
 * Whether a file says of itself that it can be restored: a database of Penstock, not of a newer one. Reads
 * its first bytes only, and opens no database; a whole check follows on a copy.
 * @throws BackupError
 */
export function lookAtBackup(file: string): { readonly bytes: number; readonly schemaVersion: number } {
  const found = statSync(file, { throwIfNoEntry: false })
  if (found === undefined) throw new BackupError(`There is no file ${file}.`)
  if (!found.isFile()) throw new BackupError(`${file} is no file; name the backup itself.`)
  const header = readDatabaseHeader(file)
  if (header === null) throw new BackupError(`${file} is no backup: it does not begin as a database does.`)
  if (header.applicationId !== APPLICATION_ID)
    throw new BackupError(`${file} is a database of another program, not of Penstock.`)
  const schemaVersion = header.userVersion
  if (schemaVersion > SCHEMA_VERSION)
    throw new BackupError(
      `${file} was made by a newer Penstock (schema ${schemaVersion}; this one knows ${SCHEMA_VERSION}). Install the newer version first.`,
    )
  return { bytes: found.size, schemaVersion }
}
