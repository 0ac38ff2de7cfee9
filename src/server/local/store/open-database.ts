import type { Database as Connection } from 'better-sqlite3'
import { forPeople } from './damage.ts'
import { inspectDatabase } from './inspect-database.ts'
import { migrate } from './migrate.ts'

/** The one connection that writes. */
export type WritableDatabase = Connection & { readonly __brand: 'writable' }
/** A connection that only reads. Statements of a writer do not type-check on it. */
export type ReadableDatabase = Connection & { readonly __brand: 'readable' | 'writable' }

/** Older ones can lose commits when two connections write and checkpoint (reliability, "Known traps"). */
const OLDEST_SQLITE = [3, 51, 3] as const
/** better-sqlite3 13 is built on Node-API 10 and crashes the process, without a word, on less. */
const OLDEST_NODE_API = 10

/** @throws Error for a Node that the database cannot run on. */
export async function loadSqlite() {
  const napi = Number(process.versions['napi'])
  if (!(napi >= OLDEST_NODE_API))
    throw new Error(`Penstock needs Node 22.14 or newer for its database; this is ${process.version}.`)
  const { default: Database } = await import('better-sqlite3')
  return Database
}

/**
 * Opens the database for writing, creating and migrating it as needed, and asserts what durability
 * stands on: WAL, `synchronous=FULL`, a SQLite without the checkpoint bug.
 * @throws DamagedDatabaseError, UnusableDatabaseError, NewerDatabaseError, ForeignDatabaseError; the file
 *   is then as it was.
 */
export async function openWritable(file: string): Promise<WritableDatabase> {
  const Database = await loadSqlite()
  let db: Connection | undefined
  try {
    inspectDatabase(Database, file)
    db = new Database(file, { timeout: 5000 })
    assertSqliteVersion(db)
    migrate(db, file)
    applyPragmas(db)
    return db as WritableDatabase
  } catch (error) {
    db?.close()
    throw forPeople(error, file)
  }
}

/** Opens an existing, migrated database for reading. */
export async function openReadable(file: string): Promise<ReadableDatabase> {
  const Database = await loadSqlite()
  const db = new Database(file, { readonly: true, timeout: 5000 })
  db.pragma('cache_size = -16000')
  db.pragma('mmap_size = 268435456')
  return db as ReadableDatabase
}

function applyPragmas(db: Connection): void {
  if (db.pragma('journal_mode = WAL', { simple: true }) !== 'wal')
    throw new Error(
      'The database does not accept WAL mode; is the data folder on a network drive? Choose a local one with --data.',
    )
  // better-sqlite3 would open WAL with NORMAL, which loses acknowledged work on power loss.
  db.pragma('synchronous = FULL')
  if (process.platform === 'darwin') {
    db.pragma('fullfsync = ON')
    db.pragma('checkpoint_fullfsync = ON')
  }
  // What it holds at most with a million tasks, besides the readers' part.
  db.pragma('cache_size = -56000')
  db.pragma('wal_autocheckpoint = 4000')
  db.pragma('temp_store = MEMORY')
  if (db.pragma('synchronous', { simple: true }) !== 2) throw new Error('SQLite refused synchronous=FULL.')
}

function assertSqliteVersion(db: Connection): void {
  const text = db.prepare('SELECT sqlite_version()').pluck().get() as string
  const version = text.split('.').map(Number)
  for (const [index, oldest] of OLDEST_SQLITE.entries()) {
    const part = version[index] ?? 0
    if (part > oldest) return
    if (part < oldest)
      throw new Error(`SQLite ${text} can lose commits; Penstock needs ${OLDEST_SQLITE.join('.')} or newer.`)
  }
}
