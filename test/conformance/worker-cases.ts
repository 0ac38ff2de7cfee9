import { describe, expect, it } from 'vitest'
import { type Json, NO_ARGS, toJsonText } from '../../src/shared/domain/json.ts'
import { untilFinal, untilTask } from '../support/until.ts'
import type { OpenBroker } from './open-broker.ts'
import { expectRefusal } from './expect-refusal.ts'
import { submitOne } from './submit-one.ts'

export function workerCases(open: OpenBroker): void {
  describe('a worker', () => {
    it('is listed with what it runs, and what it has done', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const done = await submitOne(broker, { name: 'echo' })
      await untilFinal(broker, done.id)
      const running = await submitOne(broker, { name: 'untilAborted', queue: 'q' })
      await untilTask(broker, running.id, ({ progress }) => progress !== null)
      const [worker] = await broker.listWorkers()
      expect(worker).toMatchObject({ kind: 'local', status: 'active', succeeded: 1, failed: 0, queues: null })
      expect(worker!.running).toMatchObject([{ taskId: running.id, name: 'untilAborted', queue: 'q' }])
      expect(await broker.getWorker(worker!.id)).toMatchObject({ id: worker!.id })
    })

    it('claims nothing while it is paused', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const [worker] = await broker.listWorkers()
      expect((await broker.setWorkerPaused(worker!.id, true)).status).toBe('paused')
      const { id, state } = await submitOne(broker, { name: 'echo' })
      expect(state).toBe('pending')
      const resumed = await broker.setWorkerPaused(worker!.id, false)
      expect(resumed.status).not.toBe('paused')
      const task = await untilFinal(broker, id)
      expect(task.claimedAt).toBeGreaterThanOrEqual(task.createdAt)
    })

    it('that nobody knows is refused', async () => {
      await using fixture = await open()
      await expectRefusal(fixture.broker.getWorker('nope'), 'WORKER_NOT_FOUND')
      await expectRefusal(fixture.broker.setWorkerPaused('nope', true), 'WORKER_NOT_FOUND')
    })
  })

  describe('the handlers', () => {
    it('are the built-in ones and those of the task files', async () => {
      await using fixture = await open()
      const { handlers, problems } = await fixture.broker.handlers()
      expect(problems).toEqual([])
      expect(handlers).toContainEqual({
        name: 'demo',
        file: null,
        timeoutMs: null,
        maxRetries: null,
        checksInput: false,
      })
      expect(handlers).toContainEqual({
        name: 'strict_input',
        file: 'handlers.ts',
        timeoutMs: 1234,
        maxRetries: 7,
        checksInput: true,
      })
      expect(handlers.map(({ name }) => name)).toEqual(expect.arrayContaining(['sleep', 'fail', 'echo']))
    })

    it('say what they have against an input, those that look at it', async () => {
      await using fixture = await open()
      const check = (name: string, kwargs: Json) =>
        fixture.broker.checkInput(name, { args: NO_ARGS, kwargs: toJsonText(kwargs) })

      expect(await check('strict_input', { width: 'wide' })).toBe('width must be a number')
      expect(await check('strict_input', { width: 7 })).toBeNull()
      expect(await check('echo', { width: 'wide' })).toBeNull()
      expect(await check('nobody_knows_this', {})).toBeNull()
    })
  })
}
