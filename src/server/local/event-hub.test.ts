import { describe, expect, it } from 'vitest'
import type { BrokerEvent } from '../../shared/domain/event.ts'
import { createEventHub } from './event-hub.ts'
import type { StoredEvents } from './store/event-log.ts'

function batch(firstSeq: number, lastSeq: number): StoredEvents {
  const events = Array.from({ length: lastSeq - firstSeq + 1 }, (_, index): BrokerEvent => {
    const seq = firstSeq + index
    return {
      seq,
      type: 'task.submitted',
      at: 0,
      taskId: `t${seq}`,
      queue: seq % 2 === 0 ? 'even' : 'odd',
      workerId: null,
      data: {},
    }
  })
  return { firstSeq, lastSeq, text: JSON.stringify(events) }
}

async function take(
  hub: ReturnType<typeof createEventHub>,
  upTo: number,
  options: Parameters<typeof hub.subscribe>[0],
) {
  const seqs: number[] = []
  let missed = 0
  for await (const { events, missed: lost } of hub.subscribe(options)) {
    seqs.push(...events.map(({ seq }) => seq))
    missed += lost
    if (seqs.length + missed >= upTo) break
  }
  return { seqs, missed }
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index)

describe('a subscriber of events', () => {
  it('that falls behind the memory reads the store, and sees no gap', async () => {
    const stored: StoredEvents[] = []
    const hub = createEventHub({
      lastSeq: 0,
      readStored: async (after, limit) =>
        stored.filter(({ lastSeq }) => lastSeq > after).slice(0, Math.ceil(limit / 500)),
    })
    for (let first = 1; first < 60_000; first += 500) {
      const next = batch(first, first + 499)
      stored.push(next)
      hub.publish(next)
    }
    const { seqs, missed } = await take(hub, 60_000, { after: 0 })
    expect(missed).toBe(0)
    expect(seqs).toEqual(range(1, 60_000))
  })

  it('that falls behind what is stored is told how many it missed, and goes on', async () => {
    const hub = createEventHub({ lastSeq: 100, readStored: async () => [batch(51, 100)] })
    hub.publish(batch(101, 110))
    expect(await take(hub, 110, { after: 0 })).toEqual({ seqs: range(51, 110), missed: 50 })
  })

  it('from the middle of a batch gets the rest of it', async () => {
    const hub = createEventHub({ lastSeq: 0, readStored: async () => [] })
    hub.publish(batch(1, 10))
    expect((await take(hub, 7, { after: 3 })).seqs).toEqual(range(4, 10))
  })

  it('that asks for a number that has not been yet starts from now', async () => {
    const hub = createEventHub({ lastSeq: 5, readStored: async () => [] })
    const taken = take(hub, 2, { after: 1_000_000 })
    hub.publish(batch(6, 7))
    expect((await taken).seqs).toEqual([6, 7])
  })

  it('with a filter gets what it asked for, and waits for more of it', async () => {
    const hub = createEventHub({ lastSeq: 0, readStored: async () => [] })
    hub.publish(batch(1, 3))
    const taken = take(hub, 3, { after: 0, filter: { queue: 'even', types: ['task.submitted'] } })
    hub.publish(batch(4, 4))
    hub.publish(batch(5, 6))
    expect((await taken).seqs).toEqual([2, 4, 6])
  })

  it('ends when the hub closes, also while it waits', async () => {
    const hub = createEventHub({ lastSeq: 0, readStored: async () => [] })
    const next = hub.subscribe({})[Symbol.asyncIterator]().next()
    hub.close()
    expect((await next).done).toBe(true)
  })
})
