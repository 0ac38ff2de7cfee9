import type { AttemptEnd } from '../../../shared/domain/attempt-end.ts'
import type { Clock } from '../../../shared/domain/clock.ts'
import type { TaskError } from '../../../shared/domain/task.ts'
import { WORKER_SILENCE_MS } from '../../../shared/domain/worker-port.ts'
import type { Store } from '../store/store-client.ts'
import type { ExternalWorkers, KnownWorker } from './external-workers.ts'
import type { BookedLease, LeaseBook } from './lease-book.ts'

/** How often it is looked: what runs out is given back within this, well inside a second. */
export const RESCUE_INTERVAL_MS = 250
/** Most leases taken in one transaction. */
const SLICE = 500
/** A worker that has been offline for this long is forgotten. */
const FORGET_AFTER_MS = 7 * 24 * 3_600_000
export const FORGET_INTERVAL_MS = 3_600_000

export interface RescueDependencies {
  readonly store: Store
  readonly clock: Clock
  readonly workers: ExternalWorkers
  readonly book: LeaseBook
}

const lost = (type: string, message: string): TaskError => ({ type, message, traceback: null, cause: null })

/**
 * Gives back what external workers hold no longer: leases that ran out, attempts past their limit,
 * everything of a worker that fell silent. Safe to run twice: the store fences every lease.
 */
export async function rescueLeases(dependencies: RescueDependencies): Promise<void> {
  const { clock, workers, book } = dependencies
  const nameOf = ({ workerId }: BookedLease) => workers.all.get(workerId)?.row.hostname ?? workerId

  await takeAll(
    dependencies,
    () => book.expired(clock.monotonic(), SLICE),
    (lease) => ({
      kind: 'lost',
      blame: 'innocent',
      error: lost(
        'LeaseExpiredError',
        `The worker ${nameOf(lease)} did not renew its lease of ${inSeconds(lease.leaseMs)} in time.`,
      ),
    }),
  )
  await takeAll(
    dependencies,
    () => book.overtime(clock.monotonic(), SLICE),
    (lease) => ({
      kind: 'timed_out',
      error: lost(
        'TimeoutError',
        `The attempt ran past its limit of ${inSeconds(lease.timeoutMs)} and was taken from its worker.`,
      ),
    }),
  )
  for (const known of Array.from(workers.all.values())) await loseIfSilent(dependencies, known)
}

async function takeAll(
  { store, clock, workers, book }: RescueDependencies,
  pick: () => readonly BookedLease[],
  endOf: (lease: BookedLease) => AttemptEnd,
): Promise<void> {
  for (let leases = pick(); leases.length > 0; leases = pick()) {
    const ends = leases.map((lease) => {
      const { workerId, taskId, leaseToken } = lease
      return { workerId, taskId, leaseToken, end: endOf(lease) }
    })
    const rows = await store.run('takeLeases', { ends, now: clock.now() })
    for (const lease of leases) book.remove(lease)
    for (const row of rows) workers.keep(row)
  }
}

async function loseIfSilent(
  { store, clock, workers, book }: RescueDependencies,
  { row: { id, hostname, is_offline: isOffline }, seenAt }: KnownWorker,
): Promise<void> {
  if (isOffline === 1 || clock.monotonic() - seenAt < WORKER_SILENCE_MS) return
  const silence = inSeconds(WORKER_SILENCE_MS)
  const held = book.heldBy(id)
  const row = await store.run('loseWorker', {
    id,
    reason: `not heard of for ${silence}`,
    error: lost('WorkerLostError', `The worker ${hostname} was not heard of for ${silence}.`),
    now: clock.now(),
  })
  for (const lease of held) book.remove(lease)
  workers.keep(row)
}

/** Forgets workers that nobody has heard of for a week. */
export async function forgetWorkers({ store, clock, workers }: RescueDependencies): Promise<void> {
  for (;;) {
    const ids = await store.run('forgetWorkers', { before: clock.now() - FORGET_AFTER_MS, limit: SLICE })
    for (const id of ids) workers.forget(id)
    if (ids.length < SLICE) return
  }
}

const inSeconds = (ms: number) => (ms < 1000 ? `${ms} ms` : `${ms / 1000} s`)
