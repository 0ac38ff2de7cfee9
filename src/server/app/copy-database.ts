import { mkdir } from 'node:fs/promises'
import { systemClock } from '../clock.ts'
import { backUp, type BackUpResult } from '../local/store/backup/back-up.ts'
import { restore, type RestoreResult } from '../local/store/backup/restore.ts'
import { databaseIn } from '../local/store/database-files.ts'

/** Copies the database of a data folder to a file, whether a broker runs on it or not. @throws BackupError */
export function backUpFolder(options: {
  readonly dataFolder: string
  readonly target: string
  readonly overwrite: boolean
  readonly onProgress: (fraction: number) => void
  readonly signal: AbortSignal
}): Promise<BackUpResult> {
  return backUp({ ...options, file: databaseIn(options.dataFolder) })
}

/** Puts a backup in the place of the database of a data folder. @throws BackupError, FolderInUseError */
export async function restoreFolder(dataFolder: string, source: string): Promise<RestoreResult> {
  await mkdir(dataFolder, { recursive: true, mode: 0o700 })
  return restore({ source, folder: dataFolder, file: databaseIn(dataFolder), now: systemClock.now() })
}
