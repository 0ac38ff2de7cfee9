import type { EpochMs } from '../../../shared/domain/clock.ts'
import type { ClaimedTask, prepareClaim } from './commands/claim.ts'
import type { ClaimThrottle } from './claim-brake.ts'
import { createClaimBrake } from './claim-brake.ts'
import type { QueueRoom, QueueRooms } from './queue-rooms.ts'

/** A standing order of a local worker: claim up to `credits` tasks as soon as there are any. */
export interface ClaimOrder {
  readonly workerId: string
  /** Added to what is left of earlier orders of this worker. */
  readonly credits: number
  readonly names: readonly string[]
  /** Null is every queue. */
  readonly queues: readonly string[] | null
  readonly now: EpochMs
}

/** One lease of an external worker: what is there now, once. */
export interface LeaseAsk {
  readonly workerId: string
  readonly limit: number
  readonly leaseMs: number
  /** Tasks it may hold at once. */
  readonly concurrency: number
  readonly names: readonly string[] | null
  readonly queues: readonly string[] | null
  /** Where the claimed tasks go. */
  readonly into: ClaimedTask[]
}

/** What one worker got in one transaction. */
export interface WorkerClaims {
  readonly workerId: string
  readonly tasks: readonly ClaimedTask[]
}

interface Standing {
  credits: number
  names: readonly string[]
  queues: readonly string[] | null
}

export interface ClaimOrders {
  add(order: ClaimOrder): void
  /** Takes the credits back; the worker still counts as one that could run a suspect. */
  withdraw(workerId: string): void
  /** The worker claims nothing until its next order. */
  close(workerId: string): void
  ask(ask: LeaseAsk): void
  /** Slows all claims but those of suspects; null lets go. */
  throttle(throttle: ClaimThrottle | null): void
  /** Serves leases, then standing orders. Runs once a transaction, when the ledger is up to date. */
  serve(now: EpochMs): readonly WorkerClaims[]
  /** The oldest suspect that this worker may run, if any. */
  claimSuspect(workerId: string, now: EpochMs): readonly ClaimedTask[]
  /** Suspects that somebody could run now. One in a paused queue, or of a gone handler, is none. */
  countSuspects(now: EpochMs): number
  /** When a rate limit that held up an order in the last transaction lets the next task through. */
  readonly nextRoomAt: EpochMs | null
  /** For a transaction that may be rolled back: restores orders as they are now. */
  keep(): () => void
}

/**
 * What is claimed for whom. Orders live in memory: they are the wishes of workers of this run.
 *
 * @param applyRecord brings the ledger up to date, so that limits of queues hold from order to order.
 */
export function createClaimOrders(dependencies: {
  readonly claims: ReturnType<typeof prepareClaim>
  readonly rooms: QueueRooms
  readonly newLeaseToken: () => string
  readonly applyRecord: () => void
  /** How many tasks a worker holds. */
  readonly countHeld: (workerId: string) => number
  /** Suspects that wait, by queue and name. */
  readonly listSuspects: () => readonly { readonly queue: string; readonly name: string }[]
}): ClaimOrders {
  const { claims, rooms, newLeaseToken, applyRecord } = dependencies
  const standing = new Map<string, Standing>()
  const asks: LeaseAsk[] = []
  const brake = createClaimBrake()
  let lastServed: string | null = null
  let nextRoomAt: EpochMs | null = null

  function roomsOf(
    { names, queues }: Pick<LeaseAsk, 'names' | 'queues'>,
    now: EpochMs,
  ): ReadonlyMap<string, QueueRoom> {
    const ready = rooms.ready(names, now)
    if (queues === null || ready.size === 0) return ready
    return new Map([...ready].filter(([queue]) => queues.includes(queue)))
  }

  function took(tasks: readonly ClaimedTask[]): void {
    if (tasks.length === 0) return
    for (const { queue } of tasks) rooms.take(queue, 1)
    brake.take(tasks.length)
    applyRecord()
  }

  function serveAsk({ into, concurrency, ...ask }: LeaseAsk, now: EpochMs): void {
    const room = concurrency - dependencies.countHeld(ask.workerId)
    const limit = Math.min(ask.limit, room, brake.room(now))
    if (limit <= 0) return
    const leased = claims.claimLeased({
      ...ask,
      limit,
      now,
      rooms: roomsOf(ask, now),
      leaseToken: newLeaseToken(),
    })
    took(leased)
    into.push(...leased)
  }

  function serveOrder(workerId: string, order: Standing, now: EpochMs): readonly ClaimedTask[] {
    const ready = roomsOf(order, now)
    if (ready.size === 0) return []
    const { names, credits } = order
    const limit = Math.min(credits, brake.room(now))
    if (limit === 0) return []
    const tasks = claims.claim({ workerId, names, now, rooms: ready, limit, leaseToken: newLeaseToken() })
    took(tasks)
    order.credits -= tasks.length
    return tasks
  }

  /** Each transaction begins with another worker, so that none always gets the first pick. */
  function inTurn(): readonly (readonly [string, Standing])[] {
    const waiting = [...standing].filter(([, { credits }]) => credits > 0)
    if (waiting.length < 2) return waiting
    const first = waiting.findIndex(([workerId]) => workerId === lastServed) + 1
    return [...waiting.slice(first), ...waiting.slice(0, first)]
  }

  return {
    add({ workerId, credits, names, queues }) {
      const order = standing.get(workerId)
      standing.set(workerId, { credits: (order?.credits ?? 0) + credits, names, queues })
    },
    withdraw(workerId) {
      const order = standing.get(workerId)
      if (order !== undefined) standing.set(workerId, { ...order, credits: 0 })
    },
    close: (workerId) => void standing.delete(workerId),
    ask: (ask) => void asks.push(ask),
    throttle: brake.set,
    serve(now) {
      for (const ask of asks.splice(0)) serveAsk(ask, now)
      const claimed: WorkerClaims[] = []
      const turn = inTurn()
      nextRoomAt = null
      for (const [workerId, order] of turn) {
        const tasks = serveOrder(workerId, order, now)
        if (tasks.length > 0) claimed.push({ workerId, tasks })
        const roomAt = order.credits > 0 ? earliest(rooms.nextRoomAt(now), brake.nextRoomAt(now)) : null
        if (roomAt !== null) nextRoomAt = Math.min(roomAt, nextRoomAt ?? roomAt)
      }
      lastServed = turn[0]?.[0] ?? null
      return claimed
    },
    claimSuspect(workerId, now) {
      const order = standing.get(workerId)
      if (order === undefined) return []
      const claimed = claims.claimSuspect({
        workerId,
        names: order.names,
        limit: 1,
        leaseToken: newLeaseToken(),
        rooms: roomsOf(order, now),
        now,
      })
      for (const { queue } of claimed) rooms.take(queue, 1)
      return claimed
    },
    countSuspects(now) {
      const suspects = dependencies.listSuspects()
      if (suspects.length === 0) return 0
      return suspects.filter(({ queue, name }) =>
        [...standing.values()].some((order) => order.names.includes(name) && roomsOf(order, now).has(queue)),
      ).length
    },
    get nextRoomAt() {
      return nextRoomAt
    },
    keep() {
      const kept = [...standing].map(([workerId, order]) => [workerId, { ...order }] as const)
      const restoreBrake = brake.keep()
      return () => {
        restoreBrake()
        asks.length = 0
        standing.clear()
        for (const [workerId, order] of kept) standing.set(workerId, order)
      }
    },
  }
}

function earliest(one: EpochMs | null, other: EpochMs | null): EpochMs | null {
  if (one === null || other === null) return one ?? other
  return Math.min(one, other)
}
