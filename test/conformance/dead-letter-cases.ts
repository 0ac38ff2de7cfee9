import { describe, expect, it } from 'vitest'
import type { Broker } from '../../src/shared/domain/broker.ts'
import { untilIdle } from '../support/until.ts'
import type { OpenBroker } from './open-broker.ts'
import { expectRefusal } from './expect-refusal.ts'
import { json } from './submit-one.ts'

async function fail(
  broker: Broker,
  messages: readonly string[],
  queue = 'default',
): Promise<readonly string[]> {
  const receipts = await broker.submit(
    messages.map((message) => ({ name: 'explode', maxRetries: 0, queue, kwargs: json({ message }) })),
  )
  await untilIdle(broker)
  return receipts.map(({ id }) => id)
}

export function deadLetterCases(open: OpenBroker): void {
  describe('dead letters', () => {
    it('are grouped by error, whatever numbers and ids their messages hold', async () => {
      await using fixture = await open()
      await fail(fixture.broker, ['order 17 not found', 'order 18 not found'])
      await fail(fixture.broker, ['disk full'], 'other')
      const groups = await fixture.broker.failureGroups({ limit: 10 })
      expect(groups).toHaveLength(2)
      expect(groups.find(({ count }) => count === 2)).toMatchObject({
        type: 'RangeError',
        queues: ['default'],
        names: ['explode'],
      })
      expect(await fixture.broker.failureGroups({ queue: 'other', limit: 10 })).toMatchObject([
        { count: 1, message: 'disk full' },
      ])
    })

    it('are reprocessed in the order asked, as new tasks', async () => {
      await using fixture = await open()
      const [first, second, third] = await fail(fixture.broker, ['a', 'b', 'c'])
      const receipts = await fixture.broker.reprocessDeadLetters('default', { taskIds: [third!, first!] })
      const replays = await Promise.all(receipts.map(({ id }) => fixture.broker.getTask(id)))
      expect(replays.map(({ replayOf }) => replayOf)).toEqual([third, first])
      expect(
        await fixture.broker.listTasks({ isDeadLetter: true, createdBefore: receipts[0]!.createdAt }),
      ).toMatchObject({
        tasks: [{ id: second }],
      })
    })

    it('of a queue are reprocessed together, oldest first', async () => {
      await using fixture = await open()
      const ids = await fail(fixture.broker, ['a', 'b', 'c'])
      await fail(fixture.broker, ['elsewhere'], 'other')
      const receipts = await fixture.broker.reprocessDeadLetters('default', 'all')
      const replays = await Promise.all(receipts.map(({ id }) => fixture.broker.getTask(id)))
      expect(replays.map(({ replayOf }) => replayOf)).toEqual(ids)
      expect((await fixture.broker.getQueue('other')).deadLetters).toBe(1)
    })

    it('are not touched at all when one id is none of them', async () => {
      await using fixture = await open()
      const [id] = await fail(fixture.broker, ['a'])
      const [elsewhere] = await fail(fixture.broker, ['b'], 'other')
      const details = await expectRefusal(
        fixture.broker.reprocessDeadLetters('default', { taskIds: [id!, elsewhere!] }),
        'TASK_NOT_FOUND',
      )
      expect(details).toEqual({ taskId: elsewhere })
      expect((await fixture.broker.overview()).deadLetters).toBe(2)
      expect(await fixture.broker.countTasks({})).toBe(2)
    })

    it('are gone once purged, and purged once', async () => {
      await using fixture = await open()
      const [first] = await fail(fixture.broker, ['a', 'b', 'c'])
      expect(await fixture.broker.purgeDeadLetters('default', { taskIds: [first!] })).toBe(1)
      expect(await fixture.broker.purgeDeadLetters('default', 'all')).toBe(2)
      expect(await fixture.broker.purgeDeadLetters('default', 'all')).toBe(0)
      expect(await fixture.broker.countTasks({})).toBe(0)
      expect((await fixture.broker.overview()).deadLetters).toBe(0)
    })
  })
}
