import Database from 'better-sqlite3'
import { join } from 'node:path'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { timed } from './figure.ts'

/** Rows a second that SQLite itself inserts durably: ~300 bytes, two indexes, `batch` rows a commit. */
export async function rawInsertsPerSecond(batch: number): Promise<number> {
  using folder = temporaryFolder()
  const db = new Database(join(folder.path, 'raw.db'))
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.exec(`CREATE TABLE t (n INTEGER PRIMARY KEY, id TEXT UNIQUE, queue TEXT, state TEXT, priority INTEGER, body TEXT);
           CREATE INDEX ready ON t (queue, state, n)`)
  const insert = db.prepare('INSERT INTO t (id, queue, state, priority, body) VALUES (?, ?, ?, ?, ?)')
  const body = 'x'.repeat(200)
  const rows = batch === 1 ? 3000 : 60_000
  let id = 0
  const ms = await timed(() => {
    for (let done = 0; done < rows; done += batch)
      db.transaction(() => {
        for (let i = 0; i < batch; i += 1)
          insert.run(`${(id += 1)}-4f3c-7000-8000-000000000000`, 'default', 'pending', 5, body)
      })()
  })
  db.close()
  return (rows / ms) * 1000
}
