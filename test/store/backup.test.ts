import Database from 'better-sqlite3'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { backUp } from '../../src/server/local/store/backup/back-up.ts'
import { lookAtBackup } from '../../src/server/local/store/backup/look-at-backup.ts'
import { finishReplacing, incomingOf } from '../../src/server/local/store/backup/replace-database.ts'
import { restore } from '../../src/server/local/store/backup/restore.ts'
import { lockFolder } from '../../src/server/local/store/folder-lock.ts'
import { openWritable } from '../../src/server/local/store/open-database.ts'
import { SCHEMA_VERSION } from '../../src/server/local/store/migrate.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const NOW = Date.UTC(2026, 10, 21, 5, 6, 7, 89)
const MOVED = 'penstock.db.replaced-2026-11-21T05-06-07Z'

/** A database whose queues are its content, 40,000 of about 100 bytes: several steps of a backup. */
const template = temporaryFolder()
const TEMPLATE = join(template.path, 'penstock.db')
beforeAll(async () => {
  const db = await openWritable(TEMPLATE)
  db.pragma('synchronous = OFF')
  const add = db.prepare('INSERT INTO queues (name, created_at) VALUES (?, 1)')
  db.transaction(() => {
    for (let row = 0; row < 40_000; row += 1) add.run(`queue-${row}-${'x'.repeat(100)}`)
  })()
  db.close()
})
afterAll(() => template[Symbol.dispose]())

function fill(folder: string): string {
  const file = join(folder, 'penstock.db')
  copyFileSync(TEMPLATE, file)
  return file
}

function countQueues(file: string): number {
  const db = new Database(file, { readonly: true })
  const count = db.prepare<[], number>('SELECT count(*) FROM queues').pluck().get()!
  db.close()
  return count
}

