import Database from 'better-sqlite3'
import { mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { forPeople } from '../../src/server/local/store/damage.ts'
import { markDamaged, readDamageMark } from '../../src/server/local/store/damage-mark.ts'
import { openWritable } from '../../src/server/local/store/open-database.ts'
import { openOrSetAside } from '../../src/server/local/store/open-or-set-aside.ts'
import { setAside } from '../../src/server/local/store/set-aside.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const NOW = Date.UTC(2026, 10, 21, 5, 6, 7, 89)
const PAGE = 4096

/** A database of ours with rows in it, as a process that was killed leaves it: the log not yet moved in. */
async function leaveDatabase(file: string, { rows = 2000 } = {}): Promise<void> {
  const db = await openWritable(file)
  const add = db.prepare('INSERT INTO queues (name, created_at) VALUES (?, 1)')
  db.transaction(() => {
    for (let row = 0; row < rows; row += 1) add.run(`queue-${row}-${'x'.repeat(200)}`)
  })()
  db.pragma('wal_checkpoint(TRUNCATE)')
  add.run('in the log')
  // A copy of the open files: closing would move the log into the database.
  const files = { db: readFileSync(file), wal: readFileSync(`${file}-wal`) }
  db.close()
  writeFileSync(file, files.db)
  writeFileSync(`${file}-wal`, files.wal)
}

const bytesOf = (file: string) =>
  Object.fromEntries(['', '-wal'].map((suffix) => [suffix, readFileSync(file + suffix).toString('latin1')]))
const open = (file: string) => openOrSetAside(file, NOW, () => null)

function overwrite(file: string, at: number, bytes: Buffer): void {
  const all = readFileSync(file)
  bytes.copy(all, at)
  writeFileSync(file, all)
}

/** What may have happened to the file, found by every start. */
const DAMAGES: readonly (readonly [what: string, damage: (file: string) => void])[] = [
  ['is no database at all', (file) => writeFileSync(file, 'this is a text of some length'.repeat(500))],
  ['has a torn first page', (file) => overwrite(file, 100, Buffer.alloc(PAGE - 100, 0xff))],
  ['has a torn header', (file) => overwrite(file, 16, Buffer.from([0x12, 0x34]))],
  ['is zeros', (file) => writeFileSync(file, Buffer.alloc(PAGE * 10))],
  ['was cut in the middle', (file) => truncateSync(file, PAGE * 3 + 100)],
  ['was cut to nothing, but for its log', (file) => truncateSync(file, 0)],
]

describe('a damaged database', () => {
  it.each(DAMAGES)('that %s is moved aside, byte for byte and with its log', async (_what, damage) => {
    using folder = temporaryFolder()
    const file = join(folder.path, 'penstock.db')
    await leaveDatabase(file)
    damage(file)
    const before = bytesOf(file)
    const { db, opened } = await open(file)
    expect(db.prepare('SELECT count(*) FROM queues').pluck().get()).toBe(0)
    db.close()
    const movedTo = `${file}.damaged-2026-11-21T05-06-07Z`
    expect(opened.setAside).toEqual({ file, movedTo, reason: expect.stringMatching(/./) })
    expect(opened.damagedFiles).toEqual([movedTo])
    expect(bytesOf(movedTo)).toEqual(before)
  })

  it('never takes the place of an earlier one', async () => {
    using folder = temporaryFolder()
    const file = join(folder.path, 'penstock.db')
    for (const text of ['first', 'second', 'third']) {
      writeFileSync(file, `${text} text, which is no database`)
      for (const suffix of ['-wal', '-shm']) rmSync(file + suffix, { force: true })
      const { db } = await open(file)
      db.close()
    }
    const found = readdirSync(folder.path).filter((name) => name.includes('.damaged-'))
    const texts = found.map((name) => readFileSync(join(folder.path, name), 'utf8').split(' ')[0]!)
    expect(new Set(texts)).toEqual(new Set(['first', 'second', 'third']))
  })

  it('is moved to the end by the next start, when the first one was cut off in the middle', async () => {
    using folder = temporaryFolder()
    const file = join(folder.path, 'penstock.db')
    await leaveDatabase(file)
    truncateSync(file, PAGE * 3)
    const before = bytesOf(file)
    const { movedTo } = setAside(file, 'test', NOW)
    // As if the power had failed after the log was moved, and before the database was.
    writeFileSync(file, readFileSync(movedTo))
    rmSync(movedTo)
    writeFileSync(`${file}.setting-aside`, movedTo)
    const { db, opened } = await open(file)
    db.close()
    expect(bytesOf(movedTo)).toEqual(before)
    expect(opened.damagedFiles).toEqual([movedTo])
    expect(readdirSync(folder.path)).not.toContain('penstock.db.setting-aside')
  })

  it('in the middle of a table is found by the start after the one that met it', async () => {
    using folder = temporaryFolder()
    const file = join(folder.path, 'penstock.db')
    await leaveDatabase(file)
    overwrite(file, readFileSync(file).length - PAGE * 20, Buffer.alloc(PAGE, 0xa5))
    const first = await open(file)
    expect(first.opened).toMatchObject({ setAside: null, wasUnclean: true })
    first.db.close()
    markDamaged(file, 'row 7 missing from index')
    const second = await open(file)
    second.db.close()
    expect(second.opened.setAside).toMatchObject({ reason: expect.stringMatching(/queues|page|btree/i) })
    expect(readDamageMark(file)).toBeNull()
  })

  it('that is whole after all stays where it is', async () => {
    using folder = temporaryFolder()
    const file = join(folder.path, 'penstock.db')
    await leaveDatabase(file, { rows: 1 })
    markDamaged(file, 'the memory was at fault')
    const { db, opened } = await open(file)
    expect(opened).toEqual({ setAside: null, wasUnclean: true, damagedFiles: [] })
    expect(db.prepare('SELECT count(*) FROM queues').pluck().get()).toBe(2)
    db.close()
    expect(readDamageMark(file)).toBeNull()
  })
})

describe('a database that cannot be used for another reason', () => {
  it('that ends in the middle of its log is in order: SQLite keeps what was committed', async () => {
    using folder = temporaryFolder()
    const file = join(folder.path, 'penstock.db')
    await leaveDatabase(file, { rows: 1 })
    const log = readFileSync(`${file}-wal`)
    writeFileSync(`${file}-wal`, log.subarray(0, log.length - 1000))
    const { db, opened } = await open(file)
    expect(opened.setAside).toBeNull()
    expect(db.prepare('SELECT count(*) FROM queues').pluck().get()).toBe(1)
    db.close()
  })

  it('that another program has locked is refused, and left as it is', async () => {
    using folder = temporaryFolder()
    const file = join(folder.path, 'penstock.db')
    const created = await openWritable(file)
    created.pragma('journal_mode = DELETE')
    created.close()
    const before = readFileSync(file)
    const other = new Database(file)
    other.exec('BEGIN EXCLUSIVE')
    await expect(open(file)).rejects.toMatchObject({
      name: 'UnusableDatabaseError',
      message: expect.stringMatching(/SQLITE_BUSY.*Another program has it open/),
    })
    other.close()
    expect(readFileSync(file).equals(before)).toBe(true)
    expect(readdirSync(folder.path)).toEqual(['penstock.db'])
  })

  it('that is a folder is refused, and left as it is', async () => {
    using folder = temporaryFolder()
    const file = join(folder.path, 'penstock.db')
    mkdirSync(file)
    await expect(open(file)).rejects.toMatchObject({ name: 'UnusableDatabaseError' })
    expect(readdirSync(folder.path)).toEqual(['penstock.db'])
  })

  it.each([
    ['SQLITE_FULL', /disk is full/],
    ['ENOSPC', /disk is full/],
    ['SQLITE_READONLY_DIRECTORY', /write in its data folder/],
    ['SQLITE_CANTOPEN', /write in its data folder/],
    ['EACCES', /write in its data folder/],
    ['EROFS', /write in its data folder/],
    ['SQLITE_IOERR_READ', /disk failed/],
    ['SQLITE_BUSY_RECOVERY', /another program/i],
  ])('with %s is not called damaged', (code, advice) => {
    const told = forPeople(Object.assign(new Error('it failed'), { code }), '/data/penstock.db')
    expect(told).toMatchObject({
      name: 'UnusableDatabaseError',
      message: expect.stringMatching(new RegExp(`/data/penstock.db.*${code}.*left as it is.*`)),
    })
    expect((told as Error).message).toMatch(advice)
  })
})
