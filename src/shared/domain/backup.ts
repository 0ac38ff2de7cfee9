import type { EpochMs } from './clock.ts'

/** A file in the backups folder. */
export interface Backup {
  /** Of the file, as `penstock-2026-11-21T08-15-00Z.db`. */
  readonly name: string
  readonly bytes: number
  /** When it was finished. */
  readonly at: EpochMs
}

/** The backup that is being made, or was made last since the start. */
export type BackupRun =
  | { readonly kind: 'none' }
  /** `fraction` is 0 to 1. */
  | { readonly kind: 'running'; readonly fraction: number }
  | { readonly kind: 'done'; readonly name: string; readonly bytes: number; readonly tasks: number }
  | { readonly kind: 'failed'; readonly message: string }

/** What came of a restore that was asked for, at this start. */
export type RestoreOutcome =
  | {
      readonly kind: 'restored'
      readonly name: string
      readonly tasks: number
      /** Where the database that was there before lies now; null when there was none. */
      readonly movedTo: string | null
    }
  | { readonly kind: 'failed'; readonly name: string; readonly message: string }

export interface BackupOverview {
  readonly folder: string
  /** Newest first, at most {@link MAX_LISTED_BACKUPS}. */
  readonly backups: readonly Backup[]
  readonly run: BackupRun
  /** Name of the backup that takes the place of the database at the next start; null for none. */
  readonly askedRestore: string | null
  readonly restored: RestoreOutcome | null
}

export const MAX_LISTED_BACKUPS = 100

/** Name of a backup: a plain file of the backups folder, which nothing hides and nothing leads out of. */
export const BACKUP_NAME_PATTERN = /^[A-Za-z0-9_][A-Za-z0-9_. +()-]{0,150}\.db$/

/** Copies of the database of this broker, on the machine it runs on. No matter of a `Broker`: it knows no files. */
export interface BackupPort {
  overview(): Promise<BackupOverview>
  /** Begins a backup beside all other work; while one is being made, that one goes on. */
  start(): Promise<void>
  /** Ends the one that is being made, if any; nothing of it is left. */
  stop(): Promise<void>
  /**
   * Has the next start put a backup in the place of the database, which is kept under another name.
   * @throws INVALID_REQUEST when there is no such backup, or it cannot be restored.
   */
  askRestore(name: string): Promise<void>
  /** Whether there was anything to withdraw. */
  withdrawRestore(): Promise<boolean>
  /**
   * Deletes a backup for good.
   * @throws INVALID_REQUEST when there is no such backup, or the next start is to restore it;
   *   SERVICE_UNAVAILABLE when the system does not delete it.
   */
  remove(name: string): Promise<void>
}
