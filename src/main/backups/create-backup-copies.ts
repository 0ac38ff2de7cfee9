import { dialog, type BrowserWindow } from 'electron'
import type { SavedCopy } from '../../shared/contract/desktop-contract.ts'
import type { App } from '../../server/app/start-app.ts'
import { isBrokerError } from '../../shared/domain/errors.ts'

export interface BackupCopiesOptions {
  /** Of the broker that runs; null without one. */
  backups(): Promise<App['backups'] | null>
  /** Above which the system asks; null while none is open. */
  window(): BrowserWindow | null
}

export interface BackupCopies {
  /** Asks where to, and writes the copy there. One at a time, so that no page covers the screen with questions. */
  save(name: string): Promise<SavedCopy>
  /** For good: ends what is being written, of which nothing is left. */
  stop(): Promise<void>
}

/** Copies of backups at places that people choose, in the dialog of the system. */
export function createBackupCopies({ backups, window }: BackupCopiesOptions): BackupCopies {
  const stopping = new AbortController()
  let isSaving = false
  let writing: Promise<void> | null = null

  async function askAndCopy(name: string): Promise<SavedCopy> {
    const port = await backups()
    const parent = window()
    if (port === null || parent === null) return failed('There is no broker here that could have backups.')
    const { backups: known } = await port.overview()
    if (!known.some((backup) => backup.name === name)) return failed(`There is no backup '${name}' any more.`)
    const { canceled, filePath } = await dialog.showSaveDialog(parent, {
      title: 'Save a copy of the backup',
      defaultPath: name,
      filters: [{ name: 'Backup of Penstock', extensions: ['db'] }],
      properties: ['createDirectory', 'showOverwriteConfirmation'],
    })
    if (canceled || filePath === '') return { kind: 'cancelled' }
    writing = port.copyTo(name, filePath, stopping.signal)
    await writing
    return { kind: 'saved', file: filePath }
  }

  return {
    async save(name) {
      if (isSaving) return failed('Another copy is being saved; wait until it is done.')
      isSaving = true
      try {
        return await askAndCopy(name)
      } catch (error) {
        if (isBrokerError(error)) return failed(error.message)
        throw error
      } finally {
        isSaving = false
      }
    },
    async stop() {
      stopping.abort()
      // Not for an answer to the question: nobody may be there to give it.
      await writing?.catch(() => undefined)
    },
  }
}

const failed = (message: string): SavedCopy => ({ kind: 'failed', message })
