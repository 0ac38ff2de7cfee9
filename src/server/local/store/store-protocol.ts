import type { EpochMs } from '../../../shared/domain/clock.ts'
import type { OpenedDatabase } from './open-or-set-aside.ts'
import type { QueryName } from './reader.ts'
import type { StoreJob } from './store-job-protocol.ts'
import type { Command, CommandReply, Committed, Writer } from './writer.ts'

/** What crosses the border of the store threads. Everything here survives a structured clone. */

export interface StoreThreadData {
  /** `check` reads all of the database once, tells what it found, and ends; so does `job` with its job. */
  readonly mode: 'write' | 'read' | 'check' | 'job'
  readonly folder: string
  readonly file: string
  readonly startedAt: EpochMs
  readonly job?: StoreJob
}

export type NumbersName = keyof Writer['numbers']

export type WriterRequest =
  | { readonly kind: 'command'; readonly requestId: number; readonly now: EpochMs; readonly command: Command }
  /** Asks the kept numbers, which live in the writer's memory. Sees every commit before it. */
  | {
      readonly kind: 'numbers'
      readonly requestId: number
      readonly name: NumbersName
      readonly params: unknown
    }
  /** A damaged database keeps what is in its log where it is, for whoever recovers it. */
  | { readonly kind: 'close'; readonly isDamaged: boolean }

export interface ReaderRequest {
  readonly requestId: number
  readonly name: QueryName
  readonly params: unknown
}

export interface Reply {
  readonly requestId: number
  readonly reply: CommandReply
}

export type StoreMessage =
  /** What opening found; null from threads that only read. */
  | { readonly kind: 'opened'; readonly database: OpenedDatabase | null }
  /** The whole database was read; null when nothing is wrong with it. */
  | { readonly kind: 'checked'; readonly damage: string | null }
  /** SQLite met bytes that cannot be right. From now on nothing is written. */
  | { readonly kind: 'damaged'; readonly reason: string }
  /** Could not open: told with the error's name, so that its kind survives the border. */
  | { readonly kind: 'failed'; readonly name: string; readonly message: string }
  | ({ readonly kind: 'committed'; readonly replies: readonly Reply[] } & Omit<Committed, 'replies'>)
  | { readonly kind: 'replies'; readonly replies: readonly Reply[] }
  /** The disk failed: nothing of these requests happened. */
  | { readonly kind: 'unavailable'; readonly requestIds: readonly number[]; readonly reason: string }
