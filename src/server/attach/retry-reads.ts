import { type BackoffPolicy, backoffDelayMs } from '../../shared/domain/backoff.ts'
import { isAttachError } from './attach-error.ts'
import { askedPauseMs } from './retry-after.ts'

export interface ReadRetries {
  /** Most tries altogether; 1 never tries again. */
  readonly tries: number
  readonly backoff: BackoffPolicy
  /** Returns a number in [0, 1). */
  readonly random: () => number
  /** Resolves after so many milliseconds. */
  readonly wait: (ms: number) => Promise<void>
  /** Longest that a read waits altogether because the server asked for it; what goes beyond is not heeded. */
  readonly longestPauseMs: number
}

/** Three tries within about two seconds: somebody is waiting for the answer. */
export const DEFAULT_READ_RETRIES: Pick<ReadRetries, 'tries' | 'backoff'> = {
  tries: 3,
  backoff: { baseMs: 250, factor: 3, capMs: 2000, jitter: 'full' },
}

/**
 * Asks again when the way to the server failed and may not fail the next time, after a pause of our own, or the
 * one that it asked for. A refusal that says when to ask again is asked again only then. For reads alone: of a
 * write nobody knows whether it was done.
 */
export async function retryReads<Value>(
  read: () => Promise<Value>,
  { tries, backoff, random, wait, longestPauseMs }: ReadRetries,
): Promise<Value> {
  let leftMs = longestPauseMs
  for (let failures = 1; ; failures += 1) {
    try {
      return await read()
    } catch (error) {
      const askedMs = askedPauseMs(error, leftMs)
      const mayPass = isAttachError(error) ? error.isPassing : askedMs !== null
      if (!mayPass || failures >= tries) throw error
      leftMs -= askedMs ?? 0
      await wait(Math.max(askedMs ?? 0, backoffDelayMs(backoff, failures, random)))
    }
  }
}
