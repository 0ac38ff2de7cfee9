import { type BackoffPolicy, backoffDelayMs } from '../../shared/domain/backoff.ts'
import { isAttachError } from './attach-error.ts'

export interface ReadRetries {
  /** Most tries altogether; 1 never tries again. */
  readonly tries: number
  readonly backoff: BackoffPolicy
  /** Returns a number in [0, 1). */
  readonly random: () => number
  /** Resolves after so many milliseconds. */
  readonly wait: (ms: number) => Promise<void>
}

/** Three tries within about two seconds: somebody is waiting for the answer. */
export const DEFAULT_READ_RETRIES: Pick<ReadRetries, 'tries' | 'backoff'> = {
  tries: 3,
  backoff: { baseMs: 250, factor: 3, capMs: 2000, jitter: 'full' },
}

/**
 * Asks again when the way to the server failed and may not fail the next time. For reads alone: of a write
 * nobody knows whether it was done.
 */
export async function retryReads<Value>(
  read: () => Promise<Value>,
  { tries, backoff, random, wait }: ReadRetries,
): Promise<Value> {
  for (let failures = 1; ; failures += 1) {
    try {
      return await read()
    } catch (error) {
      if (!isAttachError(error) || !error.isPassing || failures >= tries) throw error
      await wait(backoffDelayMs(backoff, failures, random))
    }
  }
}
