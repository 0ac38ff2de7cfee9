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
export function nextTokenAt(bucket: TokenBucket, { count, perMs }: RateLimit): EpochMs {
  return bucket.tokens >= 1 ? bucket.at : bucket.at + Math.ceil(((1 - bucket.tokens) * perMs) / count)
}
