import { existsSync, mkdirSync, readdirSync, realpathSync, rmdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { finishReplacing } from '../backup/replace-database.ts'
import { closeCopy } from '../close-copy.ts'
import { DATABASE_SUFFIXES, databaseIn } from '../database-files.ts'
import { syncFolder } from '../durable-files.ts'
import { takeLock } from '../folder-lock.ts'
import { LOCK_FILES } from '../lock-files.ts'
import { loadSqlite } from '../open-database.ts'
import { finishSettingAside } from '../set-aside.ts'
import { checkRoom, checkTarget, SYSTEM_NAMES } from './check-target.ts'
import { MoveError, toMoveError } from './move-error.ts'
import {
  ARRIVAL,
  DEPARTURE,
  findMoved,
  hasMoved,
  MOVE_NOTE,
  readArrival,
  removeMark,
  writeMark,
} from './move-marks.ts'
import { copyEntry, listTree, removeCopied, type TreeEntry } from './tree.ts'

/** At the top of a data folder: made anew by every run or of no use afterwards, so it is not taken along. */
const MADE_ANEW = ['listeners.json', 'cache', 'penstock.db-shm', MOVE_NOTE]
const NOT_COPIED = new Set([...MADE_ANEW, ...LOCK_FILES, ...SYSTEM_NAMES, ARRIVAL, DEPARTURE])
const DATABASE_NAMES = new Set(
  [...DATABASE_SUFFIXES, '-journal'].map((suffix) => path.basename(databaseIn('')) + suffix),
)

export interface MoveResult {
  readonly from: string
  readonly to: string
  readonly tasks: number
  readonly bytes: number
  /** How many files are left in the old folder, as they changed meanwhile or could not be removed. */
  readonly kept: number
}

/**
 * Moves a data folder that nobody has open, with everything in it: all is copied to the other place, on disk
 * there and checked before the old folder says, at one moment, that its data are there now; only then are
 * they removed. A crash at any moment leaves the old folder in charge, or the new one, never both or none.
 * Whoever names the old folder afterwards finds the new one.
 * @param target an empty folder, or one that is not there yet; on any disk that takes a database.
 * @throws MoveError, FolderInUseError; the data are then where they were, and what was copied is gone again.
 */
export async function moveFolder({
  folder,
  target,
}: {
  readonly folder: string
  readonly target: string
}): Promise<MoveResult> {
  const found = findMoved(folder)
  if (!existsSync(databaseIn(found)))
    throw new MoveError(`There is no database in ${found}; check the data folder (--data).`)
  const from = realpathSync.native(found)
  const meaning = `${from} was not moved to ${target}`
  const lock = takeLock(from)
  try {
    await finishMove(from)
    finishReplacing(databaseIn(from))
    finishSettingAside(databaseIn(from))
    const to = checkTarget(from, target)
    const entries = await listTree(from, NOT_COPIED)
    const bytes = entries.reduce((sum, entry) => sum + entry.bytes, 0)
    checkRoom(to, bytes)
    const { tasks, kept } = await takeOver(from, to, entries)
    return { from, to, tasks, bytes, kept }
  } catch (error) {
    throw toMoveError(error, meaning)
  } finally {
    lock.release()
    // They would be all that is left there, beside the mark.
    if (existsSync(path.join(from, DEPARTURE))) removeAll(from, LOCK_FILES)
  }
}

/** With the target locked as well, so that nobody else moves there, or starts on what is half there. */
async function takeOver(from: string, to: string, entries: readonly TreeEntry[]) {
  const missing = missingFolders(to)
  let isDone = false
  try {
    for (const folder of missing) mkdirSync(folder, { mode: 0o700 })
    const lock = takeLock(to)
    try {
      const moving = moveInSteps(from, to, entries)
      let step = await moving.next()
      while (step.done !== true) step = await moving.next()
      isDone = true
      return step.value
    } finally {
      lock.release()
      removeAll(to, LOCK_FILES)
    }
  } finally {
    if (!isDone)
      for (const folder of missing.toReversed())
        if (existsSync(folder) && readdirSync(folder).length === 0) rmdirSync(folder)
  }
}

/** The outermost first. */
function missingFolders(folder: string): readonly string[] {
  return existsSync(folder) ? [] : [...missingFolders(path.dirname(folder)), folder]
}

/**
 * The move itself; each step is on disk when the next begins. Both folders are the caller's alone.
 * @throws MoveError, system errors; what was copied is then gone again.
 */
export async function* moveInSteps(
  from: string,
  to: string,
  entries: readonly TreeEntry[],
): AsyncGenerator<string, { readonly tasks: number; readonly kept: number }> {
  await clearHalfMoved(from, to)
  if (readArrival(to) === null) writeMark(to, ARRIVAL, from)
  let tasks: number
  try {
    yield 'announced'
    for (const entry of entries) {
      await copyEntry(from, to, entry)
      yield `copied ${entry.path}`
    }
    tasks = await checkDatabase(databaseIn(to))
    for (const { kind, path: place } of entries) if (kind === 'folder') syncFolder(path.join(to, place))
    syncFolder(to)
    syncFolder(path.dirname(to))
    yield 'checked'
    writeMark(from, DEPARTURE, to)
  } catch (error) {
    await undo(from, to)
    throw error
  }
  yield 'moved'
  const kept = await removeMoved(from, to, entries)
  yield 'removed'
  removeMark(to, DEPARTURE)
  removeMark(to, ARRIVAL)
  return { tasks, kept }
}

async function undo(from: string, to: string): Promise<void> {
  try {
    await clearHalfMoved(from, to)
    removeMark(to, ARRIVAL)
  } catch {
    // What went wrong first says more. The mark that stays keeps everybody from taking the copy for the data.
  }
}

/** Ends what a crash cut off after the data had arrived in a folder. Safe to call at every start. */
export async function finishMove(folder: string): Promise<void> {
  const from = readArrival(folder)
  if (from === null || !hasMoved(from, folder)) return
  await removeMoved(from, folder, await listTree(from, NOT_COPIED))
  removeAll(from, LOCK_FILES)
  removeMark(folder, DEPARTURE)
  removeMark(folder, ARRIVAL)
}

async function removeMoved(from: string, to: string, entries: readonly TreeEntry[]): Promise<number> {
  const hasDatabase = existsSync(databaseIn(to))
  const kept = await removeCopied(
    from,
    to,
    entries,
    // The copy has its log in it: neither file is alike.
    (entry) => hasDatabase && DATABASE_NAMES.has(entry.path),
  )
  removeAll(from, MADE_ANEW)
  syncFolder(from)
  return kept
}

function removeAll(folder: string, names: readonly string[]): void {
  for (const name of names) rmSync(path.join(folder, name), { recursive: true, force: true })
}

/** What an earlier try left at the target; only what the data folder has as well. @throws MoveError */
async function clearHalfMoved(from: string, to: string): Promise<void> {
  if (readArrival(to) === null) return
  const kept = await removeCopied(
    to,
    from,
    await listTree(to, NOT_COPIED),
    (entry) => DATABASE_NAMES.has(entry.path) || existsSync(path.join(from, entry.path)),
  )
  rmSync(`${databaseIn(to)}-shm`, { force: true })
  if (kept > 0)
    throw new MoveError(`${to} has files that are not of ${from} (${kept}); move them elsewhere first.`)
}

async function checkDatabase(copy: string): Promise<number> {
  const closed = await closeCopy(copy)
  if (closed.problem !== null)
    throw new MoveError(
      `The copy of the database is not in order (${closed.problem}). Start Penstock where the data are, which looks after a damaged database, and move them then.`,
    )
  const Database = await loadSqlite()
  const db = new Database(copy)
  try {
    if (db.pragma('journal_mode = WAL', { simple: true }) !== 'wal')
      throw new MoveError(
        `${path.dirname(copy)} does not take a database in WAL mode, as network drives do not; choose a folder on a disk of this computer.`,
      )
    db.pragma('journal_mode = DELETE')
  } finally {
    db.close()
  }
  return closed.tasks
}
