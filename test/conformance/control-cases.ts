import { describe, expect, it } from 'vitest'
import { untilFinal, untilTask } from '../support/until.ts'
import type { OpenBroker } from './open-broker.ts'
import { expectRefusal } from './expect-refusal.ts'
import { FAR_AWAY, json, submitOne } from './submit-one.ts'

export function controlCases(open: OpenBroker): void {
  describe('pausing a task', () => {
    it('keeps a waiting one out of the line until it is resumed', async () => {
      await using fixture = await open()
      const { id } = await submitOne(fixture.broker, { name: 'echo', runAt: FAR_AWAY })
      expect((await fixture.broker.pauseTask(id)).state).toBe('paused')
      expect(await fixture.broker.resumeTask(id)).toMatchObject({ state: 'scheduled', runAt: FAR_AWAY })
      await fixture.broker.pauseTask(id)
      await fixture.broker.updateTask(id, { runAt: 1 })
      expect((await fixture.broker.getTask(id)).state).toBe('paused')
      await fixture.broker.resumeTask(id)
      expect((await untilFinal(fixture.broker, id)).state).toBe('succeeded')
    })

    it('stops a running one, costs it no retry, and gives back what it saved', async () => {
      await using fixture = await open()
      const { id } = await submitOne(fixture.broker, { name: 'savesItsPlace', maxRetries: 0 })
      await untilTask(fixture.broker, id, ({ progress }) => progress !== null)
      // It may have ended already when the answer comes.
      expect(['running', 'paused']).toContain((await fixture.broker.pauseTask(id)).state)
      const paused = await untilTask(fixture.broker, id, ({ state }) => state === 'paused')
      expect(paused).toMatchObject({
        attempt: 1,
        excusedAttempts: 1,
        error: null,
        workerId: null,
        isDeadLetter: false,
      })
      await fixture.broker.resumeTask(id)
      expect(await untilFinal(fixture.broker, id)).toMatchObject({
        state: 'succeeded',
        attempt: 2,
        result: '{"place":7}',
      })
      expect((await fixture.broker.attempts(id)).map(({ outcome }) => outcome)).toEqual([
        'paused',
        'succeeded',
      ])
    })

    it('stops a running one that never looks up', async () => {
      await using fixture = await open()
      const { id } = await submitOne(fixture.broker, { name: 'spin' })
      await untilTask(fixture.broker, id, ({ progress }) => progress !== null)
      await fixture.broker.pauseTask(id)
      expect((await untilTask(fixture.broker, id, ({ state }) => state === 'paused')).excusedAttempts).toBe(1)
    })

    it('lets a paused one be cancelled', async () => {
      await using fixture = await open()
      const { id } = await submitOne(fixture.broker, { name: 'echo', runAt: FAR_AWAY })
      await fixture.broker.pauseTask(id)
      expect((await fixture.broker.cancel(id, { terminate: false })).state).toBe('cancelled')
    })

    it('of a paused or final task is refused, and so is resuming one that is not paused', async () => {
      await using fixture = await open()
      const { id } = await submitOne(fixture.broker, { name: 'echo', runAt: FAR_AWAY })
      await expectRefusal(fixture.broker.resumeTask(id), 'INVALID_STATE')
      await fixture.broker.pauseTask(id)
      await expectRefusal(fixture.broker.pauseTask(id), 'INVALID_STATE')
      await fixture.broker.cancel(id, { terminate: false })
      await expectRefusal(fixture.broker.pauseTask(id), 'INVALID_STATE')
      await expectRefusal(fixture.broker.pauseTask('nope'), 'TASK_NOT_FOUND')
      await expectRefusal(fixture.broker.resumeTask('nope'), 'TASK_NOT_FOUND')
    })
  })

  describe('a checkpoint', () => {
    it('is there for the next attempt after a failure', async () => {
      await using fixture = await open()
      const { id } = await submitOne(fixture.broker, { name: 'savesThenFails', maxRetries: 1 })
      expect(await untilFinal(fixture.broker, id)).toMatchObject({
        state: 'succeeded',
        attempt: 2,
        result: '["saved",9007199254740993]',
      })
    })
  })

  describe('updating a task', () => {
    it('changes what waits, and keeps the rest', async () => {
      await using fixture = await open()
      const { id } = await submitOne(fixture.broker, {
        name: 'explode',
        queue: 'a',
        kwargs: json({ a: 1 }),
        runAt: FAR_AWAY,
        priority: 2,
      })
      const changes = {
        name: 'echo',
        queue: 'b',
        kwargs: json({ a: 2 }),
        priority: 9,
        metadata: { why: 'typo' },
      }
      expect(await fixture.broker.updateTask(id, changes)).toMatchObject({
        ...changes,
        state: 'scheduled',
        runAt: FAR_AWAY,
      })
      expect((await fixture.broker.getQueue('a')).counts.scheduled).toBe(0)
      expect((await fixture.broker.getQueue('b')).counts.scheduled).toBe(1)
      await fixture.broker.updateTask(id, { runAt: 0 })
      expect(await untilFinal(fixture.broker, id)).toMatchObject({
        state: 'succeeded',
        result: '{"args":[],"kwargs":{"a":2}}',
      })
    })

    it('is refused for a running or final task, and for a value out of range', async () => {
      await using fixture = await open()
      const { id } = await submitOne(fixture.broker, { name: 'untilAborted' })
      await untilTask(fixture.broker, id, ({ progress }) => progress !== null)
      await expectRefusal(fixture.broker.updateTask(id, { priority: 1 }), 'INVALID_STATE')
      await fixture.broker.cancel(id, { terminate: true })
      await untilFinal(fixture.broker, id)
      await expectRefusal(fixture.broker.updateTask(id, { priority: 1 }), 'INVALID_STATE')
      await expectRefusal(fixture.broker.updateTask(id, { priority: 11 }), 'INVALID_REQUEST')
      await expectRefusal(fixture.broker.updateTask('nope', {}), 'TASK_NOT_FOUND')
    })
  })

  describe('a task that waits too long', () => {
    it('is timed out without running, and is a dead letter', async () => {
      await using fixture = await open()
      const { broker } = fixture
      await submitOne(broker, { name: 'echo', queue: 'q', runAt: FAR_AWAY })
      await broker.setQueuePaused('q', true)
      const { id } = await submitOne(broker, { name: 'echo', queue: 'q', queueTimeoutMs: 150 })
      const task = await untilFinal(broker, id)
      expect(task).toMatchObject({ state: 'timed_out', attempt: 0, startedAt: null, isDeadLetter: true })
      expect(task.error).toMatchObject({
        type: 'QueueTimeoutError',
        message: expect.stringContaining('0.15 s'),
      })
      expect(task.finishedAt! - task.runAt).toBeGreaterThanOrEqual(150)
    })

    it('is not one that started in time, however long it runs', async () => {
      await using fixture = await open()
      const { broker } = fixture
      await submitOne(broker, { name: 'echo', queue: 'q', runAt: FAR_AWAY })
      await broker.setQueuePaused('q', true)
      const { id } = await submitOne(broker, { name: 'untilAborted', queueTimeoutMs: 60_000 })
      await untilTask(broker, id, ({ progress }) => progress !== null)
      fixture.advance(60_001)
      // The broker looks at the clock when something becomes due, and then at all that waits.
      const late = await submitOne(broker, { name: 'echo', queue: 'q', queueTimeoutMs: 1 })
      expect((await untilFinal(broker, late.id)).state).toBe('timed_out')
      expect((await broker.getTask(id)).state).toBe('running')
    })
  })
}
