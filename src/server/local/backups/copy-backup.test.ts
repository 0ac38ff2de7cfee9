import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { canMakeDisks, smallDisk } from '../../../../test/support/small-disk.ts'
import { temporaryFolder } from '../../../../test/support/temporary-folder.ts'
import { copyBackup } from './copy-backup.ts'

const UNSTOPPED = new AbortController().signal

/** A backup of 8 MB, which takes some steps, and a folder for its copy that has an older one. */
function prepare() {
  const root = temporaryFolder()
  const dataFolder = join(root.path, 'data')
  const source = join(dataFolder, 'backups', 'one.db')
  const elsewhere = join(root.path, 'elsewhere')
  mkdirSync(join(dataFolder, 'backups'), { recursive: true })
  mkdirSync(elsewhere)
  writeFileSync(source, Buffer.alloc(8 * 1024 * 1024, 'whole'))
  const target = join(elsewhere, 'copy.db')
  writeFileSync(target, 'an older copy')
  return { root, dataFolder, source, elsewhere, target, [Symbol.dispose]: () => root[Symbol.dispose]() }
}

/** Nothing half is left, under no name, and what was there is as it was. */
function expectNothingDone({ elsewhere, target }: ReturnType<typeof prepare>): void {
  expect(readdirSync(elsewhere)).toEqual(['copy.db'])
  expect(readFileSync(target, 'utf8')).toBe('an older copy')
}

describe('a copy of a backup', () => {
  it('is whole, and read by its owner alone', async () => {
    using given = prepare()
    await copyBackup({ ...given, signal: UNSTOPPED })
    expect(readFileSync(given.target).equals(readFileSync(given.source))).toBe(true)
    expect(readdirSync(given.elsewhere)).toEqual(['copy.db'])
  })

  it('that is stopped in the middle leaves nothing of it', async () => {
    using given = prepare()
    // As long as it takes to be in the middle of it for sure.
    truncateSync(given.source, 512 * 1024 * 1024)
    const stop = new AbortController()
    const stopInTheMiddle = async () => {
      const isBegun = () => {
        const unfinished = readdirSync(given.elsewhere).find((name) => name.endsWith('.unfinished'))
        return unfinished !== undefined && statSync(join(given.elsewhere, unfinished)).size > 0
      }
      await vi.waitUntil(isBegun, { interval: 1, timeout: 10_000 })
      stop.abort()
    }
    const copied = copyBackup({ ...given, signal: stop.signal })
    const outcome = Promise.all([copied, stopInTheMiddle()])
    await expect(outcome).rejects.toThrow('The copy was stopped; nothing of it is left.')
    expectNothingDone(given)
  })

  it('of a backup that goes meanwhile is refused in words', async () => {
    using given = prepare()
    rmSync(given.source)
    await expect(copyBackup({ ...given, signal: UNSTOPPED })).rejects.toMatchObject({
      name: 'BackupError',
      message: expect.stringContaining('one.db'),
    })
    expectNothingDone(given)
  })

  it.each(['penstock.db', 'penstock.db-wal', 'backups/one.db', 'backups/new.db', '../data/keys.json'])(
    'never takes the place of %s of the data folder',
    async (name) => {
      using given = prepare()
      const target = join(given.dataFolder, name)
      await expect(copyBackup({ ...given, target, signal: UNSTOPPED })).rejects.toThrow(
        /inside of the data folder; choose a place outside/,
      )
      expect(readdirSync(given.dataFolder)).toEqual(['backups'])
      expect(readdirSync(join(given.dataFolder, 'backups'))).toEqual(['one.db'])
    },
  )

  it('is not made in the place of a folder', async () => {
    using given = prepare()
    await expect(copyBackup({ ...given, target: given.elsewhere, signal: UNSTOPPED })).rejects.toThrow(
      /is a folder; name the file/,
    )
    expectNothingDone(given)
  })

  it.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
    'is refused in words where nobody may write',
    async () => {
      using given = prepare()
      chmodSync(given.elsewhere, 0o500)
      await expect(copyBackup({ ...given, signal: UNSTOPPED })).rejects.toThrow(
        /Penstock may not write there; check who owns it/,
      )
      chmodSync(given.elsewhere, 0o700)
      expectNothingDone(given)
    },
  )

  it.skipIf(!canMakeDisks)('is not begun on a disk that is too full for it', async () => {
    using given = prepare()
    using _disk = smallDisk(given.elsewhere, 4)
    writeFileSync(given.target, 'an older copy')
    await expect(copyBackup({ ...given, signal: UNSTOPPED })).rejects.toThrow(
      /The disk of .* is too full: the copy needs 26 MB/,
    )
    expectNothingDone(given)
  })
})
