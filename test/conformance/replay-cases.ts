import { describe, expect, it } from 'vitest'
import { untilFinal } from '../support/until.ts'
import type { OpenBroker } from './open-broker.ts'
import { expectRefusal } from './expect-refusal.ts'
import { FAR_AWAY, json, submitOne } from './submit-one.ts'

export function replayCases(open: OpenBroker): void {
  describe('a replay', () => {
    it('is a new, linked task with the same input; the original stays as it is', async () => {
      await using fixture = await open()
      const given = { name: 'echo', queue: 'q', priority: 8, kwargs: json({ a: 1 }), metadata: { team: 'x' } }
      const { id } = await submitOne(fixture.broker, given)
      const original = await untilFinal(fixture.broker, id)
      const replay = await fixture.broker.replay(id, {})
      expect(replay.id).not.toBe(id)
      expect(await untilFinal(fixture.broker, replay.id)).toMatchObject({
        ...given,
        replayOf: id,
        state: 'succeeded',
      })
      expect(await fixture.broker.getTask(id)).toEqual(original)
    })

    it('takes changes, and keeps the rest', async () => {
      await using fixture = await open()
      const { id } = await submitOne(fixture.broker, { name: 'echo', kwargs: json({ a: 1 }), priority: 2 })
      await untilFinal(fixture.broker, id)
      const replay = await fixture.broker.replay(id, { kwargs: json({ a: 2 }), queue: 'other' })
      const task = await untilFinal(fixture.broker, replay.id)
      expect(task).toMatchObject({ kwargs: '{"a":2}', queue: 'other', priority: 2 })
    })

    it('takes a dead letter out of the dead letters', async () => {
      await using fixture = await open()
      const { id } = await submitOne(fixture.broker, { name: 'explode', maxRetries: 0 })
      await untilFinal(fixture.broker, id)
      await fixture.broker.replay(id, { runAt: FAR_AWAY })
      expect(await fixture.broker.getTask(id)).toMatchObject({ state: 'failed', isDeadLetter: false })
      expect((await fixture.broker.overview()).deadLetters).toBe(0)
    })

    it('of a task that is not final is refused', async () => {
      await using fixture = await open()
      const { id } = await submitOne(fixture.broker, { name: 'echo', runAt: FAR_AWAY })
      await expectRefusal(fixture.broker.replay(id, {}), 'INVALID_STATE')
    })

    it('with a change out of range is refused and makes nothing', async () => {
      await using fixture = await open()
      const { id } = await submitOne(fixture.broker, { name: 'echo' })
      await untilFinal(fixture.broker, id)
      await expectRefusal(fixture.broker.replay(id, { priority: 11 }), 'INVALID_REQUEST')
      expect(await fixture.broker.countTasks({})).toBe(1)
    })
  })
}