describe('a backup', () => {
  it('is the database as it was at one moment, though it is written to between any two steps', async () => {
    using folder = temporaryFolder()
    const file = fill(folder.path)
    const db = await openWritable(file)
    const add = db.prepare('INSERT INTO queues (name, created_at) VALUES (?, 1)')
    const target = join(folder.path, 'copy.db')
    const fractions: number[] = []
    await backUp({
      file,
      target,
      overwrite: false,
      onProgress(fraction) {
        add.run(`meanwhile-${fractions.push(fraction)}`)
      },
    })
    expect(fractions.length).toBeGreaterThan(2)
    expect(
      fractions.every(
        (fraction, index) => fraction >= 0 && fraction <= 1 && fraction >= (fractions[index - 1] ?? 0),
      ),
    ).toBe(true)
    expect(countQueues(target)).toBe(40_000)
    expect(countQueues(file)).toBe(40_000 + fractions.length)
    db.close()
  })

  it('is one file, found in order, that only its owner may read', async () => {
    using folder = temporaryFolder()
    const file = fill(folder.path)
    mkdirSync(join(folder.path, 'backups'))
    const target = join(folder.path, 'backups', 'copy.db')
    const { bytes, tasks } = await backUp({ file, target, overwrite: false })
    expect(readdirSync(join(folder.path, 'backups'))).toEqual(['copy.db'])
    expect({ bytes, tasks }).toEqual({ bytes: readFileSync(target).length, tasks: 0 })
    expect(lookAtBackup(target)).toEqual({ bytes, schemaVersion: SCHEMA_VERSION })
    const mode = statSync(target).mode & 0o777
    expect(process.platform === 'win32' ? 0o600 : mode).toBe(0o600)
  })

  it('never replaces a file unless it may, and then at once', async () => {
    using folder = temporaryFolder()
    const file = fill(folder.path)
    const target = join(folder.path, 'copy.db')
    writeFileSync(target, 'something else')
    await expect(backUp({ file, target, overwrite: false })).rejects.toThrow(/is there already/)
    expect(readFileSync(target, 'utf8')).toBe('something else')
    await backUp({ file, target, overwrite: true })
    expect(countQueues(target)).toBe(40_000)
  })

  it('does not replace one that came while it was made', async () => {
    using folder = temporaryFolder()
    const file = fill(folder.path)
    const target = join(folder.path, 'copy.db')
    const making = backUp({
      file,
      target,
      overwrite: false,
      onProgress: () => writeFileSync(target, 'came first'),
    })
    await expect(making).rejects.toThrow(/is there already/)
    expect(readFileSync(target, 'utf8')).toBe('came first')
    expect(readdirSync(folder.path).filter((name) => name.includes('unfinished'))).toEqual([])
  })

  it('that is stopped leaves nothing behind', async () => {
    using folder = temporaryFolder()
    const file = fill(folder.path)
    const stop = new AbortController()
    const making = backUp({
      file,
      target: join(folder.path, 'copy.db'),
      overwrite: false,
      onProgress: () => stop.abort(),
      signal: stop.signal,
    })
    await expect(making).rejects.toThrow(/stopped/)
    expect(readdirSync(folder.path).filter((name) => !name.startsWith('penstock.db'))).toEqual([])
  })

  it.each([
    ['into a folder that is not there', (folder: string) => join(folder, 'nowhere', 'copy.db'), /no folder/],
    ['onto a folder', (folder: string) => folder, /is a folder/],
    ['onto the database itself', (folder: string) => join(folder, 'penstock.db'), /database itself/],
  ])('%s is refused, saying what to do', async (_what, toTarget, words) => {
    using folder = temporaryFolder()
    const file = fill(folder.path)
    const before = readFileSync(file)
    await expect(backUp({ file, target: toTarget(folder.path), overwrite: true })).rejects.toThrow(words)
    expect(readFileSync(file).equals(before)).toBe(true)
  })

  it('of a database with a damaged page is not kept', async () => {
    using folder = temporaryFolder()
    const file = fill(folder.path)
    const bytes = readFileSync(file)
    bytes.fill(0xa5, bytes.length - 4096 * 20, bytes.length - 4096 * 19)
    writeFileSync(file, bytes)
    await expect(backUp({ file, target: join(folder.path, 'copy.db'), overwrite: false })).rejects.toThrow(
      /damaged|not in order/,
    )
    expect(readdirSync(folder.path).filter((name) => !name.startsWith('penstock.db'))).toEqual([])
  })
})

/** A backup in a folder of its own beside a data folder with another content. */
async function prepareRestore(root: string) {
  const [elsewhere, folder] = ['elsewhere', 'data'].map((name) => join(root, name)) as [string, string]
  mkdirSync(elsewhere)
  mkdirSync(folder)
  const source = join(elsewhere, 'backup.db')
  await backUp({ file: fill(elsewhere), target: source, overwrite: false })
  const file = join(folder, 'penstock.db')
  const db = await openWritable(file)
  db.prepare("INSERT INTO queues (name, created_at) VALUES ('present', 1)").run()
  // A copy of the open files, as a crash leaves them: closing would move the log into the database.
  const files = { db: readFileSync(file), wal: readFileSync(`${file}-wal`) }
  db.close()
  writeFileSync(file, files.db)
  writeFileSync(`${file}-wal`, files.wal)
  return { source, folder, file, present: files }
}

