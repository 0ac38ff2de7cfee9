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
    export const echo = ({ kwargs }: any) => kwargs
    export const parents = (_input: any, context: any) => context.parents`,
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

  it('goes on with a workflow that was half-way, and its children find what was there before', async () => {
    await using first = await openTestBroker({ taskFiles })
    const { id, nodes } = await first.broker.submitWorkflow({
      name: 'w',
      nodes: [
        { key: 'done', parents: [], onFailure: 'fail', task: { name: 'echo', kwargs: json({ a: 1 }) } },
        { key: 'interrupted', parents: ['done'], onFailure: 'fail', task: { name: 'hold' } },
        { key: 'last', parents: ['done', 'interrupted'], onFailure: 'fail', task: { name: 'parents' } },
      ],
    })
    await untilTask(first.broker, nodes[1]!.taskId, ({ progress }) => progress !== null)
    expect((await first.broker.getWorkflow(id)).counts).toMatchObject({
      succeeded: 1,
      running: 1,
      scheduled: 1,
    })

    await using second = await first.reopen()
    const last = await untilFinal(second.broker, nodes[2]!.taskId)
    expect(JSON.parse(last.result!)).toEqual({ done: { a: 1 }, interrupted: 'again' })
    expect(await second.broker.getWorkflow(id)).toMatchObject({ state: 'succeeded', progress: 1 })
  })

  it('fires a schedule once for what it missed, and remembers what it fired', async () => {
    let aheadMs = 0
    const clock = { now: () => Date.now() + aheadMs, monotonic: () => performance.now() }
    await using first = await openTestBroker({ taskFiles, clock })
    const timing = { kind: 'interval', everyMs: 3_600_000 } as const
    const { id, createdAt } = await first.broker.createSchedule({ name: 's', timing, task: { name: 'echo' } })
    aheadMs = 5.5 * 3_600_000
    await using second = await first.reopen()
    const fired = await second.broker.getSchedule(id)
    expect(fired).toMatchObject({ fires: 1, lastFireAt: createdAt + 5 * 3_600_000 })
    expect((await untilFinal(second.broker, fired.lastTaskId!)).state).toBe('succeeded')
    await using third = await second.reopen()
    expect(await third.broker.getSchedule(id)).toEqual(fired)
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
