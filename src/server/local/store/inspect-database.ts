import { statSync } from 'node:fs'
import type Database from 'better-sqlite3'
import { clearDamageMark, readDamageMark } from './damage-mark.ts'
import { DamagedDatabaseError } from './damage.ts'
import { readDatabaseHeader } from './database-header.ts'
import { checkOwner } from './migrate.ts'

/**
 * Looks at a database without changing a byte of it: its first bytes, the schema, the beginning of every
 * table. That takes milliseconds, whatever its size; all of it is read only when the last run found it
 * damaged. A file that is not there, or empty, is in order: it becomes a new database.
 * @throws DamagedDatabaseError, ForeignDatabaseError, NewerDatabaseError, SqliteError.
 */
export function inspectDatabase(Sqlite: typeof Database, file: string): void {
  const size = sizeOf(file)
  if (size === 0) {
    // SQLite would delete what is in it.
    if (sizeOf(`${file}-wal`) > 0)
      throw new DamagedDatabaseError(file, 'it is empty or gone, and its write-ahead log is not')
    return
  }
  checkHeader(file, size)
  const db = new Sqlite(file, { readonly: true, timeout: 2000 })
  try {
    checkOwner(db, file)
    readBeginnings(db)
    if (readDamageMark(file) === null) return
    const damage = findDamage(db)
    if (damage !== null) throw new DamagedDatabaseError(file, damage)
    clearDamageMark(file)
  } finally {
    db.close()
  }
}

/** Reads all of a database; seconds for millions of tasks. @returns what is wrong with it, or null. */
export function findDamage(db: Database.Database): string | null {
  const found = db.pragma('quick_check(1)', { simple: true }) as string
  return found === 'ok' ? null : found.replaceAll(/\s+/g, ' ').slice(0, 500)
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}

function checkHeader(file: string, size: number): void {
  const header = readDatabaseHeader(file)
  if (header === null) throw new DamagedDatabaseError(file, 'it does not begin as a database does')
  const { pageBytes } = header
  if (pageBytes < 512 || (pageBytes & (pageBytes - 1)) !== 0 || size < pageBytes)
    throw new DamagedDatabaseError(file, 'its header is torn')
}

function readBeginnings(db: Database.Database): void {
  const tables = db
    .prepare<[], string>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'",
    )
    .pluck()
    .all()
  for (const table of tables) db.prepare(`SELECT * FROM "${table.replaceAll('"', '""')}" LIMIT 1`).all()
}
