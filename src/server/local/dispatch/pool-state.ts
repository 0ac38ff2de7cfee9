import type { EpochMs } from '../../../shared/domain/clock.ts'
import type { AttemptEnded, Lease } from '../store/commands/settle.ts'
import { INACTIVE_STATUS } from '../../../shared/domain/worker.ts'
import { createPrefetch, type Prefetch } from './prefetch.ts'

/** One local worker: its share of the executor's threads, and what it has in hand. */
export interface PoolState {
  readonly id: string
  readonly name: string
  /** What it takes from; null is every queue. */
  readonly queues: readonly string[] | null
  readonly startedAt: EpochMs
  threads: number
  /** What somebody last said of it; `inactive` claims nothing. */
  declaredStatus: string
  isPaused: boolean
  isDraining: boolean
  /** To be gone once it is empty. */
  isLeaving: boolean
  /** It drains or leaves, and has nothing in hand any more. */
  isEmpty: boolean
  updatedAt: EpochMs
  /** Claims ordered from the store that have not come yet. */
  ordered: number
  /** Tasks claimed and not ended. */
  held: number
  readonly prefetch: Prefetch
  succeeded: number
  failed: number
  runMs: number
}

/** A claimed task, whose it is, and how far it is. */
export interface LiveAttempt {
  readonly lease: Lease
  readonly isSuspect: boolean
  readonly pool: PoolState
  /** When a thread got it together with others; null when it did not, or was taken back. */
  handedAt: EpochMs | null
  /** When it started, as far as that was told. */
  startedAt: EpochMs | null
}

export function createPoolState(options: {
  readonly id: string
  readonly name: string
  readonly queues: readonly string[] | null
  readonly threads: number
  readonly now: EpochMs
}): PoolState {
  const { id, name, queues, threads, now } = options
  return {
    id,
    name,
    queues,
    startedAt: now,
    threads,
    declaredStatus: 'active',
    isPaused: false,
    isDraining: false,
    isLeaving: false,
    isEmpty: false,
    updatedAt: now,
    ordered: 0,
    held: 0,
    prefetch: createPrefetch(threads),
    succeeded: 0,
    failed: 0,
    runMs: 0,
  }
}

export const wantsTasks = ({ isPaused, isDraining, isLeaving, declaredStatus }: PoolState): boolean =>
  !isPaused && !isDraining && !isLeaving && declaredStatus !== INACTIVE_STATUS

/** Counts of a worker: since it started, attempts that ended well or badly of themselves. */
export function countEnd(pool: PoolState, { startedAt, at, end }: AttemptEnded): void {
  if (startedAt === null) return
  if (end.kind === 'succeeded') pool.succeeded += 1
  else if (end.kind === 'failed' || end.kind === 'timed_out') pool.failed += 1
  else return
  pool.runMs += at - startedAt
}

/** Since when an attempt may have been running in the executor; null when it cannot have been. */
export const insideSince = ({ startedAt, handedAt }: LiveAttempt): EpochMs | null => startedAt ?? handedAt
