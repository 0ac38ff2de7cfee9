export interface BackoffPolicy {
  /** Delay ceiling before the first retry, in milliseconds, ≥ 0. */
  readonly baseMs: number
  /** What each further retry multiplies the ceiling by, ≥ 1. */
  readonly factor: number
  /** Highest ceiling, in milliseconds. */
  readonly capMs: number
  /** Full jitter spreads the retries of a failed batch over the whole ceiling. */
  readonly jitter: 'full' | 'none'
}

/** Domain model, "Task": exponential, base 1 s, factor 2, full jitter, cap 10 min. */
export const DEFAULT_BACKOFF: BackoffPolicy = { baseMs: 1000, factor: 2, capMs: 600_000, jitter: 'full' }

/**
 * Delay before retry number `retry` (1 = first), in whole milliseconds: uniform in [0, ceiling)
 * with full jitter, the ceiling itself without.
 *
 * @param random returns a number in [0, 1); handed in so that tests can fix it.
 */
export function backoffDelayMs(policy: BackoffPolicy, retry: number, random: () => number): number {
  // A factor to a high power is Infinity, and 0 × Infinity no number at all.
  const ceilingMs =
    policy.baseMs === 0 ? 0 : Math.min(policy.capMs, policy.baseMs * policy.factor ** (retry - 1))
  return Math.floor(policy.jitter === 'full' ? random() * ceilingMs : ceilingMs)
}
