import { AttachError, isAttachError } from './attach-error.ts'
import type { AttachOptions } from './attach-options.ts'
import { DEFAULT_REMOTE_LIMITS, type RemoteLimits } from './remote-http.ts'
import { DEFAULT_READ_RETRIES, retryReads } from './retry-reads.ts'

/** What holds for every call to one server, whatever the format it is in. */
export interface CallRules {
  /** Asks for something: again when the way there fails and may not fail the next time. */
  read<Value>(ask: () => Promise<Value>): Promise<Value>
  /**
   * Has something done, once; when no answer comes, the refusal says that it is not known.
   * @param ask takes what one write may cost.
   */
  write<Value>(ask: (limits: Partial<RemoteLimits>) => Promise<Value>): Promise<Value>
  /** Calls wait for what is being started, so that they come after it. */
  startFirst(starting: Promise<unknown>): void
}

/** Whoever asks for a write waits longer for it: nobody knows whether it was done when he leaves. */
const WRITE_LIMITS: Partial<RemoteLimits> = { totalMs: 60_000 }
const NOT_KNOWN = 'Whether it was done is not known: look before you repeat it.'

/** @param limits what the connection was given instead of the usual ones; they hold for its writes, too. */
export function createCallRules({
  random,
  wait,
  retries,
  limits,
}: Pick<AttachOptions, 'random' | 'wait' | 'retries' | 'limits'>): CallRules {
  const { totalMs: longestPauseMs } = { ...DEFAULT_REMOTE_LIMITS, ...limits }
  const readRetries = { ...DEFAULT_READ_RETRIES, ...retries, random, wait, longestPauseMs }
  const writeLimits = { ...WRITE_LIMITS, ...limits }
  const starting = new Set<Promise<unknown>>()

  async function afterStarts<Value>(ask: () => Promise<Value>): Promise<Value> {
    if (starting.size > 0) await Promise.all(starting)
    return ask()
  }

  return {
    read: (ask) => retryReads(() => afterStarts(ask), readRetries),
    async write(ask) {
      try {
        return await afterStarts(() => ask(writeLimits))
      } catch (error) {
        if (!isAttachError(error) || error.isUnsent || error.problem === 'refused') throw error
        throw new AttachError(error.problem, `${error.message} ${NOT_KNOWN}`, { isPassing: false })
      }
    },
    startFirst(promise) {
      const settled: Promise<unknown> = promise.catch(() => undefined).finally(() => starting.delete(settled))
      starting.add(settled)
    },
  }
}
