import { type BackoffPolicy, backoffDelayMs } from '../../../shared/domain/backoff.ts'
import type { EventSubscription } from '../../../shared/domain/broker.ts'
import type { EventBatch, EventFilter } from '../../../shared/domain/event.ts'
import { AttachError, isAttachError } from '../attach-error.ts'

/** How an attached server's events come in. */
export type EventsState =
  | { readonly kind: 'live' }
  | { readonly kind: 'lost'; readonly error: AttachError; readonly retryInMs: number }

export interface SubscriptionOptions {
  /** Resume after this event; undefined is from now on. */
  readonly after: number | undefined
  readonly filter: EventFilter
  /** The number of the newest event there is. */
  readonly latestSeq: () => Promise<number>
  /** Resolves when the stream is open. */
  readonly open: (
    after: number,
    filter: EventFilter,
    signal: AbortSignal,
  ) => Promise<AsyncIterable<EventBatch>>
  /** Calls made later wait for this. */
  readonly startFirst: (starting: Promise<unknown>) => void
  readonly random: () => number
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>
  readonly onState: (state: EventsState) => void
  readonly onClose: () => void
}

const RECONNECT: BackoffPolicy = { baseMs: 500, factor: 2, capMs: 15_000, jitter: 'full' }

/**
 * The events of an attached server. When its stream breaks it is opened again, right after the last event
 * that was handed on, until it is closed: what happened meanwhile is caught up with. What will not pass (a
 * wrong key, another program) ends it with that error.
 */
export function attachSubscription(options: SubscriptionOptions): EventSubscription {
  const closing = new AbortController()
  // "From now on" is from this call, not from when somebody first reads.
  const start = options.after === undefined ? options.latestSeq() : Promise.resolve(options.after)
  start.catch(() => undefined)
  if (options.after === undefined) options.startFirst(start)

  async function* run(): AsyncGenerator<EventBatch, void, void> {
    let after = await start
    for (let failures = 0; !closing.signal.aborted;) {
      try {
        if (failures > 0) after = Math.min(after, await options.latestSeq())
        const batches = await options.open(after, options.filter, closing.signal)
        options.onState({ kind: 'live' })
        for await (const { events, missed } of batches) {
          failures = 0
          // Numbers only grow; what does not is not handed on twice.
          const next = events.filter(({ seq }) => seq > after)
          if (next.length === 0 && missed === 0) continue
          after = next.at(-1)?.seq ?? after
          yield { events: next, missed }
        }
        throw new AttachError('unreachable', 'The server ended its stream of events.')
      } catch (error) {
        if (closing.signal.aborted) return
        if (!isAttachError(error) || !error.isPassing) throw error
        failures += 1
        const retryInMs = backoffDelayMs(RECONNECT, failures, options.random)
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
