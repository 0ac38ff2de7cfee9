import { join } from 'node:path'
import { BACKUP_NAME_PATTERN, type RestoreOutcome } from '../../../shared/domain/backup.ts'
import type { Clock } from '../../../shared/domain/clock.ts'
import { countOfTasks } from '../count-of-tasks.ts'
import { createStartNote } from '../start-note.ts'
import { runStoreJob } from '../store/run-store-job.ts'
import { backupsFolderIn } from './list-backups.ts'

/** Names the backup of a restore that was asked for while the database was in use. */
export const restoreNote = createStartNote('restore-at-start.json', 'backup', (name) =>
  BACKUP_NAME_PATTERN.test(name),
)

/**
 * Does what was asked for, before the broker opens the database. What cannot be restored leaves the
 * database as it was, and is not tried again. Null when nothing was asked for.
 * @throws FolderInUseError
 */
export async function restoreAsAsked(options: {
  readonly dataFolder: string
  readonly threadFile: string
  readonly clock: Clock
  /** Told, in words, that it is being done. */
  readonly onWait: (message: string) => void
}): Promise<RestoreOutcome | null> {
  const { dataFolder, threadFile, clock, onWait } = options
  const name = restoreNote.read(dataFolder)
  if (name === null) return null
  onWait(`The backup ${name} is being restored. The broker starts when that is done.`)
  const source = join(backupsFolderIn(dataFolder), name)
  const outcome = await runStoreJob({
    threadFile,
    folder: dataFolder,
    clock,
    job: { kind: 'restore', source },
  }).then(
    (result) => ({ kind: 'restored', name, ...result }) as const,
    (error: Error) => {
      if (error.name === 'FolderInUseError') throw error
      return { kind: 'failed', name, message: error.message } as const
    },
  )
  restoreNote.remove(dataFolder)
  return outcome
}

/** In words, for whoever started it. */
export function describeRestore(outcome: RestoreOutcome): string {
  if (outcome.kind === 'failed') return `The backup ${outcome.name} was not restored: ${outcome.message}`
  const kept = outcome.movedTo === null ? '' : ` What was there before is kept as ${outcome.movedTo}.`
  return `The backup ${outcome.name} was restored, with ${countOfTasks(outcome.tasks)}.${kept}`
}
