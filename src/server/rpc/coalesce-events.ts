import type { EventSubscription } from '../../shared/domain/broker.ts'
import type { Clock } from '../../shared/domain/clock.ts'
import type { BrokerEvent, EventBatch } from '../../shared/domain/event.ts'
import type { Timers } from './timers.ts'

export interface CoalesceOptions {
  readonly clock: Pick<Clock, 'monotonic'>
  readonly timers: Timers
  /** Least time between two batches, in milliseconds. */
  readonly intervalMs: number
  /** A batch that holds this many events takes no more. */
  readonly maxEvents: number
}

/**
 * The events of a subscription in fewer, larger batches: the first at once, then one per
 * `intervalMs` at most. Holds one batch and reads no further until it is taken, so a slow reader
 * fills the subscription's own bounded buffer and is told what it missed. A gap stays where it was:
 * a batch that begins with one is never joined to the one before. Closes the subscription when it ends.
 */
export async function* coalesceEvents(
  subscription: EventSubscription,
  { clock, timers, intervalMs, maxEvents }: CoalesceOptions,
): AsyncGenerator<EventBatch, void, void> {
  const source = subscription[Symbol.asyncIterator]()
  let next = source.next()
  let nextDueAt = -Infinity
  try {
    for (;;) {
      const first = await next
      if (first.done === true) return
      const events: BrokerEvent[] = [...first.value.events]
      next = source.next()

      while (events.length < maxEvents) {
        const more = await beforeTimeout(next, nextDueAt - clock.monotonic(), timers)
        if (more === 'timeout' || more.done === true || more.value.missed > 0) break
        events.push(...more.value.events)
        next = source.next()
      }
      await delay(nextDueAt - clock.monotonic(), timers)

      nextDueAt = clock.monotonic() + intervalMs
      yield { events, missed: first.value.missed }
    }
  } finally {
    subscription.close()
    // Left behind when the reader stops early; nobody is there to hear of its failure.
    next.catch(() => undefined)
  }
}

function delay(delayMs: number, timers: Timers): Promise<void> | undefined {
  if (delayMs <= 0) return undefined
  return new Promise((resolve) => timers.after(delayMs, resolve))
}

/** What `promise` resolves to, or `timeout` after `delayMs`; at once when that is not positive. */
async function beforeTimeout<Value>(
  promise: Promise<Value>,
  delayMs: number,
  timers: Timers,
): Promise<Value | 'timeout'> {
  if (delayMs <= 0) return 'timeout'
  let cancel = () => {}
  const timeout = new Promise<'timeout'>((resolve) => {
    cancel = timers.after(delayMs, () => resolve('timeout'))
  })
  try {
    return await Promise.race([promise, timeout])
  } finally {
    cancel()
  }
}
