import Database from 'better-sqlite3'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lockFolder, takeLock } from '../../src/server/local/store/folder-lock.ts'
import { checkRoom } from '../../src/server/local/store/move/check-target.ts'
import { MoveError } from '../../src/server/local/store/move/move-error.ts'
import { finishMove, moveFolder, moveInSteps } from '../../src/server/local/store/move/move-folder.ts'
import { findMoved, readDeparture } from '../../src/server/local/store/move/move-marks.ts'
import { listTree, movedLink } from '../../src/server/local/store/move/tree.ts'
import { openWritable } from '../../src/server/local/store/open-database.ts'
import { canMakeDisks, smallDisk } from '../support/small-disk.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const QUEUES = 50
const WRITTEN_AT = new Date('2026-11-20T10:11:12Z')

/** A database as a killed process leaves it: what was committed last is in the log alone. */
const template = temporaryFolder()
beforeAll(async () => {
  const file = join(template.path, 'open.db')
  const db = await openWritable(file)
  db.pragma('wal_checkpoint(TRUNCATE)')
  const add = db.prepare('INSERT INTO queues (name, created_at) VALUES (?, 1)')
  for (let row = 0; row < QUEUES; row += 1) add.run(`queue-${row}`)
  for (const suffix of ['', '-wal']) copyFileSync(file + suffix, join(template.path, `penstock.db${suffix}`))
  db.close()
})
afterAll(() => template[Symbol.dispose]())

interface Places extends Disposable {
  readonly from: string
  readonly to: string
}

/** A data folder after a crash, with tasks in it, and a place to move it to. */
function places(): Places {
  const root = temporaryFolder()
  const base = realpathSync.native(root.path)
  const [from, to] = [join(base, 'from'), join(base, 'disk', 'to')]
  const write = (name: string, content: string, mode = 0o644) => {
    mkdirSync(dirname(join(from, name)), { recursive: true })
    writeFileSync(join(from, name), content, { mode })
    utimesSync(join(from, name), WRITTEN_AT, WRITTEN_AT)
  }
  mkdirSync(join(base, 'disk'))
  write('connection-keys.json', '{"staging":"a key"}', 0o600)
  write('tasks/mail.ts', 'export default () => 1')
  write('tasks/read-only.ts', 'export default () => 2', 0o444)
  write('tasks/lib/tool.js', '')
  write('backups/penstock-1.db', 'a backup')
  write('listeners.json', '{}')
  write('owner.json', '{}')
  write('cache/tasks/1.js', 'made anew')
  symlinkSync('../lib/tool.js', join(from, 'tasks/lib/tool'))
  symlinkSync('/etc', join(from, 'tasks/elsewhere'))
  mkdirSync(join(from, 'tasks/empty'))
  chmodSync(join(from, 'tasks/empty'), 0o750)
  for (const name of ['penstock.db', 'penstock.db-wal'])
    copyFileSync(join(template.path, name), join(from, name))
  writeFileSync(join(from, 'penstock.db-shm'), 'of no use')
  return { from, to, [Symbol.dispose]: () => root[Symbol.dispose]() }
}

function countQueues(folder: string): number {
  const db = new Database(join(folder, 'penstock.db'))
  const count = db.prepare<[], number>('SELECT count(*) FROM queues').pluck().get()!
  db.close()
  return count
}

/** Everything that moves along: names, and of files what they say; the database by its content. */
function content(folder: string): Record<string, string> {
  const found: Record<string, string> = { database: `${countQueues(folder)} queues` }
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (/^(penstock\.db|cache|folder\.lock|(owner|listeners|moved-to|arriving-from)\.json)/.test(name))
      continue
    const stats = lstatSync(join(folder, name))
    if (stats.isSymbolicLink()) found[name] = `-> ${readlinkSync(join(folder, name))}`
    else if (stats.isDirectory()) found[name] = 'folder'
    else found[name] = readFileSync(join(folder, name), 'utf8')
  }
  return found
}

