import { describe, expect, it } from 'vitest'
import type { BrokerEvent, EventType } from '../../../shared/domain/event.ts'
import { appendToLog, emptyLog, KEPT_EVENTS, matchesText } from './event-log.ts'

let lastSeq = 0
const event = (type: EventType, name = 'send_email'): BrokerEvent => {
  lastSeq += 1
  return {
    seq: lastSeq,
    type,
    at: 0,
    taskId: `id-${lastSeq}`,
    queue: 'emails',
    workerId: null,
    data: { name },
  }
}
const many = (count: number, type: EventType = 'task.started') =>
  Array.from({ length: count }, () => event(type))
const batch = (events: readonly BrokerEvent[], missed = 0) => ({ events, missed })

/** Twenty batches a second, as the broker sends them. */
function run(seconds: number, perBatch: () => readonly BrokerEvent[]) {
  let log = emptyLog(0)
  for (let at = 0; at < seconds * 1000; at += 50) log = appendToLog(log, batch(perBatch()), '', at)
  return log
}

describe('the event log', () => {
  it('shows everything while it can be read', () => {
    const log = run(10, () => many(10))

    expect(log.events).toHaveLength(2_000)
    expect(log.matched).toBe(2_000)
  })

  it('takes a burst whole', () => {
    expect(appendToLog(emptyLog(0), batch(many(1_000)), '', 0).events).toHaveLength(1_000)
  })

  it('samples what nobody could read, and still counts all of it', () => {
    const log = run(10, () => many(250))

    expect(log.matched).toBe(50_000)
    expect(log.events.length).toBeLessThanOrEqual(1_000 + 10 * 250)
  })

  it('keeps failures before anything else, in the order they happened', () => {
    const log = run(10, () => [...many(125), event('task.failed'), ...many(124)])

    expect(log.events.filter(({ type }) => type === 'task.failed')).toHaveLength(200)
    expect(log.events.map(({ seq }) => seq)).toEqual(
      log.events.map(({ seq }) => seq).toSorted((a, b) => a - b),
    )
  })

  it('never grows beyond its bound, however long it runs', () => {
    expect(run(120, () => many(5)).events).toHaveLength(KEPT_EVENTS)
  })

  it('counts what the broker had to leave out', () => {
    expect(appendToLog(emptyLog(0), batch(many(1), 99), '', 0).matched).toBe(100)
  })

  it('takes in only what matches', () => {
    const events = [event('task.started', 'send_email'), event('task.started', 'resize')]

    expect(appendToLog(emptyLog(0), batch(events), 'resize', 0)).toMatchObject({
      matched: 1,
      events: [events[1]],
    })
  })
})

describe('searching events', () => {
  const failed: BrokerEvent = {
    ...event('task.failed', 'process_payment'),
    data: { name: 'process_payment', error: { type: 'GatewayTimeoutError', message: 'No answer' } },
  }

  it.each(['process', 'gatewaytimeout', 'EMAILS', 'failed payment', ''])('finds %j', (text) => {
    expect(matchesText(failed, text)).toBe(true)
  })

  it('wants every word', () => {
    expect(matchesText(failed, 'payment refund')).toBe(false)
  })
})
