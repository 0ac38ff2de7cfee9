import type { EpochMs } from '../../../shared/domain/clock.ts'
import { fullBucket, nextTokenAt, refill, type TokenBucket } from '../../../shared/domain/token-bucket.ts'
import type { KeptSettings } from './commands/queue-settings.ts'
import type { Ledger } from './ledger.ts'

export interface QueueRoom {
  /** Most tasks to claim; may be Infinity. */
  readonly room: number
  /** Whether all that is pending there is known, so that a claim need not look at names. */
  readonly isAllKnown: boolean
}

/**
 * How many more tasks of each queue may be claimed: nothing of a paused queue, up to the concurrency
 * limit, up to what the rate limit has tokens for. Tokens live in memory: a restart fills them up.
 */
export interface QueueRooms {
  /** Queues that have something ready that a worker with these `names` (null: any) knows, and room for it. */
  ready(names: readonly string[] | null, now: EpochMs): ReadonlyMap<string, QueueRoom>
  /** `count` tasks of `queue` have been claimed. */
  take(queue: string, count: number): void
  /** When a rate limit that holds something up lets the next task through; null when none does. */
  nextRoomAt(now: EpochMs): EpochMs | null
}

export function createQueueRooms(
  ledger: Ledger,
  findSettings: (queue: string) => KeptSettings | null,
): QueueRooms {
  const buckets = new Map<string, TokenBucket>()
  let heldUp: readonly EpochMs[] = []

  return {
    ready(names, now) {
      const rooms = new Map<string, QueueRoom>()
      const waits: EpochMs[] = []
      for (const queue of ledger.queueNames()) {
        const counts = ledger.counts(queue)
        if (counts.pending === 0) continue
        const known = names === null ? counts.pending : ledger.countKnown(queue, names)
        if (known === 0) continue
        const found = findSettings(queue)
        if (found === null || found.isPaused) continue
        const { concurrency, rateLimit } = found.settings
        let room = concurrency === null ? Number.POSITIVE_INFINITY : concurrency - counts.running
        if (rateLimit === null) buckets.delete(queue)
        else {
          const bucket = refill(buckets.get(queue) ?? fullBucket(rateLimit, now), rateLimit, now)
          buckets.set(queue, bucket)
          if (bucket.tokens < 1 && room > 0) waits.push(nextTokenAt(bucket, rateLimit))
          room = Math.min(room, Math.floor(bucket.tokens))
        }
        if (room > 0) rooms.set(queue, { room, isAllKnown: known === counts.pending })
      }
      heldUp = waits
      return rooms
    },
    take(queue, count) {
      const bucket = buckets.get(queue)
      if (bucket !== undefined) buckets.set(queue, { ...bucket, tokens: bucket.tokens - count })
    },
    nextRoomAt: (now) => (heldUp.length === 0 ? null : Math.max(now + 1, Math.min(...heldUp))),
  }
}
