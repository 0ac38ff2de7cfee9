import { type } from '@orpc/contract'
import * as z from 'zod'
import { BACKUP_NAME_PATTERN, type BackupOverview } from '../domain/backup.ts'
import { procedure } from './procedure.ts'

export const byBackupName = z.strictObject({ name: z.string().regex(BACKUP_NAME_PATTERN) })

/** What a window is told of backups, with what it may do about them. */
export interface BackupStatus extends BackupOverview {
  /** Why none can be made from here, as a sentence; null when one can. */
  readonly whyNone: string | null
  /** Why this window may not restore, delete, restart or open folders, as a sentence; null when it may. */
  readonly whyNotHere: string | null
  /** Whether Penstock can be started anew from the window. */
  readonly canRestart: boolean
}

/** Copies of the database, on the machine that the broker runs on. All but `get`, `start` and `stop` only from there. */
export const backupCalls = {
  get: procedure.output(type<BackupStatus>()),
  /** Begins one; how far it is, `get` says. While one is being made, that one goes on. */
  start: procedure.output(type<void>()),
  stop: procedure.output(type<void>()),
  /** At the next start. */
  askRestore: procedure.input(byBackupName).output(type<void>()),
  /** Answers whether one was asked for. */
  withdrawRestore: procedure.output(type<boolean>()),
  /** For good; not while it is to be restored. */
  remove: procedure.input(byBackupName).output(type<void>()),
  /** Stops in order and starts again; only where `canRestart`. */
  restart: procedure.output(type<void>()),
  openFolder: procedure.output(type<void>()),
}
