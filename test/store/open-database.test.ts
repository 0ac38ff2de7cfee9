import Database from 'better-sqlite3'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { APPLICATION_ID, SCHEMA_VERSION } from '../../src/server/local/store/migrate.ts'
import { openReadable, openWritable } from '../../src/server/local/store/open-database.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const SCHEMA_FILE = join(import.meta.dirname, '../../src/server/local/store/schema.sql')

function readSchema(db: Database.Database): string {
  const statements = db
    .prepare(
      "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY type DESC, name",
    )
    .pluck()
    .all() as string[]
  return `${statements.join(';\n\n')};\n`
}

describe('the database', () => {
  it('stands on WAL, synchronous=FULL and our own application id', async () => {
    using folder = temporaryFolder()
    using db = closing(await openWritable(join(folder.path, 'penstock.db')))
    expect(db.it.pragma('journal_mode', { simple: true })).toBe('wal')
    expect(db.it.pragma('synchronous', { simple: true })).toBe(2)
    expect(db.it.pragma('application_id', { simple: true })).toBe(APPLICATION_ID)
    expect(db.it.pragma('user_version', { simple: true })).toBe(SCHEMA_VERSION)
  })

  it('has exactly the schema that is committed beside the migrations', async () => {
    using folder = temporaryFolder()
    using db = closing(await openWritable(join(folder.path, 'penstock.db')))
    if (process.env['UPDATE_SCHEMA'] === '1') writeFileSync(SCHEMA_FILE, readSchema(db.it))
    expect(readSchema(db.it)).toBe(readFileSync(SCHEMA_FILE, 'utf8'))
  })

  it('opens again as it was', async () => {
    using folder = temporaryFolder()
    const file = join(folder.path, 'penstock.db')
    {
      using db = closing(await openWritable(file))
      db.it.exec("INSERT INTO queues (name, created_at) VALUES ('kept', 1)")
    }
    using db = closing(await openWritable(file))
    expect(db.it.prepare('SELECT name FROM queues').pluck().all()).toEqual(['kept'])
  })

  it('cannot be written through a reader', async () => {
    using folder = temporaryFolder()
    const file = join(folder.path, 'penstock.db')
    using writer = closing(await openWritable(file))
    using reader = closing(await openReadable(file))
    expect(() => reader.it.exec('DELETE FROM tasks')).toThrow(/readonly/)
    expect(writer.it.open).toBe(true)
  })

  it('of a newer version is refused by name and version, untouched', async () => {
    using folder = temporaryFolder()
    const file = join(folder.path, 'penstock.db')
    {
      using db = closing(await openWritable(file))
      db.it.pragma('journal_mode = DELETE')
      db.it.pragma(`user_version = ${SCHEMA_VERSION + 5}`)
    }
    const before = readFileSync(file)
    await expect(openWritable(file)).rejects.toMatchObject({
      name: 'NewerDatabaseError',
      message: expect.stringMatching(
        new RegExp(`penstock\\.db.*schema ${SCHEMA_VERSION + 5}; this one knows ${SCHEMA_VERSION}`),
      ),
    })
    expect(readFileSync(file).equals(before)).toBe(true)
  })

  it('of another program is refused, untouched', async () => {
    using folder = temporaryFolder()
    const file = join(folder.path, 'penstock.db')
    {
      using db = closing(new Database(file))
      db.it.exec('CREATE TABLE theirs (a)')
    }
    const before = readFileSync(file)
    await expect(openWritable(file)).rejects.toMatchObject({ name: 'ForeignDatabaseError' })
    expect(readFileSync(file).equals(before)).toBe(true)
  })
})

function closing<Connection extends Database.Database>(it: Connection) {
  return { it, [Symbol.dispose]: () => void it.close() }
}