describe('moving a data folder', () => {
  it('takes everything along, with rights, times and links, and what only the log has', async () => {
    using at = places()
    const { from, to } = at
    const before = content(from)
    using again = places()
    const moved = await moveFolder({ folder: again.from, target: again.to })
    expect(moved).toMatchObject({ from: again.from, to: again.to, tasks: 0, kept: 0 })
    expect(content(again.to)).toEqual(before)
    expect(before['database']).toBe(`${QUEUES} queues`)
    expect(readdirSync(again.to).toSorted()).toEqual(
      ['backups', 'connection-keys.json', 'penstock.db', 'tasks'].toSorted(),
    )
    expect(statSync(again.to).mode & 0o777).toBe(0o700)
    expect(statSync(join(again.to, 'connection-keys.json')).mode & 0o777).toBe(0o600)
    expect(statSync(join(again.to, 'tasks/read-only.ts')).mode & 0o777).toBe(0o444)
    expect(statSync(join(again.to, 'tasks/empty')).mode & 0o777).toBe(0o750)
    expect(statSync(join(again.to, 'backups/penstock-1.db')).mtime).toEqual(WRITTEN_AT)
    expect(readlinkSync(join(again.to, 'tasks/elsewhere'))).toBe('/etc')
    expect(existsSync(from)).toBe(true)
    expect(existsSync(to)).toBe(false)
  })

  it('leaves nothing at the old place but where to find the new one', async () => {
    using at = places()
    await moveFolder({ folder: at.from, target: at.to })
    expect(readdirSync(at.from)).toEqual(['moved-to.json'])
    expect(findMoved(at.from)).toBe(at.to)
    expect(findMoved(at.to)).toBe(at.to)
    expect(() => lockFolder(at.from)).toThrow(`it is ${at.to} now`)
    expect(readdirSync(at.from)).not.toContain('penstock.db')
    lockFolder(at.to).release()
  })

  it('goes back to where it was, and on from there', async () => {
    using at = places()
    const before = content(at.from)
    const third = join(dirname(at.to), 'third')
    await moveFolder({ folder: at.from, target: at.to })
    // Whoever still names the first place means the second.
    await moveFolder({ folder: at.from, target: at.from })
    expect(content(at.from)).toEqual(before)
    expect(findMoved(at.to)).toBe(at.from)
    expect(findMoved(at.from)).toBe(at.from)
    await moveFolder({ folder: at.to, target: third })
    expect([findMoved(at.from), findMoved(at.to), findMoved(third)]).toEqual([third, third, third])
    expect(content(third)).toEqual(before)
  })

  it('cut off after any step is in one place, whole, and ends when it is asked for again', async () => {
    using clean = places()
    const expected = content(clean.from)
    for (let last = 1; ; last += 1) {
      using at = places()
      mkdirSync(at.to)
      const moving = moveInSteps(at.from, at.to, await movable(at.from))
      let step = ''
      let isOver = false
      for (let taken = 0; taken < last && !isOver; taken += 1) {
        const { done, value } = await moving.next()
        isOver = done === true
        if (typeof value === 'string') step = value
      }
      if (isOver) {
        expect(last).toBeGreaterThan(10)
        break
      }
      // A file that was being written is there in part.
      const copied = join(at.to, step.replace(/^copied /, ''))
      if (step.startsWith('copied') && lstatSync(copied).isFile())
        truncateSync(copied, Math.floor(statSync(copied).size / 2))

      const place = findMoved(at.from)
      expect(findMoved(at.to), `after ${step}`).toBe(place)
      const hasMoved = ['moved', 'removed'].includes(step)
      expect(place, `after ${step}`).toBe(hasMoved ? at.to : at.from)
      if (hasMoved) await finishMove(place)
      else await moveFolder({ folder: at.to, target: at.to })
      expect(content(at.to), `after ${step}`).toEqual(expected)
      expect(readdirSync(at.from), `after ${step}`).toEqual(['moved-to.json'])
      expect(findMoved(at.from)).toBe(at.to)
      expect(existsSync(join(at.to, 'arriving-from.json'))).toBe(false)
    }
  })

  it('keeps at the old place what is changed or added there meanwhile', async () => {
    using at = places()
    mkdirSync(at.to)
    const moving = moveInSteps(at.from, at.to, await movable(at.from))
    for (let step = await moving.next(); step.value !== 'checked'; step = await moving.next());
    writeFileSync(join(at.from, 'tasks/mail.ts'), 'export default () => "edited"')
    writeFileSync(join(at.from, 'tasks/added.ts'), 'export default () => "added"')
    let end = await moving.next()
    while (end.done !== true) end = await moving.next()
    expect(end.value).toMatchObject({ kept: 1 })
    expect(readdirSync(join(at.from, 'tasks')).toSorted()).toEqual(['added.ts', 'mail.ts'])
    expect(readFileSync(join(at.to, 'tasks/mail.ts'), 'utf8')).toBe('export default () => 1')
  })

  it.skipIf(!canMakeDisks)('goes to another disk, onto the disk itself as well', async () => {
    using at = places()
    const before = content(at.from)
    using same = places()
    const disk = join(dirname(at.to), 'disk')
    mkdirSync(disk)
    using _disk = smallDisk(disk, 64)
    await moveFolder({ folder: same.from, target: disk })
    expect(content(disk)).toEqual(before)
    expect(findMoved(same.from)).toBe(disk)
    // Gone with its disk, not begun anew.
    _disk[Symbol.dispose]()
    expect(() => findMoved(same.from)).toThrow(/Connect the disk/)
  })

  it('takes an empty folder, with what systems put into one', async () => {
    using at = places()
    mkdirSync(at.to)
    writeFileSync(join(at.to, '.DS_Store'), 'of the target')
    writeFileSync(join(at.from, '.DS_Store'), 'of the folder')
    await moveFolder({ folder: at.from, target: at.to })
    expect(countQueues(at.to)).toBe(QUEUES)
    expect(readFileSync(join(at.to, '.DS_Store'), 'utf8')).toBe('of the target')
  })
})

