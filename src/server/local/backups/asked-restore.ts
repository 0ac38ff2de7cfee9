import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { BACKUP_NAME_PATTERN, type RestoreOutcome } from '../../../shared/domain/backup.ts'
import type { Clock } from '../../../shared/domain/clock.ts'
import { countOfTasks } from '../count-of-tasks.ts'
import { runStoreJob } from '../store/run-store-job.ts'
import { backupsFolderIn } from './list-backups.ts'

/** A restore that was asked for while the database was in use: a note for the next start. */
const noteIn = (dataFolder: string) => join(dataFolder, 'restore-at-start.json')

export function noteRestore(dataFolder: string, name: string): void {
  writeFileSync(noteIn(dataFolder), JSON.stringify({ backup: name }), { flush: true })
}

/** The name of the backup; null when none is asked for, or the note cannot be read. */
export function readRestoreNote(dataFolder: string): string | null {
  try {
    const { backup } = JSON.parse(readFileSync(noteIn(dataFolder), 'utf8')) as { backup?: unknown }
    return typeof backup === 'string' && BACKUP_NAME_PATTERN.test(backup) ? backup : null
  } catch {
    // Written by hand, or half: nothing is restored that nobody can name.
    return null
  }
}

export function removeRestoreNote(dataFolder: string): void {
  rmSync(noteIn(dataFolder), { force: true })
}

/**
 * Does what was asked for, before the broker opens the database. What cannot be restored leaves the
 * database as it was, and is not tried again. Null when nothing was asked for.
 * @throws FolderInUseError
 */
export async function restoreAsAsked(options: {
  readonly dataFolder: string
  readonly threadFile: string
  readonly clock: Clock
}): Promise<RestoreOutcome | null> {
  const { dataFolder, threadFile, clock } = options
  const name = readRestoreNote(dataFolder)
  if (name === null) return null
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
  removeRestoreNote(dataFolder)
  return outcome
}

/** In words, for whoever started it. */
export function describeRestore(outcome: RestoreOutcome): string {
  if (outcome.kind === 'failed') return `The backup ${outcome.name} was not restored: ${outcome.message}`
  const kept = outcome.movedTo === null ? '' : ` What was there before is kept as ${outcome.movedTo}.`
  return `The backup ${outcome.name} was restored, with ${countOfTasks(outcome.tasks)}.${kept}`
}
