import { describe, expect, it } from 'vitest'
import type { Broker } from '../../src/shared/domain/broker.ts'
import type { BrokerEvent, EventFilter } from '../../src/shared/domain/event.ts'
import { untilFinal, untilIdle } from '../support/until.ts'
import type { OpenBroker } from './open-broker.ts'
import { json, submitOne } from './submit-one.ts'

async function read(
  broker: Broker,
  count: number,
  options: { after: number; filter?: EventFilter },
): Promise<BrokerEvent[]> {
  const events: BrokerEvent[] = []
  for await (const batch of broker.subscribe(options)) {
    expect(batch.missed).toBe(0)
    events.push(...batch.events)
    if (events.length >= count) break
  }
  return events
}

export function eventCases(open: OpenBroker): void {
  describe('the events', () => {
    it('tell the life of a task in order', async () => {
      await using fixture = await open()
      const { lastSeq } = await fixture.broker.overview()
      const { id } = await submitOne(fixture.broker, { name: 'flaky', kwargs: json({ failures: 1 }) })
      await untilFinal(fixture.broker, id)
      const events = await read(fixture.broker, 7, { after: lastSeq, filter: { taskIds: [id] } })
      expect(events.map(({ type }) => type)).toEqual([
        'task.submitted',
        'task.claimed',
        'task.started',
        'task.retrying',
        ...(events[4]!.type === 'task.scheduled' ? ['task.scheduled'] : []),
        'task.claimed',
        'task.started',
        ...(events.length > 7 ? ['task.succeeded'] : []),
      ])
      expect(events[3]!.data).toMatchObject({
        name: 'flaky',
        attempt: 1,
        error: { type: 'Error', message: 'try 1' },
      })
    })

    it('are numbered without a gap, and resume after any number', async () => {
      await using fixture = await open()
      await fixture.broker.submit(Array.from({ length: 200 }, () => ({ name: 'echo' })))
      await untilIdle(fixture.broker)
      const { lastSeq } = await fixture.broker.overview()
      const all = await read(fixture.broker, lastSeq, { after: 0 })
      expect(all.map(({ seq }) => seq)).toEqual(Array.from({ length: lastSeq }, (_, index) => index + 1))
      const rest = await read(fixture.broker, lastSeq - 333, { after: 333 })
      expect(rest).toEqual(all.slice(333))
    })

    it('reach a subscriber that waits, and no other than it asked for', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const subscription = broker.subscribe({ filter: { types: ['task.succeeded'], queue: 'b' } })
      const iterator = subscription[Symbol.asyncIterator]()
      const next = iterator.next()
      await submitOne(broker, { name: 'echo', queue: 'a' })
      const { id } = await submitOne(broker, { name: 'echo', queue: 'b' })
      const { value } = await next
      expect(value).toMatchObject({ missed: 0, events: [{ type: 'task.succeeded', queue: 'b', taskId: id }] })
      subscription.close()
      expect(await iterator.next()).toEqual({ done: true, value: undefined })
    })

    it('end for a subscriber that closes while it waits', async () => {
      await using fixture = await open()
      const subscription = fixture.broker.subscribe({ filter: { types: ['alert.raised'] } })
      const next = subscription[Symbol.asyncIterator]().next()
      subscription.close()
      subscription.close()
      expect(await next).toEqual({ done: true, value: undefined })
    })
  })
}
