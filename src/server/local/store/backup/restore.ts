import { copyFileSync, existsSync, realpathSync, rmSync, statfsSync } from 'node:fs'
import type { EpochMs } from '../../../../shared/domain/clock.ts'
import { closeCopy } from '../close-copy.ts'
import { isDamage } from '../damage.ts'
import { syncFile } from '../durable-files.ts'
import { lockFolder } from '../folder-lock.ts'
import { finishSettingAside } from '../set-aside.ts'
import { BackupError, toBackupError } from './backup-error.ts'
import { lookAtBackup } from './look-at-backup.ts'
import { finishReplacing, incomingOf, replaceDatabase } from './replace-database.ts'

export interface RestoreOptions {
  /** The backup; it is only read. */
  readonly source: string
  /** The data folder, which nobody may have open, and the database in it. */
  readonly folder: string
  readonly file: string
  readonly now: EpochMs
}

export interface RestoreResult {
  readonly tasks: number
  /** Where the database that was there lies now; null when there was none. */
  readonly movedTo: string | null
}

/**
 * Puts a backup in the place of the database. It is copied into the data folder and checked as a whole
 * before anything else is touched; the database that was there is moved aside, unchanged. Tasks that ran
 * when the backup was made go back at the next start, as after a crash.
 * @throws BackupError, FolderInUseError; the database is then as it was.
 */
export async function restore({ source, folder, file, now }: RestoreOptions): Promise<RestoreResult> {
  const { bytes } = lookAtBackup(source)
  if (existsSync(file) && realpathSync(source) === realpathSync(file))
    throw new BackupError(`${source} is the database itself; there is nothing to restore.`)
  const lock = lockFolder(folder)
  const incoming = incomingOf(file)
  try {
    finishReplacing(file)
    finishSettingAside(file)
    removeAll(incoming)
    checkRoom(folder, bytes)
    const tasks = await copyAndCheck(source, incoming).catch((error: unknown) => {
      removeAll(incoming)
      throw isDamage(error) ? damaged(source, (error as Error).message) : error
    })
    // From here on a failure, too, is finished by the next start: the copy is not touched any more.
    const movedTo = replaceDatabase(file, now)
    return { tasks, movedTo }
  } catch (error) {
    throw toBackupError(error, `${source} was not restored`)
  } finally {
    lock.release()
  }
}

const damaged = (source: string, reason: string) =>
  new BackupError(`${source} is damaged (${reason}) and was not restored. Choose another backup.`)

function removeAll(incoming: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(incoming + suffix, { force: true })
}

function checkRoom(folder: string, bytes: number): void {
  const { bavail, bsize } = statfsSync(folder)
  if (bavail * bsize < bytes)
    throw new BackupError(
      `The disk of ${folder} is too full: restoring needs ${Math.ceil(bytes / 1_000_000)} MB, since the present database is kept.`,
    )
}

/** @returns how many tasks it has. */
async function copyAndCheck(source: string, incoming: string): Promise<number> {
  copyFileSync(source, incoming)
  // A copy that somebody made of a database in use may have its last commits in the log beside it.
  if (existsSync(`${source}-wal`)) copyFileSync(`${source}-wal`, `${incoming}-wal`)
  const closed = await closeCopy(incoming)
  if (closed.problem !== null) throw damaged(source, closed.problem)
  syncFile(incoming)
  return closed.tasks
}
