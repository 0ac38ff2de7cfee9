import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { BackupPort, BackupRun, RestoreOutcome } from '../../../shared/domain/backup.ts'
import type { Clock } from '../../../shared/domain/clock.ts'
import { BrokerError } from '../../../shared/domain/errors.ts'
import { BackupError } from '../store/backup/backup-error.ts'
import { lookAtBackup } from '../store/backup/look-at-backup.ts'
import { runStoreJob } from '../store/run-store-job.ts'
import { noteRestore, readRestoreNote, removeRestoreNote } from './asked-restore.ts'
import { backupsFolderIn, listBackups, nextBackupName, removeStale } from './list-backups.ts'

export interface BackupsOptions {
  readonly dataFolder: string
  readonly threadFile: string
  readonly clock: Clock
  /** Of this start. */
  readonly restored: RestoreOutcome | null
  readonly onProblem: (message: string, error: unknown) => void
}

/** Backups of the database of a data folder, in the folder `backups` of it. */
export function createBackups(options: BackupsOptions): BackupPort {
  const { dataFolder, threadFile, clock, restored, onProblem } = options
  const folder = backupsFolderIn(dataFolder)
  let run: BackupRun = { kind: 'none' }
  let making: { readonly done: Promise<void>; readonly stop: AbortController } | null = null

  async function make(signal: AbortSignal): Promise<BackupRun> {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    removeStale(folder, clock.now())
    const name = nextBackupName(folder, clock.now())
    const { bytes, tasks } = await runStoreJob({
      threadFile,
      folder: dataFolder,
      clock,
      job: { kind: 'backup', target: join(folder, name), overwrite: false },
      onProgress(fraction) {
        run = { kind: 'running', fraction }
      },
      signal,
    })
    return { kind: 'done', name, bytes, tasks }
  }

  return {
    async overview() {
      const askedRestore = readRestoreNote(dataFolder)
      return { folder, backups: listBackups(folder), run, askedRestore, restored }
    },
    async start() {
      if (making !== null) return
      run = { kind: 'running', fraction: 0 }
      const stop = new AbortController()
      const done = make(stop.signal)
        .catch((error: Error): BackupRun => {
          if (!stop.signal.aborted) onProblem('A backup was not made', error)
          return { kind: 'failed', message: error.message }
        })
        .then((end) => {
          run = end
          making = null
        })
      making = { done, stop }
    },
    async stop() {
      making?.stop.abort()
      await making?.done
    },
    async askRestore(name) {
      if (!listBackups(folder).some((backup) => backup.name === name))
        throw new BrokerError('INVALID_REQUEST', `There is no backup '${name}' in ${folder}.`, {
          path: 'name',
        })
      try {
        lookAtBackup(join(folder, name))
      } catch (error) {
        if (!(error instanceof BackupError)) throw error
        throw new BrokerError('INVALID_REQUEST', error.message, { path: 'name' })
      }
      noteRestore(dataFolder, name)
    },
    async withdrawRestore() {
      const wasAsked = readRestoreNote(dataFolder) !== null
      removeRestoreNote(dataFolder)
      return wasAsked
    },
  }
}
