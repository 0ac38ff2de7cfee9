import type { EpochMs } from './clock.ts'
import type { RateLimit } from './queue-settings.ts'

/** Tokens left at an instant. A full bucket is a whole `count`. */
export interface TokenBucket {
  readonly tokens: number
  readonly at: EpochMs
}

export const fullBucket = ({ count }: RateLimit, now: EpochMs): TokenBucket => ({ tokens: count, at: now })

/** The bucket at `now`. A clock that went back adds nothing and takes nothing. */
export function refill(bucket: TokenBucket, { count, perMs }: RateLimit, now: EpochMs): TokenBucket {
  const elapsedMs = Math.max(0, now - bucket.at)
  return { tokens: Math.min(count, bucket.tokens + (elapsedMs * count) / perMs), at: now }
}

/** When the next whole token is there. */
export function nextTokenAt(bucket: TokenBucket, limit: RateLimit): EpochMs {
  if (bucket.tokens >= 1) return bucket.at
  const at = bucket.at + Math.ceil(((1 - bucket.tokens) * limit.perMs) / limit.count)
  // Of numbers with a fraction, the quotient may be a trace above the millisecond that the sum is whole at.
  return refill(bucket, limit, at - 1).tokens >= 1 ? at - 1 : at
}
