import { describe, expect, it } from 'vitest'
import type { BrokerEvent, EventBatch } from '../../shared/domain/event.ts'
import { coalesceEvents } from './coalesce-events.ts'
import type { Timers } from './timers.ts'

describe('coalesced events', () => {
  it('sends the first event at once', async () => {
    const { push, batches } = open()
    push(1)
    expect(await batches.next()).toEqual({ done: false, value: { events: [event(1)], missed: 0 } })
  })

  it('gathers what arrives within the interval into one batch', async () => {
    const { push, batches, advance } = open()
    push(1)
    await batches.next()
    push(2)
    const second = batches.next()
    await advance(20)
    push(3)
    await advance(29)
    push(4)
    await advance(1)
    expect(await second).toMatchObject({ value: { events: [event(2), event(3), event(4)], missed: 0 } })
  })

  it('reads no further than a full batch before that is taken', async () => {
    const { push, batches, advance, taken } = open({ maxEvents: 3 })
    push(1)
    await batches.next()
    for (let seq = 2; seq <= 20; seq += 1) push(seq)
    const second = batches.next()
    await advance(50)
    expect((await second).value).toMatchObject({ events: [event(2), event(3), event(4)] })
    // The one after is already asked for, and nothing beyond it.
    expect(taken()).toBe(5)
  })

  it('keeps a gap in its place', async () => {
    const { push, batches, advance } = open()
    push(1)
    await batches.next()
    push(2)
    const second = batches.next()
    await advance(10)
    push(9, { missed: 6 })
    await advance(40)
    expect((await second).value).toEqual({ events: [event(2)], missed: 0 })
    const third = batches.next()
    await advance(50)
    expect((await third).value).toEqual({ events: [event(9)], missed: 6 })
  })

  it('ends when the subscription is closed while it waits', async () => {
    const { subscription, batches } = open()
    const waiting = batches.next()
    subscription.close()
    expect(await waiting).toEqual({ done: true, value: undefined })
  })

  it('hands over what it gathered before a closed subscription ends it', async () => {
    const { subscription, push, batches, advance } = open()
    push(1)
    await batches.next()
    push(2)
    const second = batches.next()
    await advance(1)
    subscription.close()
    await advance(49)
    expect((await second).value).toMatchObject({ events: [event(2)] })
    expect(await batches.next()).toEqual({ done: true, value: undefined })
  })

  it('closes the subscription when its reader stops', async () => {
    const { subscription, push, batches } = open()
    push(1)
    await batches.next()
    await batches.return()
    expect(subscription.isClosed()).toBe(true)
  })
})

function event(seq: number): BrokerEvent {
  return { seq, type: 'queue.paused', at: 0, taskId: null, queue: 'q', workerId: null, data: {} }
}

function open({ maxEvents = 100 } = {}) {
  const subscription = pushedSubscription()
  const time = steppedTime()
  const batches = coalesceEvents(subscription, { ...time, intervalMs: 50, maxEvents })
  return { subscription, batches, advance: time.advance, push: subscription.push, taken: subscription.taken }
}

/** A subscription that yields what the test pushes, one event a batch. */
function pushedSubscription() {
  const queued: EventBatch[] = []
  let waiting: ((result: IteratorResult<EventBatch>) => void) | null = null
  let isClosed = false
  let taken = 0
  const done = { done: true, value: undefined } as const
  const take = (value: EventBatch): IteratorResult<EventBatch> => {
    taken += 1
    return { done: false, value }
  }
  return {
    push(seq: number, { missed = 0 } = {}) {
      const batch = { events: [event(seq)], missed }
      if (waiting === null) queued.push(batch)
      else waiting(take(batch))
      waiting = null
    },
    close() {
      isClosed = true
      waiting?.(done)
      waiting = null
    },
    isClosed: () => isClosed,
    taken: () => taken,
    [Symbol.asyncIterator]: () => ({
      next: () =>
        new Promise<IteratorResult<EventBatch>>((resolve) => {
          const batch = queued.shift()
          if (batch !== undefined) resolve(take(batch))
          else if (isClosed) resolve(done)
          else waiting = resolve
        }),
    }),
  }
}

/** Time that moves only when the test says so. */
function steppedTime() {
  let now = 0
  const pending = new Set<{ at: number; run: () => void }>()
  const timers: Timers = {
    after(delayMs, run) {
      const timer = { at: now + delayMs, run }
      pending.add(timer)
      return () => pending.delete(timer)
    },
  }
  const settle = () => new Promise((resolve) => setImmediate(resolve))
  return {
    clock: { monotonic: () => now },
    timers,
    async advance(ms: number) {
      await settle()
      now += ms
      for (const timer of [...pending].filter(({ at }) => at <= now)) {
        pending.delete(timer)
        timer.run()
      }
      await settle()
    },
  }
}
