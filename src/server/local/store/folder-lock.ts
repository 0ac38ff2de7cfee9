import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { LOCK_FILE, OWNER_FILE } from './lock-files.ts'
import { MoveError } from './move/move-error.ts'
import { findMoved } from './move/move-marks.ts'

class FolderInUseError extends Error {
  constructor(folder: string, owner: string) {
    super(
      `The data folder ${folder} is in use by ${owner}. Stop that one first, or choose another folder with --data.`,
    )
    this.name = 'FolderInUseError'
  }
}

export interface FolderLock {
  release(): void
}

/**
 * Takes a data folder for this process, to work with what is in it.
 * @throws FolderInUseError naming the owner; MoveError when its data have been moved elsewhere meanwhile.
 */
export function lockFolder(folder: string): FolderLock {
  const lock = takeLock(folder)
  try {
    const now = findMoved(folder)
    if (now !== folder)
      throw new MoveError(`The data folder ${folder} has been moved; it is ${now} now. Start again.`)
    return lock
  } catch (error) {
    lock.release()
    throw error
  }
}

/**
 * Takes a folder for this process, whatever has become of its data. The lock is the operating system's, held
 * through an open SQLite transaction, so it ends with the process however that ends: nothing stale is left
 * behind.
 * @throws FolderInUseError naming the owner.
 */
export function takeLock(folder: string): FolderLock {
  const ownerFile = join(folder, OWNER_FILE)
  const db = new Database(join(folder, LOCK_FILE), { timeout: 0 })
  try {
    db.pragma('journal_mode = DELETE')
    db.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    db.close()
    if ((error as { code?: string }).code?.startsWith('SQLITE_BUSY'))
      throw new FolderInUseError(folder, describeOwner(ownerFile))
    throw error
  }
  writeFileSync(ownerFile, JSON.stringify({ pid: process.pid }))
  return {
    release() {
      if (db.open) db.close()
    },
  }
}

function describeOwner(ownerFile: string): string {
  try {
    const { pid } = JSON.parse(readFileSync(ownerFile, 'utf8')) as { pid: number }
    return `another Penstock (process ${pid})`
  } catch {
    return 'another Penstock'
  }
}
