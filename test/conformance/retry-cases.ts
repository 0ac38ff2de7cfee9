import { describe, expect, it } from 'vitest'
import { untilFinal, untilTask } from '../support/until.ts'
import type { OpenBroker } from './open-broker.ts'
import { json, submitOne } from './submit-one.ts'

export function retryCases(open: OpenBroker): void {
  describe('an attempt that fails', () => {
    it('is retried with back-off, and says when', async () => {
      await using fixture = await open()
      const backoff = { baseMs: 3_600_000, factor: 1, capMs: 3_600_000, jitter: 'none' as const }
      const { id } = await submitOne(fixture.broker, { name: 'explode', backoff })
      const task = await untilTask(fixture.broker, id, ({ state }) => state === 'retrying')
      expect(task).toMatchObject({
        attempt: 1,
        isDeadLetter: false,
        error: { type: 'RangeError', message: 'boom' },
      })
      const [attempt] = await fixture.broker.attempts(id)
      expect(task.runAt).toBe(attempt!.finishedAt + 3_600_000)
      expect(attempt).toMatchObject({ attempt: 1, outcome: 'failed', retryAt: task.runAt })
    })

    it('is run again until it succeeds, and no attempt is forgotten', async () => {
      await using fixture = await open()
      const { id } = await submitOne(fixture.broker, { name: 'flaky', kwargs: json({ failures: 2 }) })
      expect(await untilFinal(fixture.broker, id)).toMatchObject({
        state: 'succeeded',
        attempt: 3,
        result: '3',
        error: null,
      })
      expect(await fixture.broker.attempts(id)).toMatchObject([
        { attempt: 1, outcome: 'failed', error: { message: 'try 1' } },
        { attempt: 2, outcome: 'failed', error: { message: 'try 2' } },
        { attempt: 3, outcome: 'succeeded', error: null, retryAt: null },
      ])
    })

    it('is a dead letter with its traceback and cause when no retry is left', async () => {
      await using fixture = await open()
      const { id } = await submitOne(fixture.broker, {
        name: 'explode',
        maxRetries: 0,
        kwargs: json({ message: 'late' }),
      })
      const task = await untilFinal(fixture.broker, id)
      expect(task).toMatchObject({ state: 'failed', isDeadLetter: true, attempt: 1 })
      expect(task.error).toMatchObject({ type: 'RangeError', message: 'late', cause: 'Error: the cause' })
      expect(task.error!.traceback).toContain('handlers.ts:8')
    })

    it('is run maxRetries times more, and not once more', async () => {
      await using fixture = await open()
      const { id } = await submitOne(fixture.broker, {
        name: 'flaky',
        maxRetries: 2,
        kwargs: json({ failures: 99 }),
      })
      expect(await untilFinal(fixture.broker, id)).toMatchObject({
        state: 'failed',
        attempt: 3,
        isDeadLetter: true,
      })
      expect(await fixture.broker.attempts(id)).toHaveLength(3)
    })

    it('is dead at once when its error says that a retry is no use', async () => {
      await using fixture = await open()
      const { id } = await submitOne(fixture.broker, { name: 'hopeless' })
      expect(await untilFinal(fixture.broker, id)).toMatchObject({
        state: 'failed',
        attempt: 1,
        isDeadLetter: true,
      })
    })

    it('is dead at once when its handler refuses the input', async () => {
      await using fixture = await open()
      const { id } = await submitOne(fixture.broker, {
        name: 'strict_input',
        kwargs: json({ width: 'wide' }),
      })
      const task = await untilFinal(fixture.broker, id)
      expect(task).toMatchObject({ state: 'failed', attempt: 1 })
      expect(task.error).toMatchObject({ type: 'InvalidInputError', message: 'width must be a number' })
    })
  })

  describe('an attempt past its limit', () => {
    it('is stopped though it never looks up, while others finish', async () => {
      await using fixture = await open()
      const [stuck, other] = await fixture.broker.submit([
        { name: 'spin', timeoutMs: 200, maxRetries: 0 },
        { name: 'echo', queue: 'other' },
      ])
      expect((await untilFinal(fixture.broker, other!.id)).state).toBe('succeeded')
      const task = await untilFinal(fixture.broker, stuck!.id)
      expect(task).toMatchObject({ state: 'timed_out', isDeadLetter: true, error: { type: 'TimeoutError' } })
      expect(task.error!.message).toContain('200 ms')
    })

    it('hears of it first, and is timed out however it ends then', async () => {
      await using fixture = await open()
      const { id } = await submitOne(fixture.broker, { name: 'untilAborted', timeoutMs: 100, maxRetries: 0 })
      expect(await untilFinal(fixture.broker, id)).toMatchObject({
        state: 'timed_out',
        error: { type: 'TimeoutError' },
      })
    })

    it('is retried like a failed one', async () => {
      await using fixture = await open()
      const backoff = { baseMs: 0, factor: 1, capMs: 0, jitter: 'none' as const }
      const { id } = await submitOne(fixture.broker, {
        name: 'untilAborted',
        timeoutMs: 50,
        maxRetries: 1,
        backoff,
      })
      expect(await untilFinal(fixture.broker, id)).toMatchObject({ state: 'timed_out', attempt: 2 })
      expect((await fixture.broker.attempts(id)).map(({ outcome }) => outcome)).toEqual([
        'timed_out',
        'timed_out',
      ])
    })
  })
}
