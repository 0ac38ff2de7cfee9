import { type BackoffPolicy, backoffDelayMs } from '../../shared/domain/backoff.ts'
import type { EventSubscription } from '../../shared/domain/broker.ts'
import type { EventBatch } from '../../shared/domain/event.ts'
import { AttachError, isAttachError } from './attach-error.ts'
import { askedPauseMs } from './retry-after.ts'

/** How an attached server's events come in. */
export type EventsState =
  | { readonly kind: 'live' }
  | { readonly kind: 'lost'; readonly error: AttachError; readonly retryInMs: number }

export interface SubscriptionOptions {
  /**
   * Opens the stream; resolves when it is there. Each time right after what it told before: whoever opens it
   * keeps that place.
   * @param isAgain it broke, and something may have happened meanwhile
   */
  readonly open: (signal: AbortSignal, isAgain: boolean) => Promise<AsyncIterable<EventBatch>>
  readonly random: () => number
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>
  readonly onState: (state: EventsState) => void
  readonly onClose: () => void
}

const RECONNECT: BackoffPolicy = { baseMs: 500, factor: 2, capMs: 15_000, jitter: 'full' }

/**
 * The events of an attached server. When its stream breaks it is opened again, until it is closed: what
 * happened meanwhile is caught up with, as far as the server still knows it. What will not pass (a wrong key,
 * another program) ends it with that error.
 */
export function attachSubscription(options: SubscriptionOptions): EventSubscription {
  const closing = new AbortController()

  async function* run(): AsyncGenerator<EventBatch, void, void> {
    for (let failures = 0; !closing.signal.aborted;) {
      try {
        const batches = await options.open(closing.signal, failures > 0)
        options.onState({ kind: 'live' })
        for await (const batch of batches) {
          failures = 0
          if (batch.events.length > 0 || batch.missed > 0) yield batch
        }
        throw new AttachError('unreachable', 'The server ended its stream of events.')
      } catch (error) {
        if (closing.signal.aborted) return
        if (!isAttachError(error) || !error.isPassing) throw error
        failures += 1
        const retryInMs = Math.max(
          askedPauseMs(error, RECONNECT.capMs) ?? 0,
          backoffDelayMs(RECONNECT, failures, options.random),
        )
        options.onState({ kind: 'lost', error, retryInMs })
        await options.wait(retryInMs, closing.signal)
      }
    }
  }

  const iterator = run()
  const close = () => {
    closing.abort()
    options.onClose()
  }
  return {
    close,
    [Symbol.asyncIterator]: () => ({
      async next() {
        if (closing.signal.aborted) return { done: true, value: undefined }
        try {
          return await iterator.next()
        } catch (error) {
          if (closing.signal.aborted) return { done: true, value: undefined }
          throw error
        }
      },
      async return() {
        close()
        return { done: true, value: undefined }
      },
    }),
  }
}
