import { rmSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { BackupPort, BackupRun, RestoreOutcome } from '../../../shared/domain/backup.ts'
import type { Clock } from '../../../shared/domain/clock.ts'
import { BrokerError } from '../../../shared/domain/errors.ts'
import { BackupError, toBackupError } from '../store/backup/backup-error.ts'
import { lookAtBackup } from '../store/backup/look-at-backup.ts'
import { runStoreJob } from '../store/run-store-job.ts'
import { copyBackup } from './copy-backup.ts'
import { restoreNote } from './asked-restore.ts'
import { backupsFolderIn, listBackups, nextBackupName, removeStale } from './list-backups.ts'

export interface BackupsOptions {
  readonly dataFolder: string
  readonly threadFile: string
  readonly clock: Clock
  /** Of this start. */
  readonly restored: RestoreOutcome | null
  readonly onProblem: (message: string, error: unknown) => void
}

/** Also what no window may ask for by itself. */
export interface LocalBackups extends BackupPort {
  /**
   * Writes a copy of a backup to a file outside of the data folder, whole or not at all; what is there is
   * replaced, so whoever asks has asked before.
   * @param target absolute path, as a person chose it
   * @param signal ends it; nothing of it is left
   * @throws INVALID_REQUEST when there is no such backup; SERVICE_UNAVAILABLE when it cannot be written
   *   there.
   */
  copyTo(name: string, target: string, signal: AbortSignal): Promise<void>
}

/** Backups of the database of a data folder, in the folder `backups` of it. */
export function createBackups(options: BackupsOptions): LocalBackups {
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

  /** @throws INVALID_REQUEST */
  function find(name: string): string {
    if (listBackups(folder).some((backup) => backup.name === name)) return join(folder, name)
    throw refusal(`There is no backup '${name}' in ${folder}.`)
  }

  return {
    async overview() {
      const askedRestore = restoreNote.read(dataFolder)
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
      const file = find(name)
      try {
        lookAtBackup(file)
      } catch (error) {
        if (!(error instanceof BackupError)) throw error
        throw refusal(error.message)
      }
      restoreNote.write(dataFolder, name)
    },
    async withdrawRestore() {
      const wasAsked = restoreNote.read(dataFolder) !== null
      restoreNote.remove(dataFolder)
      return wasAsked
    },
    // Nothing is waited for between looking and deleting, so that nobody asks for its restore meanwhile.
    async remove(name) {
      const file = find(name)
      if (restoreNote.read(dataFolder) === name)
        throw refusal(`The next start restores ${name}. Withdraw that first; then it can be deleted.`)
      try {
        rmSync(file)
      } catch (error) {
        throw asUnavailable(toBackupError(error, `${name} was not deleted`))
      }
      if (run.kind === 'done' && run.name === name) run = { kind: 'none' }
    },
    async copyTo(name, target, signal) {
      const source = find(name)
      try {
        await copyBackup({ source, target, dataFolder, signal })
      } catch (error) {
        throw asUnavailable(error)
      }
    },
  }
}

const refusal = (message: string) => new BrokerError('INVALID_REQUEST', message, { path: 'name' })

/** What the system refused; the message says what to do. A bug stays one. */
function asUnavailable(error: unknown): unknown {
  return error instanceof BackupError
    ? new BrokerError('SERVICE_UNAVAILABLE', error.message, { component: 'disk' })
    : error
}
