import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs'
import path from 'node:path'
import { pathInside } from '../../path-inside.ts'
import { describeLackOfRoom } from '../disk-room.ts'
import { LOCK_FILES } from '../lock-files.ts'
import { MoveError } from './move-error.ts'
import { ARRIVAL, DEPARTURE, findMoved, readArrival, readDeparture } from './move-marks.ts'

/** What systems put into folders and disks; nobody's data. */
export const SYSTEM_NAMES = ['.DS_Store', 'desktop.ini', 'Thumbs.db', 'lost+found']
const AS_GOOD_AS_EMPTY = new Set([...SYSTEM_NAMES, ...LOCK_FILES, ARRIVAL, DEPARTURE])

/**
 * Looks whether a data folder may be moved to another place, and changes nothing.
 * @param from the folder, as the file system names it.
 * @returns the other one, as the file system names it or will.
 * @throws MoveError
 */
export function checkTarget(from: string, target: string): string {
  const to = realPlace(target)
  if (to === from) throw new MoveError(`The data folder is ${from} already.`)
  if (pathInside(from, to) !== null)
    throw new MoveError(`${to} is inside the data folder ${from}; choose one outside of it.`)
  if (pathInside(to, from) !== null)
    throw new MoveError(`The data folder ${from} is inside ${to}; choose another one.`)
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
  const lack = describeLackOfRoom(nearestFolder(to), bytes, 'moving')
  if (lack !== null) throw new MoveError(`The disk of ${to} is too full: ${lack}`)
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
