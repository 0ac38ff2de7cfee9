import { describe, expect, it } from 'vitest'
import { systemClock } from '../../src/server/clock.ts'
import { forkExecutor } from '../../src/server/local/executor/fork-executor.ts'
import { openLocalBroker } from '../../src/server/local/open-local-broker.ts'
import { sourceEntries } from '../support/source-entries.ts'
import { openTestBroker } from '../support/open-test-broker.ts'
import { untilFinal, untilTask } from '../support/until.ts'
import { FAR_AWAY, json, submitOne } from '../conformance/submit-one.ts'

const taskFiles = {
  'hold.ts': `
    export async function hold(_input: any, context: any) {
      if (context.attempt > 1) return 'again'
      context.progress(0.5)
      await new Promise(() => setInterval(() => {}, 1000))
    }
    export const fail_now = () => { throw Object.assign(new Error('later'), { retryAfterMs: 3_600_000 }) }
    export const echo = ({ kwargs }: any) => kwargs`,
}

describe('stopping and starting again', () => {
  it('finds everything there, and unfinished tasks go on', async () => {
    await using first = await openTestBroker({ taskFiles })
    const done = await submitOne(first.broker, { name: 'echo', kwargs: json({ a: 1 }) })
    const finished = await untilFinal(first.broker, done.id)
    const later = await submitOne(first.broker, { name: 'echo', runAt: FAR_AWAY })
    const retrying = await submitOne(first.broker, { name: 'fail_now' })
    await untilTask(first.broker, retrying.id, ({ state }) => state === 'retrying')
    const running = await submitOne(first.broker, { name: 'hold', maxRetries: 0 })
    await untilTask(first.broker, running.id, ({ progress }) => progress !== null)
    const { lastSeq, totals } = await first.broker.overview()

    await using second = await first.reopen()
    expect(await second.broker.getTask(done.id)).toEqual(finished)
    expect((await second.broker.getTask(later.id)).state).toBe('scheduled')
    expect((await second.broker.getTask(retrying.id)).state).toBe('retrying')
    const again = await untilFinal(second.broker, running.id)
    expect(again).toMatchObject({
      state: 'succeeded',
      result: '"again"',
      attempt: 2,
      excusedAttempts: 1,
      crashes: 0,
    })
    expect((await second.broker.attempts(running.id)).map(({ outcome }) => outcome)).toEqual([
      'lost',
      'succeeded',
    ])
    const after = await second.broker.overview()
    expect(after.totals.submitted).toBe(totals.submitted)
    expect(after.lastSeq).toBeGreaterThan(lastSeq)
  })

  it('keeps a paused queue paused', async () => {
    await using first = await openTestBroker({ taskFiles })
    await submitOne(first.broker, { name: 'echo', queue: 'q', runAt: FAR_AWAY })
    await first.broker.setQueuePaused('q', true)
    await using second = await first.reopen()
    expect((await second.broker.getQueue('q')).isPaused).toBe(true)
  })

  it('refuses a folder that another broker has open, by name', async () => {
    await using first = await openTestBroker()
    const second = openLocalBroker({
      dataFolder: first.dataFolder,
      tasksFolder: first.tasksFolder,
      threads: 1,
      clock: systemClock,
      startExecutor: forkExecutor,
      entries: sourceEntries,
      onProblem: () => {},
    })
    await expect(second).rejects.toMatchObject({
      name: 'FolderInUseError',
      message: expect.stringContaining(`process ${process.pid}`),
    })
  })
})