describe('restoring', () => {
  it('puts the backup in place, and keeps the present database with its log, byte for byte', async () => {
    using root = temporaryFolder()
    const { source, folder, file, present } = await prepareRestore(root.path)
    const backup = readFileSync(source)
    const { movedTo } = await restore({ source, folder, file, now: NOW })
    expect(movedTo).toBe(join(folder, MOVED))
    expect(readFileSync(movedTo!).equals(present.db)).toBe(true)
    expect(readFileSync(`${movedTo!}-wal`).equals(present.wal)).toBe(true)
    expect(readFileSync(source).equals(backup)).toBe(true)
    const db = await openWritable(file)
    expect(db.prepare('SELECT count(*) FROM queues').pluck().get()).toBe(40_000)
    db.close()
  })

  it('into an empty folder keeps nothing, as there was nothing', async () => {
    using root = temporaryFolder()
    const { source } = await prepareRestore(root.path)
    const file = join(root.path, 'penstock.db')
    expect(await restore({ source, folder: root.path, file, now: NOW })).toEqual({ tasks: 0, movedTo: null })
    expect(countQueues(file)).toBe(40_000)
  })

  it('takes what is still in the log of a copied database along', async () => {
    using root = temporaryFolder()
    const { folder, file } = await prepareRestore(root.path)
    const copy = join(root.path, 'copied.db')
    copyFileSync(file, copy)
    copyFileSync(`${file}-wal`, `${copy}-wal`)
    await restore({ source: copy, folder, file, now: NOW })
    expect(countQueues(file)).toBe(1)
  })

  it.each([
    ['that is not there', (source: string) => rmSync(source), /no file/],
    ['that is a text', (source: string) => writeFileSync(source, 'text '.repeat(1000)), /no backup/],
    ['of another program', (source: string) => foreign(source, 'application_id = 7'), /another program/],
    ['of a newer Penstock', (source: string) => foreign(source, 'user_version = 999'), /newer Penstock/],
    ['that was cut off', (source: string) => truncateSync(source, 4096 * 30), /damaged/],
    ['with a damaged page', (source: string) => spoil(source), /damaged/],
  ])('refuses a file %s, and leaves everything as it was', async (_what, change, words) => {
    using root = temporaryFolder()
    const { source, folder, file, present } = await prepareRestore(root.path)
    change(source)
    await expect(restore({ source, folder, file, now: NOW })).rejects.toThrow(words)
    expect(readFileSync(file).equals(present.db)).toBe(true)
    expect(readFileSync(`${file}-wal`).equals(present.wal)).toBe(true)
    expect(readdirSync(folder).filter((name) => /restor|replaced/.test(name))).toEqual([])
  })

  it('refuses while a broker has the folder, and names it', async () => {
    using root = temporaryFolder()
    const { source, folder, file, present } = await prepareRestore(root.path)
    const lock = lockFolder(folder)
    await expect(restore({ source, folder, file, now: NOW })).rejects.toThrow(
      new RegExp(`in use by another Penstock \\(process ${process.pid}\\)`),
    )
    lock.release()
    expect(readFileSync(file).equals(present.db)).toBe(true)
  })

  it.each([0, 1, 2, 3])(
    'that was cut off after %i renames is finished by the next start, and nothing of the present one is lost',
    async (renames) => {
      using root = temporaryFolder()
      const { source, folder, file, present } = await prepareRestore(root.path)
      copyFileSync(source, incomingOf(file))
      writeFileSync(`${file}.restore-plan`, MOVED)
      const steps = [
        () => renameSync(`${file}-wal`, join(folder, `${MOVED}-wal`)),
        () => renameSync(file, join(folder, MOVED)),
        () => renameSync(incomingOf(file), file),
      ]
      for (const step of steps.slice(0, renames)) step()
      finishReplacing(file)
      expect(countQueues(file)).toBe(40_000)
      expect(readFileSync(join(folder, MOVED)).equals(present.db)).toBe(true)
      expect(readFileSync(join(folder, `${MOVED}-wal`)).equals(present.wal)).toBe(true)
      expect(existsSync(`${file}.restore-plan`)).toBe(false)
    },
  )
})

function foreign(file: string, pragma: string): void {
  const db = new Database(file)
  db.pragma(pragma)
  db.close()
}

function spoil(file: string): void {
  const bytes = readFileSync(file)
  bytes.fill(0xa5, bytes.length - 4096 * 20, bytes.length - 4096 * 19)
  writeFileSync(file, bytes)
}
