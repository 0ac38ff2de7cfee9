import Database from 'better-sqlite3'
import { join } from 'node:path'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { timed } from './figure.ts'

const BODY = 'x'.repeat(200)
const INSERT = 'INSERT INTO t (id, queue, state, priority, body) VALUES (?, ?, ?, ?, ?)'

interface RawTable extends Disposable {
  readonly db: Database.Database
  insert(count: number): void
}

/** A durable table of rows of ~300 bytes with two indexes. */
function openRawTable(): RawTable {
  const folder = temporaryFolder()
  const db = new Database(join(folder.path, 'raw.db'))
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.exec(`CREATE TABLE t (n INTEGER PRIMARY KEY, id TEXT UNIQUE, queue TEXT, state TEXT, priority INTEGER, body TEXT);
           CREATE INDEX ready ON t (queue, state, n)`)
  const insert = db.prepare(INSERT)
  let id = 0
  return {
    db,
    insert: db.transaction((count: number) => {
      for (let i = 0; i < count; i += 1)
        insert.run(`${(id += 1)}-4f3c-7000-8000-000000000000`, 'default', 'pending', 5, BODY)
    }),
    [Symbol.dispose]() {
      db.close()
      folder[Symbol.dispose]()
    },
  }
}

/** Rows a second that SQLite itself inserts durably, `batch` rows a commit. */
export async function rawInsertsPerSecond(batch: number): Promise<number> {
  using table = openRawTable()
  const rows = batch === 1 ? 3000 : 60_000
  const ms = await timed(() => {
    for (let done = 0; done < rows; done += batch) table.insert(batch)
  })
  return (rows / ms) * 1000
}

/** Rows a second that SQLite itself claims in one commit and completes in the next, `batch` rows each. */
export async function rawRunsPerSecond(batch: number): Promise<number> {
  using table = openRawTable()
  const rows = 20_000
  table.insert(rows)
  const claim = table.db
    .prepare<[number], number>(
      `UPDATE t SET state = 'running' WHERE n IN (
         SELECT n FROM t WHERE queue = 'default' AND state = 'pending' ORDER BY n LIMIT ?) RETURNING n`,
    )
    .pluck()
  const complete = table.db.prepare("UPDATE t SET state = 'succeeded', body = 'done' WHERE n = ?")
  const completeAll = table.db.transaction((numbers: readonly number[]) => {
    for (const number of numbers) complete.run(number)
  })
  const ms = await timed(() => {
    for (let done = 0; done < rows; done += batch) completeAll(claim.all(batch))
  })
  return (rows / ms) * 1000
}
