import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, isAbsolute, join } from 'node:path'
import { databaseIn } from '../database-files.ts'
import { putInPlace, syncFolder } from '../durable-files.ts'
import { MoveError } from './move-error.ts'

/** In a folder that was moved away: where to. From when it is there, what it names is the data folder. */
export const DEPARTURE = 'moved-to.json'
/** In a folder that is being moved to: where from. Until that one says it has moved here, this is only a copy. */
export const ARRIVAL = 'arriving-from.json'

/** Asks the next start to move the data folder; not to be taken along. */
export const MOVE_NOTE = 'move-at-start.json'

export function readDeparture(folder: string): string | null {
  return readMark(join(folder, DEPARTURE))
}

export function readArrival(folder: string): string | null {
  return readMark(join(folder, ARRIVAL))
}

export function writeMark(folder: string, mark: typeof DEPARTURE | typeof ARRIVAL, other: string): void {
  const unfinished = join(folder, `.${mark}.${randomBytes(4).toString('hex')}.unfinished`)
  writeFileSync(unfinished, `${JSON.stringify({ folder: other })}\n`, { mode: 0o600 })
  putInPlace(unfinished, join(folder, mark), { overwrite: true })
}

export function removeMark(folder: string, mark: typeof DEPARTURE | typeof ARRIVAL): void {
  rmSync(join(folder, mark), { force: true })
  syncFolder(folder)
}

/** Whether what is in `from` has moved to `folder`, as far as `from` says. */
export function hasMoved(from: string, folder: string): boolean {
  const to = readDeparture(from)
  return to !== null && existsSync(to) && realpathSync.native(to) === realpathSync.native(folder)
}

/**
 * Where the data are that are, or were once, in a folder: followed through every move.
 * @throws MoveError when they are out of reach, as on a disk that is not connected: no empty database is
 *   to be begun in their place.
 */
export function findMoved(folder: string): string {
  const seen: string[] = []
  for (let current = folder; ;) {
    const next = nextAfter(current)
    if (next === null) return current
    seen.push(current)
    if (seen.includes(next))
      throw new MoveError(
        `The data folder ${folder} is said to be moved in a circle. Delete ${DEPARTURE} and ${ARRIVAL} in the folder that has the database.`,
      )
    current = next
  }
}

function nextAfter(folder: string): string | null {
  const from = readArrival(folder)
  if (from !== null) {
    if (!existsSync(from))
      throw new MoveError(
        `Moving the data folder ${from} to ${folder} was cut off, and ${from} is not there now. Connect its disk and start again; or delete ${join(folder, ARRIVAL)}, when you know that ${folder} is whole.`,
      )
    return hasMoved(from, folder) ? null : from
  }
  const to = readDeparture(folder)
  if (to === null) return null
  if (![databaseIn(to), join(to, DEPARTURE), join(to, ARRIVAL)].some(existsSync))
    throw new MoveError(
      `The data folder ${folder} was moved to ${to}, where there is none now. Connect the disk that it is on and start again; or delete ${join(folder, DEPARTURE)}, to begin anew in ${folder}.`,
    )
  return to
}

function readMark(file: string): string | null {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return null
    throw error
  }
  const folder = folderIn(text)
  if (folder === null)
    throw new MoveError(
      `${file} does not name a folder; write {"folder":"<path>"} into it, or delete it to use ${dirname(file)} itself.`,
    )
  return folder
}

function folderIn(text: string): string | null {
  try {
    const { folder } = JSON.parse(text) as { folder?: unknown }
    return typeof folder === 'string' && isAbsolute(folder) ? folder : null
  } catch {
    // Written by hand, or on a failing disk; the caller says so.
    return null
  }
}
