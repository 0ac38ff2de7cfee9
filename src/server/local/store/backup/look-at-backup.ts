import { closeSync, openSync, readSync, statSync } from 'node:fs'
import { APPLICATION_ID, SCHEMA_VERSION } from '../migrate.ts'
import { BackupError } from './backup-error.ts'

const MAGIC = 'SQLite format 3\0'
const HEADER_BYTES = 100
/** Offsets of the file format (https://sqlite.org/fileformat.html, "The Database Header"). */
const USER_VERSION_AT = 60
const APPLICATION_ID_AT = 68

/**
 * Whether a file says of itself that it can be restored: a database of Penstock, not of a newer one. Reads
 * its first bytes only, and opens no database; a whole check follows on a copy.
 * @throws BackupError
 */
export function lookAtBackup(file: string): { readonly bytes: number; readonly schemaVersion: number } {
  const found = statSync(file, { throwIfNoEntry: false })
  if (found === undefined) throw new BackupError(`There is no file ${file}.`)
  if (!found.isFile()) throw new BackupError(`${file} is no file; name the backup itself.`)
  const header = readHeader(file)
  if (header.toString('latin1', 0, MAGIC.length) !== MAGIC)
    throw new BackupError(`${file} is no backup: it does not begin as a database does.`)
  if (header.readUInt32BE(APPLICATION_ID_AT) !== APPLICATION_ID)
    throw new BackupError(`${file} is a database of another program, not of Penstock.`)
  const schemaVersion = header.readUInt32BE(USER_VERSION_AT)
  if (schemaVersion > SCHEMA_VERSION)
    throw new BackupError(
      `${file} was made by a newer Penstock (schema ${schemaVersion}; this one knows ${SCHEMA_VERSION}). Install the newer version first.`,
    )
  return { bytes: found.size, schemaVersion }
}

function readHeader(file: string): Buffer {
  const header = Buffer.alloc(HEADER_BYTES)
  const opened = openSync(file, 'r')
  try {
    readSync(opened, header, 0, HEADER_BYTES, 0)
  } finally {
    closeSync(opened)
  }
  return header
}