const movable = (folder: string) =>
  listTree(folder, new Set(['owner.json', 'listeners.json', 'cache', 'penstock.db-shm']))

describe('a data folder is not moved', () => {
  const refused: readonly (readonly [where: string, prepare: (at: Places) => string, message: RegExp])[] = [
    ['to where it is', ({ from }) => from, /is .*from already/],
    ['to where it is, by another name', (at) => link(at.from, `${at.from}-link`), /is .*from already/],
    ['into itself', ({ from }) => join(from, 'tasks', 'deeper'), /is inside the data folder/],
    ['into itself through a link', (at) => join(link(at.from, `${at.from}-link`), 'deeper'), /is inside/],
    ['around itself', ({ from }) => dirname(from), /is inside .*; choose another/],
    ['onto a file', ({ to }) => (writeFileSync(to, ''), to), /is a file; name a folder/],
    ['under a file', ({ to }) => (writeFileSync(to, ''), join(to, 'deeper')), /was not moved to/],
    [
      'to a folder that has anything in it',
      ({ to }) => (mkdirSync(join(to, 'photos'), { recursive: true }), to),
      /is not empty \(photos\); choose an empty folder/,
    ],
    [
      'to a name that no disk takes',
      ({ to }) => join(to, 'x'.repeat(300)),
      /was not moved to .*ENAMETOOLONG/,
    ],
    ['to a path with a zero', ({ to }) => `${to}\0`, /null bytes|was not moved/],
  ]
  it.each(refused)('%s', async (_where, prepare, message) => {
    using at = places()
    const before = content(at.from)
    const target = prepare(at)
    const listed = listed_(dirname(at.to))
    await expect(moveFolder({ folder: at.from, target })).rejects.toThrow(message)
    expect(findMoved(at.from)).toBe(at.from)
    expect(content(at.from)).toEqual(before)
    expect(listed_(dirname(at.to))).toEqual(listed)
  })
  const listed_ = (folder: string) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted()
  const link = (to: string, name: string) => (symlinkSync(to, name), name)

  it('while a Penstock has it open, or one is starting where it is to go', async () => {
    using at = places()
    const open = lockFolder(at.from)
    await expect(moveFolder({ folder: at.from, target: at.to })).rejects.toThrow(/in use by another Penstock/)
    open.release()
    mkdirSync(at.to)
    const taken = takeLock(at.to)
    await expect(moveFolder({ folder: at.from, target: at.to })).rejects.toThrow(/in use by another Penstock/)
    taken.release()
    expect(countQueues(at.from)).toBe(QUEUES)
  })

  it('without a database in it', async () => {
    using at = places()
    const none = join(dirname(at.to), 'none')
    await expect(moveFolder({ folder: none, target: at.to })).rejects.toThrow(/There is no database in/)
    expect(existsSync(none)).toBe(false)
    expect(existsSync(at.to)).toBe(false)
  })

  it('with a damaged database: the copy is gone again, and everything is as it was', async () => {
    using at = places()
    rmSync(join(at.from, 'penstock.db-wal'))
    rmSync(join(at.from, 'penstock.db-shm'))
    const file = join(at.from, 'penstock.db')
    const bytes = readFileSync(file)
    bytes.fill(0xff, 4096, 12_288)
    writeFileSync(file, bytes)
    await expect(moveFolder({ folder: at.from, target: at.to })).rejects.toThrow(
      /The copy of the database is not in order|malformed/,
    )
    expect(existsSync(at.to)).toBe(false)
    expect(readFileSync(file).equals(bytes)).toBe(true)
    expect(findMoved(at.from)).toBe(at.from)
  })

  it('to a disk without the room', () => {
    using at = places()
    expect(() => checkRoom(at.to, Number.MAX_SAFE_INTEGER)).toThrow(
      /too full: moving needs \d+ MB, \d+ MB are/,
    )
    checkRoom(at.to, 0)
  })

  it.skipIf(!canMakeDisks)('to a disk that is too small, of which nothing is left there', async () => {
    using at = places()
    const disk = join(dirname(at.to), 'small')
    mkdirSync(disk)
    using _disk = smallDisk(disk, 4)
    await expect(moveFolder({ folder: at.from, target: join(disk, 'deep', 'er') })).rejects.toThrow(
      /The disk of .* is too full: moving needs 1\d MB, \d MB are free/,
    )
    expect(readdirSync(disk)).toEqual([])
    expect(countQueues(at.from)).toBe(QUEUES)
  })

  it('over what somebody put beside half of it', async () => {
    using at = places()
    mkdirSync(at.to)
    const moving = moveInSteps(at.from, at.to, await movable(at.from))
    for (let step = await moving.next(); step.value !== 'checked'; step = await moving.next());
    writeFileSync(join(at.to, 'a photo.jpg'), '')
    await expect(moveFolder({ folder: at.from, target: at.to })).rejects.toThrow(
      /has files that are not of .* \(1\); move them elsewhere first/,
    )
    expect(readFileSync(join(at.to, 'a photo.jpg'), 'utf8')).toBe('')
    expect(findMoved(at.to)).toBe(at.from)
    rmSync(join(at.to, 'a photo.jpg'))
    await moveFolder({ folder: at.from, target: at.to })
    expect(countQueues(at.to)).toBe(QUEUES)
  })

  it('to a place that names others, or holds half of another', async () => {
    using at = places()
    using other = places()
    await moveFolder({ folder: other.from, target: other.to })
    await expect(moveFolder({ folder: at.from, target: other.from })).rejects.toThrow(
      /says that its data were moved to/,
    )
    using third = places()
    mkdirSync(third.to)
    await moveInSteps(third.from, third.to, await movable(third.from)).next()
    await expect(moveFolder({ folder: at.from, target: third.to })).rejects.toThrow(/which was cut off/)
    expect(findMoved(at.from)).toBe(at.from)
  })
})

