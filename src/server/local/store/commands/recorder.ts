import type { EpochMs } from '../../../../shared/domain/clock.ts'
import type { TaskState } from '../../../../shared/domain/state.ts'
import type { NewEvent } from '../event-log.ts'
import type { LedgerEntry, Tally } from '../ledger.ts'
import type { WritableDatabase } from '../open-database.ts'

/** What a task must tell for its changes to be counted. */
export interface CountedTask {
  readonly queue: string
  readonly name: string
}

/** Collects what a command did, so that a command that fails leaves no trace in the numbers either. */
export interface Recorder {
  readonly events: NewEvent[]
  readonly entries: LedgerEntry[]
  event(event: NewEvent): void
  /** A task moved between states; null is "did not exist" or "is gone". */
  moved(task: CountedTask, from: TaskState | null, to: TaskState | null): void
  tally(task: CountedTask, tally: Tally, at: EpochMs, count?: number): void
  started(task: CountedTask, waitMs: number, at: EpochMs): void
  ended(task: CountedTask, runMs: number, at: EpochMs): void
  deadLetters(queue: string, count: number): void
  /** How many tasks of a queue are pending, and how long the oldest of them has been. */
  waiting(queue: string, depth: number, oldestMs: number, at: EpochMs): void
}

export function createRecorder(): Recorder {
  const events: NewEvent[] = []
  const entries: LedgerEntry[] = []
  return {
    events,
    entries,
    event: (event) => void events.push(event),
    moved: ({ queue, name }, from, to) => void entries.push({ kind: 'move', queue, name, from, to }),
    tally: ({ queue, name }, tally, at, count = 1) =>
      void entries.push({ kind: 'tally', queue, name, tally, count, at }),
    started: ({ queue, name }, waitMs, at) =>
      void entries.push({ kind: 'started', queue, name, waitMs: Math.max(0, waitMs), at }),
    ended: ({ queue, name }, runMs, at) =>
      void entries.push({ kind: 'ended', queue, name, runMs: Math.max(0, runMs), at }),
    deadLetters: (queue, count) => void entries.push({ kind: 'dead', queue, count }),
    waiting: (queue, depth, oldestMs, at) =>
      void entries.push({ kind: 'waiting', queue, depth, oldestMs: Math.max(0, oldestMs), at }),
  }
}

/** What every command needs: the database, and where to tell what it did. */
export interface RecordingContext {
  readonly db: WritableDatabase
  readonly record: Recorder
}
