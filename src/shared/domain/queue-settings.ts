import type { BackoffPolicy } from './backoff.ts'
import { BrokerError } from './errors.ts'
import { MAX_DURATION_MS, MAX_MAX_RETRIES } from './limits.ts'

/** At most `count` claims in any `perMs` milliseconds, spread evenly once the first burst is used up. */
export interface RateLimit {
  readonly count: number
  readonly perMs: number
}

/** Domain model, "Queue". Null is "none of its own": the product's default, or no limit. */
export interface QueueSettings {
  /** Most tasks running at once. */
  readonly concurrency: number | null
  readonly rateLimit: RateLimit | null
  readonly timeoutMs: number | null
  readonly queueTimeoutMs: number | null
  readonly maxRetries: number | null
  readonly backoff: BackoffPolicy | null
  /** Finished tasks are deleted this long after they finished. Dead letters stay until somebody decides. */
  readonly retentionMs: number | null
  /** Most finished tasks kept; the oldest go first. Dead letters do not count. */
  readonly retentionCount: number | null
}

export const DEFAULT_QUEUE_SETTINGS: QueueSettings = {
  concurrency: null,
  rateLimit: null,
  timeoutMs: null,
  queueTimeoutMs: null,
  maxRetries: null,
  backoff: null,
  retentionMs: null,
  retentionCount: null,
}

/** What holds where a queue has no retention of its own: 30 days, and no more than a million. */
export const DEFAULT_RETENTION_MS = 30 * 24 * 3_600_000
export const DEFAULT_RETENTION_COUNT = 1_000_000

/** @throws INVALID_REQUEST naming the field. */
export function checkQueueSettings(changes: Partial<QueueSettings>): void {
  const within = (path: string, value: number | null | undefined, least: number, most: number) => {
    if (value === undefined || value === null) return
    if (!(Number.isInteger(value) && value >= least && value <= most))
      throw new BrokerError(
        'INVALID_REQUEST',
        `${path} must be a whole number from ${least} to ${most}, or null for none.`,
        { path },
      )
  }
  within('concurrency', changes.concurrency, 1, 100_000)
  within('rateLimit.count', changes.rateLimit?.count, 1, 1_000_000)
  within('rateLimit.perMs', changes.rateLimit?.perMs, 1, MAX_DURATION_MS)
  within('timeoutMs', changes.timeoutMs, 1, MAX_DURATION_MS)
  within('queueTimeoutMs', changes.queueTimeoutMs, 1, MAX_DURATION_MS)
  within('maxRetries', changes.maxRetries, 0, MAX_MAX_RETRIES)
  within('backoff.baseMs', changes.backoff?.baseMs, 0, MAX_DURATION_MS)
  within('backoff.factor', changes.backoff?.factor, 1, 100)
  within('backoff.capMs', changes.backoff?.capMs, 0, MAX_DURATION_MS)
  within('retentionMs', changes.retentionMs, 1000, 10 * 365 * 24 * 3_600_000)
  within('retentionCount', changes.retentionCount, 0, 100_000_000)
}
