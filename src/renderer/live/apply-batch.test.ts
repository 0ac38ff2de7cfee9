import { describe, expect, it } from 'vitest'
import type { BrokerEvent } from '../../shared/domain/event.ts'
import { applyBatch, applyLoss, applyOpening, applyTick, NOTHING_YET, RECENT_EVENTS } from './apply-batch.ts'

const event = (seq: number): BrokerEvent => ({
  seq,
  type: 'task.submitted',
  at: seq,
  taskId: `task-${seq}`,
  queue: 'default',
  workerId: null,
  data: { name: 'demo', number: seq, attempt: 0 },
})
const events = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => event(from + index))
const opened = applyOpening(NOTHING_YET, { after: 0, missed: 0, latestSeq: 0 })
const seqs = ({ recent }: { readonly recent: readonly BrokerEvent[] }) => recent.map(({ seq }) => seq)

describe('a batch of events', () => {
  it('moves the resume point and joins the recent ones', () => {
    const state = applyBatch(opened, { events: events(1, 3), missed: 0 }, 1000)

    expect(state.lastSeq).toBe(3)
    expect(seqs(state)).toEqual([1, 2, 3])
  })

  it('counts once when it is delivered twice', () => {
    const batch = { events: events(1, 3), missed: 0 }
    const once = applyBatch(opened, batch, 1000)

    expect(applyBatch(once, batch, 1000)).toBe(once)
  })

  it('keeps a bounded number of events, the newest', () => {
    const state = applyBatch(opened, { events: events(1, 1000), missed: 0 }, 1000)

    expect(state.recent).toHaveLength(RECENT_EVENTS)
    expect(state.recent.at(-1)?.seq).toBe(1000)
  })

  it('adds what was missed to the count and to the rate', () => {
    const state = applyBatch(opened, { events: events(1, 10), missed: 290 }, 1000)

    expect(state.missed).toBe(290)
    expect(applyTick(state, 2000).eventsPerSecond).toBe(100)
  })
})

describe('history', () => {
  it('is shown, but is no news: it does not count as events per second', () => {
    const withHistory = applyOpening(NOTHING_YET, { after: 0, missed: 0, latestSeq: 90 })
    const state = applyBatch(withHistory, { events: events(1, 93), missed: 0 }, 1000)

    expect(state.recent).toHaveLength(93)
    expect(applyTick(state, 2000).eventsPerSecond).toBe(1)
  })
})

describe('a connection', () => {
  it('that comes back keeps what was seen', () => {
    const before = applyLoss(applyBatch(opened, { events: events(1, 3), missed: 0 }, 1000), 2000)
    const after = applyOpening(before, { after: 3, missed: 0, latestSeq: 3 })

    expect(after.connection).toEqual({ status: 'live' })
    expect(seqs(after)).toEqual([1, 2, 3])
  })

  it('to a replaced data folder forgets the old events', () => {
    const before = applyBatch(opened, { events: events(500, 503), missed: 0 }, 1000)
    const after = applyBatch(
      applyOpening(before, { after: 0, missed: 0, latestSeq: 0 }),
      { events: events(1, 2), missed: 0 },
      2000,
    )

    expect(seqs(after)).toEqual([1, 2])
  })

  it('remembers when it was lost, not when it last failed to come back', () => {
    const lost = applyLoss(opened, 2000)

    expect(applyLoss(lost, 9000)).toBe(lost)
    expect(lost.connection).toEqual({ status: 'lost', since: 2000 })
  })
})

describe('a moment without events', () => {
  it('changes nothing when the rate is as it was', () => {
    expect(applyTick(opened, 5000)).toBe(opened)
  })
})
