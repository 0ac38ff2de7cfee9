import type { BackUpResult } from './backup/back-up.ts'
import type { RestoreResult } from './backup/restore.ts'
import type { DatabaseMeasure } from './measure-database.ts'
import type { MoveResult } from './move/move-folder.ts'

/** What is done once with a whole database, in a thread of its own, beside everything else. */
export type StoreJob =
  | { readonly kind: 'backup'; readonly target: string; readonly overwrite: boolean }
  /** Takes the data folder for itself meanwhile. */
  | { readonly kind: 'restore'; readonly source: string }
  /** Takes both folders for itself meanwhile. */
  | { readonly kind: 'move'; readonly target: string }
  | { readonly kind: 'measure' }
  /** Opens no database. */
  | { readonly kind: 'sqlite-version' }

export interface StoreJobResults {
  readonly backup: BackUpResult
  readonly restore: RestoreResult
  readonly move: MoveResult
  readonly measure: DatabaseMeasure
  readonly 'sqlite-version': string
}

export type StoreJobMessage =
  | { readonly kind: 'progress'; readonly fraction: number }
  | { readonly kind: 'finished'; readonly result: StoreJobResults[StoreJob['kind']] }
  | { readonly kind: 'failed'; readonly name: string; readonly message: string }
