import type { EpochMs } from '../../../shared/domain/clock.ts'
import type { RateLimit } from '../../../shared/domain/queue-settings.ts'
import { fullBucket, nextTokenAt, refill, type TokenBucket } from '../../../shared/domain/token-bucket.ts'

/** At most this many claims per second, in the whole broker, until an instant. */
export interface ClaimThrottle {
  readonly claimsPerSecond: number
  readonly until: EpochMs
}

/** Slows claims while a throttle stands; without one it does nothing, and costs a comparison. */
export interface ClaimBrake {
  set(throttle: ClaimThrottle | null): void
  /** How many may be claimed now; Infinity without a throttle. */
  room(now: EpochMs): number
  take(count: number): void
  /** When the next may be claimed; null when nothing holds claims up. */
  nextRoomAt(now: EpochMs): EpochMs | null
  /** For a transaction that may be rolled back. */
  keep(): () => void
}

interface Engaged {
  readonly limit: RateLimit
  readonly until: EpochMs
  readonly bucket: TokenBucket | null
}

export function createClaimBrake(): ClaimBrake {
  let engaged: Engaged | null = null

  function filled(now: EpochMs): { readonly limit: RateLimit; readonly bucket: TokenBucket } | null {
    if (engaged === null) return null
    if (now >= engaged.until) {
      engaged = null
      return null
    }
    const { limit } = engaged
    const bucket = refill(engaged.bucket ?? fullBucket(limit, now), limit, now)
    engaged = { ...engaged, bucket }
    return { limit, bucket }
  }

  return {
    set(throttle) {
      engaged =
        throttle === null
          ? null
          : {
              limit: { count: throttle.claimsPerSecond, perMs: 1000 },
              until: throttle.until,
              bucket: engaged?.bucket ?? null,
            }
    },
    room(now) {
      const state = filled(now)
      return state === null ? Number.POSITIVE_INFINITY : Math.floor(state.bucket.tokens)
    },
    take(count) {
      if (engaged?.bucket == null) return
      engaged = { ...engaged, bucket: { ...engaged.bucket, tokens: engaged.bucket.tokens - count } }
    },
    nextRoomAt(now) {
      const state = filled(now)
      if (state === null || state.bucket.tokens >= 1) return null
      return Math.max(now + 1, nextTokenAt(state.bucket, state.limit))
    },
    keep() {
      const kept = engaged
      return () => {
        engaged = kept
      }
    },
  }
}
