import type { EpochMs } from '../../../shared/domain/clock.ts'
import type { TaskLease } from '../../../shared/domain/worker-port.ts'

/** A lease an external worker holds. Deadlines are by the monotonic clock of this run. */
export interface BookedLease extends TaskLease {
  readonly workerId: string
  readonly name: string
  readonly queue: string
  /** Since when it runs, for people: when it started, before that when it was leased. */
  since: EpochMs
  leaseMs: number
  /** When the lease runs out. */
  expiresAt: number
  /** When the attempt has had its time. */
  limitAt: number
  readonly timeoutMs: number
  /** Answers about it that are on their way to the store: it does not run out under them. */
  answering: number
}

export interface NewLease extends TaskLease {
  readonly workerId: string
  readonly name: string
  readonly queue: string
  readonly since: EpochMs
  readonly leaseMs: number
  readonly timeoutMs: number
}

/**
 * When leases run out. The store fences what is said under a lease; this tells whether it is too late
 * to say it. In memory, by a clock that does not jump: a restart gives every lease its full length anew.
 */
export interface LeaseBook {
  /** @param now by the monotonic clock, as everywhere here. */
  add(lease: NewLease, now: number): void
  /** The lease, if this worker holds it under this token and it has not run out. */
  find(workerId: string, lease: TaskLease, now: number): BookedLease | null
  renew(lease: BookedLease, leaseMs: number, now: number): void
  start(lease: BookedLease, since: EpochMs, now: number): void
  /** It is not held any more; another lease of the same task stays. */
  remove(lease: TaskLease & { readonly workerId: string }): void
  /** Oldest first. */
  heldBy(workerId: string): readonly BookedLease[]
  /** Leases whose time is up, at most `limit`. */
  expired(now: number, limit: number): readonly BookedLease[]
  /** Attempts that have had their time under a lease that holds, at most `limit`. */
  overtime(now: number, limit: number): readonly BookedLease[]
}

export function createLeaseBook(): LeaseBook {
  const workers = new Map<string, Map<string, BookedLease>>()

  function* all(): Generator<BookedLease> {
    for (const leases of workers.values()) yield* leases.values()
  }

  function pick(limit: number, isPicked: (lease: BookedLease) => boolean): readonly BookedLease[] {
    const picked: BookedLease[] = []
    for (const lease of all()) {
      if (picked.length >= limit) break
      if (lease.answering === 0 && isPicked(lease)) picked.push(lease)
    }
    return picked
  }

  return {
    add(lease, now) {
      let leases = workers.get(lease.workerId)
      if (leases === undefined) workers.set(lease.workerId, (leases = new Map()))
      const { leaseMs, timeoutMs } = lease
      leases.set(lease.taskId, { ...lease, expiresAt: now + leaseMs, limitAt: now + timeoutMs, answering: 0 })
    },
    find(workerId, { taskId, leaseToken }, now) {
      const lease = workers.get(workerId)?.get(taskId)
      return lease !== undefined && lease.leaseToken === leaseToken && lease.expiresAt > now ? lease : null
    },
    renew(lease, leaseMs, now) {
      lease.leaseMs = leaseMs
      lease.expiresAt = now + leaseMs
    },
    start(lease, since, now) {
      lease.since = since
      lease.limitAt = now + lease.timeoutMs
    },
    remove({ workerId, taskId, leaseToken }) {
      const leases = workers.get(workerId)
      if (leases?.get(taskId)?.leaseToken !== leaseToken) return
      leases.delete(taskId)
      if (leases.size === 0) workers.delete(workerId)
    },
    heldBy: (workerId) => [...(workers.get(workerId)?.values() ?? [])],
    expired: (now, limit) => pick(limit, ({ expiresAt }) => expiresAt <= now),
    overtime: (now, limit) => pick(limit, ({ expiresAt, limitAt }) => limitAt <= now && expiresAt > now),
  }
}
