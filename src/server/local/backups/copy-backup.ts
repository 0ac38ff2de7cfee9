import { randomBytes } from 'node:crypto'
import { createReadStream, createWriteStream, realpathSync } from 'node:fs'
import { rm, stat, statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { pathInside } from '../path-inside.ts'
import { BackupError, toBackupError } from '../store/backup/backup-error.ts'
import { inMegabytes, SPARE_BYTES } from '../store/disk-room.ts'
import { putInPlace } from '../store/durable-files.ts'

export interface CopyBackupOptions {
  readonly source: string
  /** Absolute path of the copy; what is there is replaced. */
  readonly target: string
  /** Nothing is written in it. */
  readonly dataFolder: string
  readonly signal: AbortSignal
}

/**
 * Copies a finished backup to another place. The copy gets its name when it is whole and on disk; until then
 * it is `.penstock-<random>.unfinished` beside it, so that no crash leaves half a file under that name.
 * @throws BackupError, and nothing is left behind then.
 */
export async function copyBackup({ source, target, dataFolder, signal }: CopyBackupOptions): Promise<void> {
  const folder = dirname(target)
  const unfinished = join(folder, `.penstock-${randomBytes(4).toString('hex')}.unfinished`)
  try {
    await checkPlace(target, dataFolder)
    await checkRoom(folder, (await stat(source)).size)
    // Inputs and results are nobody else's business on this machine.
    const written = createWriteStream(unfinished, { flags: 'wx', mode: 0o600, flush: true })
    await pipeline(createReadStream(source), written, { signal })
    putInPlace(unfinished, target, { overwrite: true })
  } catch (error) {
    if (signal.aborted) throw new BackupError('The copy was stopped; nothing of it is left.')
    throw toBackupError(error, `The copy ${target} was not made`)
  } finally {
    // Where nothing may be written, nothing is to be removed.
    await rm(unfinished, { force: true, maxRetries: 5 }).catch(() => undefined)
  }
}

async function checkPlace(target: string, dataFolder: string): Promise<void> {
  // What is inside is Penstock's own; a copy would take the place of a database, or be lost with it.
  if (pathInside(realpathSync.native(dataFolder), realpathSync.native(dirname(target))) !== null)
    throw new BackupError(`${target} is inside of the data folder; choose a place outside of it.`)
  const found = await stat(target).catch(() => null)
  if (found?.isDirectory() === true)
    throw new BackupError(`${target} is a folder; name the file that is to be written in it.`)
}

async function checkRoom(folder: string, bytes: number): Promise<void> {
  const { blocks, bavail, bsize } = await statfs(folder)
  const needed = bytes + SPARE_BYTES
  // Some disks in a network do not tell.
  if (blocks > 0 && bavail * bsize < needed)
    throw new BackupError(
      `The disk of ${folder} is too full: the copy needs ${inMegabytes(needed)}. Make room, or choose another one.`,
    )
}
