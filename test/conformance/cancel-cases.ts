import { describe, expect, it } from 'vitest'
import { untilFinal, untilTask } from '../support/until.ts'
import type { OpenBroker } from './open-broker.ts'
import { expectRefusal } from './expect-refusal.ts'
import { FAR_AWAY, submitOne } from './submit-one.ts'

export function cancelCases(open: OpenBroker): void {
  describe('cancelling', () => {
    it('ends a scheduled task at once', async () => {
      await using fixture = await open()
      const { id } = await submitOne(fixture.broker, { name: 'echo', runAt: FAR_AWAY })
      const task = await fixture.broker.cancel(id, { terminate: false })
      expect(task).toMatchObject({ state: 'cancelled', attempt: 0, isDeadLetter: false })
      expect(task.finishedAt).not.toBeNull()
    })

    it('ends a task that waits for its retry', async () => {
      await using fixture = await open()
      const backoff = { baseMs: 3_600_000, factor: 1, capMs: 3_600_000, jitter: 'none' as const }
      const { id } = await submitOne(fixture.broker, { name: 'explode', backoff })
      await untilTask(fixture.broker, id, ({ state }) => state === 'retrying')
      expect((await fixture.broker.cancel(id, { terminate: false })).state).toBe('cancelled')
    })

    it('asks a running handler, which ends by its signal', async () => {
      await using fixture = await open()
      const { id } = await submitOne(fixture.broker, { name: 'untilAborted' })
      await untilTask(fixture.broker, id, ({ progress }) => progress !== null)
      const asked = await fixture.broker.cancel(id, { terminate: false })
      // It may have ended already when the answer comes.
      expect(['running', 'cancelled']).toContain(asked.state)
      expect(asked.isCancelRequested).toBe(true)
      expect(await untilFinal(fixture.broker, id)).toMatchObject({
        state: 'cancelled',
        attempt: 1,
        isDeadLetter: false,
      })
    })

    it('with terminate stops a handler that never looks up, and no other', async () => {
      await using fixture = await open()
      const [stuck, other] = await fixture.broker.submit([{ name: 'spin' }, { name: 'untilAborted' }])
      await untilTask(fixture.broker, stuck!.id, ({ progress }) => progress !== null)
      await untilTask(fixture.broker, other!.id, ({ progress }) => progress !== null)
      await fixture.broker.cancel(stuck!.id, { terminate: true })
      expect((await untilFinal(fixture.broker, stuck!.id)).state).toBe('cancelled')
      expect((await fixture.broker.getTask(other!.id)).state).toBe('running')
    })

    it('of a final task is refused, naming its state', async () => {
      await using fixture = await open()
      const { id } = await submitOne(fixture.broker, { name: 'echo' })
      await untilFinal(fixture.broker, id)
      const details = await expectRefusal(fixture.broker.cancel(id, { terminate: true }), 'INVALID_STATE')
      expect(details).toEqual({ taskId: id, state: 'succeeded', wanted: 'cancelled' })
    })

    it('of an unknown task is refused', async () => {
      await using fixture = await open()
      await expectRefusal(fixture.broker.cancel('nope', { terminate: false }), 'TASK_NOT_FOUND')
    })
  })
}
