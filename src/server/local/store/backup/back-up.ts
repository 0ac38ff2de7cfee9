import { randomBytes } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fdatasyncSync,
  openSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { closeCopy } from '../close-copy.ts'
import { forPeople } from '../damage.ts'
import { describeLackOfRoom } from '../disk-room.ts'
import { putInPlace } from '../durable-files.ts'
import { checkOwner } from '../migrate.ts'
import { openReadable, type ReadableDatabase } from '../open-database.ts'
import { BackupError, toBackupError } from './backup-error.ts'

/** How much is copied between two looks at whether to stop: 2 MB. */
const PAGES_A_STEP = 500

export interface BackUpOptions {
  /** The database, which may be in use. */
  readonly file: string
  /** Where the backup goes; its folder must be there. */
  readonly target: string
  readonly overwrite: boolean
  /** Told how much is done, from 0 to 1. */
  readonly onProgress?: ((fraction: number) => void) | undefined
  readonly signal?: AbortSignal | undefined
}

export interface BackUpResult {
  readonly bytes: number
  readonly tasks: number
}

/**
 * Copies a database, while it is used, to one file: as it was at one moment, whatever is committed
 * meanwhile. The file gets its name when it is whole, on disk, and found in order; until then it is
 * `.<name>.<random>.unfinished` beside it. What is written meanwhile stays in the log until the end.
 * @throws BackupError, DamagedDatabaseError, UnusableDatabaseError; nothing is left behind then.
 */
export async function backUp(options: BackUpOptions): Promise<BackUpResult> {
  const { file, target } = options
  if (statSync(file, { throwIfNoEntry: false }) === undefined)
    throw new BackupError(`There is no database ${file}; check the data folder (--data).`)
  checkTarget(options)
  const unfinished = join(
    dirname(target),
    `.${basename(target)}.${randomBytes(4).toString('hex')}.unfinished`,
  )
  try {
    await copySnapshot(options, unfinished)
    const tasks = await finishCopy(unfinished)
    const { size } = statSync(unfinished)
    if (!putInPlace(unfinished, target, options)) throw isThere(target)
    return { bytes: size, tasks }
  } catch (error) {
    throw toBackupError(error, `The backup ${target} was not made`)
  } finally {
    for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(unfinished + suffix, { force: true })
  }
}

const isThere = (target: string) =>
  new BackupError(`${target} is there already; choose another name, or say that it may be overwritten.`)

function checkTarget({ file, target, overwrite }: BackUpOptions): void {
  const folder = dirname(target)
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new BackupError(`There is no folder ${folder}; make it first, or choose another one.`)
  const found = statSync(target, { throwIfNoEntry: false })
  if (found === undefined) return
  if (found.isDirectory())
    throw new BackupError(`${target} is a folder; name the file that is to be written in it.`)
  if (['', '-wal', '-shm'].some((suffix) => isSameFile(file + suffix, target)))
    throw new BackupError(`${target} is the database itself; choose another file.`)
  if (!overwrite) throw isThere(target)
}

const isSameFile = (one: string, other: string) =>
  existsSync(one) && existsSync(other) && realpathSync(one) === realpathSync(other)

async function copySnapshot({ file, onProgress, signal }: BackUpOptions, unfinished: string): Promise<void> {
  const db = await openReadable(file)
  try {
    // While a transaction is open it sees one moment. Without, the copy would begin anew with every commit.
    db.exec('BEGIN')
    checkOwner(db, file)
    checkRoom(db, unfinished)
    // Inputs and results are nobody else's business on this machine.
    writeFileSync(unfinished, '', { flag: 'wx', mode: 0o600 })
    await copyInSteps(db, unfinished, { onProgress, signal })
  } catch (error) {
    throw forPeople(error, file)
  } finally {
    db.close()
  }
}

function checkRoom(db: ReadableDatabase, unfinished: string): void {
  const pages = db.pragma('page_count', { simple: true }) as number
  const pageBytes = db.pragma('page_size', { simple: true }) as number
  const folder = dirname(unfinished)
  const lack = describeLackOfRoom(folder, pages * pageBytes, 'the backup')
  if (lack !== null) throw new BackupError(`The disk of ${folder} is too full: ${lack}`)
}

/**
 * Between steps other work of this thread goes on. Each step is on disk before the next: one sync of
 * everything at the end would hold up the commits of the broker.
 */
async function copyInSteps(
  db: ReadableDatabase,
  unfinished: string,
  { onProgress, signal }: Pick<BackUpOptions, 'onProgress' | 'signal'>,
): Promise<void> {
  const written = openSync(unfinished, 'r+')
  try {
    await db.backup(unfinished, {
      progress({ totalPages, remainingPages }) {
        if (signal?.aborted === true) throw new BackupError('The backup was stopped.')
        fdatasyncSync(written)
        onProgress?.(totalPages === 0 ? 1 : (totalPages - remainingPages) / totalPages)
        return PAGES_A_STEP
      },
    })
  } finally {
    closeSync(written)
  }
}

async function finishCopy(unfinished: string): Promise<number> {
  const closed = await closeCopy(unfinished)
  if (closed.problem !== null)
    throw new BackupError(`The backup is not in order (${closed.problem}); it was not kept.`)
  return closed.tasks
}
