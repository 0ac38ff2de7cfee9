import { describe, expect, it } from 'vitest'
import { untilFinal, untilTask } from '../support/until.ts'
import type { OpenBroker } from './open-broker.ts'
import { expectRefusal } from './expect-refusal.ts'
import { submitOne } from './submit-one.ts'

export function deleteCases(open: OpenBroker): void {
  describe('deleting', () => {
    it('removes a finished task with everything about it, and keeps what was counted', async () => {
      await using fixture = await open()
      const { id } = await submitOne(fixture.broker, { name: 'talkative' })
      await untilFinal(fixture.broker, id)
      await fixture.broker.deleteTask(id)
      await expectRefusal(fixture.broker.getTask(id), 'TASK_NOT_FOUND')
      await expectRefusal(fixture.broker.progressHistory(id, { limit: 1 }), 'TASK_NOT_FOUND')
      const { counts, totals } = await fixture.broker.overview()
      expect({ now: counts.succeeded, ever: totals.succeeded }).toEqual({ now: 0, ever: 1 })
    })

    it('is refused while the task runs', async () => {
      await using fixture = await open()
      const { id } = await submitOne(fixture.broker, { name: 'untilAborted' })
      await untilTask(fixture.broker, id, ({ progress }) => progress !== null)
      await expectRefusal(fixture.broker.deleteTask(id), 'INVALID_STATE')
    })

    it('never gives a number out again', async () => {
      await using fixture = await open()
      const first = await submitOne(fixture.broker, { name: 'echo' })
      await untilFinal(fixture.broker, first.id)
      await fixture.broker.deleteTask(first.id)
      expect((await submitOne(fixture.broker, { name: 'echo' })).number).toBeGreaterThan(first.number)
    })

    it('of an unknown task is refused', async () => {
      await using fixture = await open()
      await expectRefusal(fixture.broker.deleteTask('nope'), 'TASK_NOT_FOUND')
    })
  })
}
