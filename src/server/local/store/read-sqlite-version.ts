import { loadSqlite } from './open-database.ts'

/** Of the SQLite that is built in, as `3.51.3`. Opens no file. */
export async function readSqliteVersion(): Promise<string> {
  const Database = await loadSqlite()
  const db = new Database(':memory:')
  try {
    return db.prepare<[], string>('SELECT sqlite_version()').pluck().get()!
  } finally {
    db.close()
  }
}