describe('a moved data folder', () => {
  it('that is out of reach is said so, and no empty one begun', async () => {
    using at = places()
    await moveFolder({ folder: at.from, target: at.to })
    rmSync(at.to, { recursive: true })
    expect(() => findMoved(at.from)).toThrow(/was moved to .* Connect the disk/)
    expect(() => lockFolder(at.from)).toThrow(MoveError)
    await expect(moveFolder({ folder: at.from, target: `${at.to}-2` })).rejects.toThrow(/Connect the disk/)
  })

  it.each(['', '{', '{}', '{"folder":7}', '{"folder":"relative/place"}', '[]', 'null'])(
    'is not guessed from a mark that says %s',
    (text) => {
      using at = places()
      writeFileSync(join(at.from, 'moved-to.json'), text)
      expect(() => readDeparture(at.from)).toThrow(/does not name a folder; write/)
    },
  )

  it('is not looked for in a circle', () => {
    using at = places()
    mkdirSync(at.to)
    writeFileSync(join(at.from, 'moved-to.json'), JSON.stringify({ folder: at.to }))
    writeFileSync(join(at.to, 'moved-to.json'), JSON.stringify({ folder: at.from }))
    expect(() => findMoved(at.from)).toThrow(/in a circle/)
  })
})

describe('a link that moves', () => {
  const at = { from: '/data', to: '/disk/data' }
  it.each([
    ['../lib/tool.js', 'tasks/bin/tool', '../lib/tool.js'],
    ['/etc', 'tasks/etc', '/etc'],
    ['/data/tasks/mail.ts', 'mail', '/disk/data/tasks/mail.ts'],
    ['../../shared', 'tasks/shared', '/shared'],
    ['..', 'tasks/all', '..'],
  ])('to %s, of %s, says %s', (points, place, expected) => {
    expect(movedLink({ ...at, points, at: place })).toBe(expected)
  })
})
