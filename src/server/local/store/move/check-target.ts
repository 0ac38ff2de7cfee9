import { existsSync, readdirSync, realpathSync, statfsSync, statSync } from 'node:fs'
import path from 'node:path'
import { LOCK_FILES } from '../lock-files.ts'
import { MoveError } from './move-error.ts'
import { ARRIVAL, DEPARTURE, findMoved, readArrival, readDeparture } from './move-marks.ts'

/** What systems put into folders and disks; nobody's data. */
export const SYSTEM_NAMES = ['.DS_Store', 'desktop.ini', 'Thumbs.db', 'lost+found']
const AS_GOOD_AS_EMPTY = new Set([...SYSTEM_NAMES, ...LOCK_FILES, ARRIVAL, DEPARTURE])
/** Left free on the disk besides. */
const SPARE_BYTES = 16 * 1024 * 1024

/**
 * Looks whether a data folder may be moved to another place, and changes nothing.
 * @param from the folder, as the file system names it.
 * @returns the other one, as the file system names it or will.
 * @throws MoveError
 */
export function checkTarget(from: string, target: string): string {
  const to = realPlace(target)
  if (to === from) throw new MoveError(`The data folder is ${from} already.`)
  if (isInside(to, from))
    throw new MoveError(`${to} is inside the data folder ${from}; choose one outside of it.`)
  if (isInside(from, to)) throw new MoveError(`The data folder ${from} is inside ${to}; choose another one.`)
  const found = statSync(to, { throwIfNoEntry: false })
  if (found === undefined) return to
  if (!found.isDirectory()) throw new MoveError(`${to} is a file; name a folder.`)
  checkMarks(from, to)
  // What a move from here left half done is put right by doing it again.
  if (readArrival(to) !== null) return to
  const names = readdirSync(to).filter((name) => !AS_GOOD_AS_EMPTY.has(name))
  if (names.length > 0)
    throw new MoveError(
      `${to} is not empty (${names.slice(0, 3).join(', ')}${names.length > 3 ? ', …' : ''}); choose an empty folder, or a new one in it.`,
    )
  return to
}

/** A place that data were moved from takes nobody else's: whoever names it would find the wrong ones. */
function checkMarks(from: string, to: string): void {
  const [arriving, departed] = [readArrival(to), readDeparture(to)]
  if (arriving !== null && realPlace(arriving) !== from)
    throw new MoveError(
      `${to} has what came of moving ${arriving}, which was cut off. Finish that first, or delete it.`,
    )
  if (departed !== null && realPlace(findMoved(to)) !== from)
    throw new MoveError(
      `${to} says that its data were moved to ${departed}. Choose another folder, or delete ${path.join(to, DEPARTURE)}.`,
    )
}

/** @throws MoveError when the disk has not so many bytes to spare. */
export function checkRoom(to: string, bytes: number): void {
  const { bavail, bsize } = statfsSync(nearestFolder(to))
  const [needed, free] = [bytes + SPARE_BYTES, bavail * bsize]
  if (free < needed)
    throw new MoveError(
      `The disk of ${to} is too full: moving needs ${megabytes(needed)}, ${megabytes(free)} are free.`,
    )
}

const megabytes = (bytes: number) => `${Math.ceil(bytes / 1_000_000)} MB`

const isInside = (inner: string, outer: string) => {
  const way = path.relative(outer, inner)
  return !(way === '..' || way.startsWith(`..${path.sep}`) || path.isAbsolute(way))
}

/** A path without links, as far as it exists. */
function realPlace(place: string): string {
  const absolute = path.resolve(place)
  const there = nearestFolder(absolute)
  return path.join(realpathSync.native(there), path.relative(there, absolute))
}

function nearestFolder(place: string): string {
  let folder = place
  while (!existsSync(folder) && path.dirname(folder) !== folder) folder = path.dirname(folder)
  return folder
}
