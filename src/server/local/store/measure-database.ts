import { statSync } from 'node:fs'
import { openReadable } from './open-database.ts'

/** How large a database is. Says nothing of what is in it. */
export interface DatabaseMeasure {
  readonly sqliteVersion: string
  readonly schemaVersion: number
  readonly databaseBytes: number
  readonly logBytes: number
  /** Bytes within the database that nothing uses any more, and that are used again. */
  readonly freeBytes: number
  /** Rows by table, in order of their names; tables that belong to the full-text index are left out. */
  readonly rows: Readonly<Record<string, number>>
}

/** Reads once through the smallest index of each table; a second for some millions of rows. */
export async function measureDatabase(file: string): Promise<DatabaseMeasure> {
  const db = await openReadable(file)
  try {
    const tables = db
      .prepare<[], string>(
        `SELECT name FROM sqlite_schema WHERE type = 'table'
           AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE 'task\\_search%' ESCAPE '\\' ORDER BY name`,
      )
      .pluck()
      .all()
    const count = (table: string) =>
      db
        .prepare<[], number>(`SELECT count(*) FROM "${table.replaceAll('"', '""')}"`)
        .pluck()
        .get()!
    const pragma = (name: string) => db.pragma(name, { simple: true }) as number
    return {
      sqliteVersion: db.prepare<[], string>('SELECT sqlite_version()').pluck().get()!,
      schemaVersion: pragma('user_version'),
      databaseBytes: sizeOf(file),
      logBytes: sizeOf(`${file}-wal`),
      freeBytes: pragma('freelist_count') * pragma('page_size'),
      rows: Object.fromEntries(tables.map((table) => [table, count(table)])),
    }
  } finally {
    db.close()
  }
}

const sizeOf = (file: string) => statSync(file, { throwIfNoEntry: false })?.size ?? 0
