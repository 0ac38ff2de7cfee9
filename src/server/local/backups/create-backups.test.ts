import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { movableClock } from '../../../../test/support/movable-clock.ts'
import { temporaryFolder } from '../../../../test/support/temporary-folder.ts'
import { restoreNote } from './asked-restore.ts'
import { createBackups } from './create-backups.ts'

/** Backups whose content matters to nobody here, in the data folder `data` beside whatever else there is. */
function prepare(names: readonly string[]) {
  const root = temporaryFolder()
  const dataFolder = join(root.path, 'data')
  const folder = join(dataFolder, 'backups')
  mkdirSync(folder, { recursive: true })
  for (const name of names) writeFileSync(join(folder, name), `bytes of ${name}`)
  const backups = createBackups({
    dataFolder,
    // No thread is needed for what is looked at here.
    threadFile: join(root.path, 'none.js'),
    clock: movableClock(),
    restored: null,
    onProblem: () => undefined,
  })
  return { backups, root, dataFolder, folder, [Symbol.dispose]: () => root[Symbol.dispose]() }
}

const UNSTOPPED = new AbortController().signal

describe('deleting a backup', () => {
  it('takes away that one, and no other', async () => {
    using given = prepare(['one.db', 'two.db'])
    await given.backups.remove('one.db')
    expect((await given.backups.overview()).backups.map(({ name }) => name)).toEqual(['two.db'])
  })

  it('asked twice at once is done once, and refused once in words', async () => {
    using given = prepare(['one.db'])
    const outcomes = await Promise.allSettled([
      given.backups.remove('one.db'),
      given.backups.remove('one.db'),
    ])
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
    expect(outcomes[1]).toMatchObject({
      reason: { code: 'INVALID_REQUEST', message: `There is no backup 'one.db' in ${given.folder}.` },
    })
  })

  it('waits until its restore is withdrawn', async () => {
    using given = prepare(['one.db', 'two.db'])
    restoreNote.write(given.dataFolder, 'one.db')
    await expect(given.backups.remove('one.db')).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
      message: expect.stringContaining('The next start restores one.db. Withdraw that first'),
    })
    expect(readFileSync(join(given.folder, 'one.db'), 'utf8')).toBe('bytes of one.db')
    await given.backups.remove('two.db')
    await given.backups.withdrawRestore()
    await given.backups.remove('one.db')
    expect(readdirSync(given.folder)).toEqual([])
  })

  it.each([
    '../penstock.db',
    '..',
    '',
    '/etc/passwd',
    'folder.db',
    'link.db',
    '.hidden.db',
    'one.db\0.db',
    String.raw`..\penstock.db`,
    'notes.txt',
  ])('is refused for %j, and touches nothing', async (name) => {
    using given = prepare(['one.db', 'notes.txt', '.hidden.db'])
    const database = join(given.dataFolder, 'penstock.db')
    writeFileSync(database, 'the database')
    symlinkSync(database, join(given.folder, 'link.db'))
    mkdirSync(join(given.folder, 'folder.db'))
    const before = readdirSync(given.folder)
    await expect(given.backups.remove(name)).rejects.toMatchObject({ code: 'INVALID_REQUEST' })
    await expect(
      given.backups.copyTo(name, join(given.root.path, 'copy.db'), UNSTOPPED),
    ).rejects.toMatchObject({ code: 'INVALID_REQUEST' })
    expect(readdirSync(given.folder)).toEqual(before)
    expect(readFileSync(database, 'utf8')).toBe('the database')
    expect(existsSync(join(given.root.path, 'copy.db'))).toBe(false)
  })
})

describe('a copy of a backup', () => {
  it('takes the place of what was there, when that was agreed to', async () => {
    using given = prepare(['one.db'])
    const target = join(given.root.path, 'copy.db')
    writeFileSync(target, 'an older copy, which is longer than the new one')
    await given.backups.copyTo('one.db', target, UNSTOPPED)
    expect(readFileSync(target, 'utf8')).toBe('bytes of one.db')
    expect(readdirSync(given.root.path).toSorted()).toEqual(['copy.db', 'data'])
  })

  it('that cannot be made is refused as what the system said, with what to do', async () => {
    using given = prepare(['one.db'])
    await expect(
      given.backups.copyTo('one.db', join(given.root.path, 'none', 'copy.db'), UNSTOPPED),
    ).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE', message: expect.stringContaining('none') })
  })
})
