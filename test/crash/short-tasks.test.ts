import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Json, JsonText } from '../../src/shared/domain/json.ts'
import type { Task } from '../../src/shared/domain/task.ts'
import { openTestBroker, type TestBroker } from '../support/open-test-broker.ts'
import { untilFinal, untilIdle } from '../support/until.ts'

/** A handler that is short until it is told otherwise. */
const taskFiles = {
  'short.ts': `
    export async function short({ kwargs }: any, context: any) {
      if (kwargs.do === 'hang') for (;;);
      if (kwargs.do === 'exit') process.exit(3)
      if (kwargs.do === 'kill') process.kill(process.pid, 'SIGKILL')
      if (kwargs.do === 'wait') await new Promise((done) => context.signal.addEventListener('abort', done))
      if (kwargs.do === 'tell') context.log.info('told')
      return kwargs.index ?? null
    }`,
}
const COUNT = 120

describe('short tasks, which threads get several at a time', { timeout: 120_000 }, () => {
  let fixture: TestBroker
  beforeAll(async () => {
    fixture = await openTestBroker({ taskFiles })
    await run(() => ({}))
  }, 60_000)
  afterAll(() => fixture[Symbol.asyncDispose]())

  /** Lets go of many at once, one of which does something else; answers with all of them, ended. */
  async function run(odd: () => Record<string, Json>, oddOptions: object = {}): Promise<readonly Task[]> {
    const { broker } = fixture
    await broker.updateQueue('short', {})
    await broker.setQueuePaused('short', true)
    const receipts = await broker.submit(
      Array.from({ length: COUNT }, (_, index) => ({
        name: 'short',
        queue: 'short',
        kwargs: JSON.stringify({ index, ...(index === COUNT / 2 ? odd() : {}) }) as JsonText,
        maxRetries: 0,
        ...(index === COUNT / 2 ? oddOptions : {}),
      })),
    )
    await broker.setQueuePaused('short', false)
    await untilIdle(broker)
    return Promise.all(receipts.map(({ id }) => untilFinal(broker, id)))
  }
  const odd = (tasks: readonly Task[]) => tasks[COUNT / 2]!
  const others = (tasks: readonly Task[]) => tasks.toSpliced(COUNT / 2, 1)

  function expectUnharmed(tasks: readonly Task[]): void {
    for (const task of tasks) expect(task).toMatchObject({ state: 'succeeded', attempt: 1, crashes: 0 })
    expect(tasks.map(({ kwargs, result }) => JSON.parse(kwargs).index === JSON.parse(result!))).not.toContain(
      false,
    )
  }

  it('all end well, each started once', async () => {
    expectUnharmed(await run(() => ({ do: 'tell' })))
  })

  it('are not held up by one among them that hangs, which alone times out', async () => {
    const tasks = await run(() => ({ do: 'hang' }), { timeoutMs: 400 })
    expectUnharmed(others(tasks))
    expect(odd(tasks)).toMatchObject({ state: 'timed_out', error: { type: 'TimeoutError' } })
  })

  it('are unharmed by one among them that ends its thread, which alone fails', async () => {
    const tasks = await run(() => ({ do: 'exit' }))
    expectUnharmed(others(tasks))
    expect(odd(tasks)).toMatchObject({ state: 'failed', error: { type: 'ThreadExitError' } })
  })

  it('can be cancelled one by one', async () => {
    const { broker } = fixture
    const waiting = run(() => ({ do: 'wait' }))
    const started = broker.subscribe({ after: 0, filter: { types: ['task.started'], queue: 'short' } })
    const isLast = async (id: string) => (await broker.getTask(id)).kwargs.includes('wait')
    for await (const { events } of started) {
      const found = await Promise.all(events.map(({ taskId }) => isLast(taskId!)))
      if (!found.includes(true)) continue
      await broker.cancel(events[found.indexOf(true)]!.taskId!, { terminate: false })
      break
    }
    const tasks = await waiting
    expectUnharmed(others(tasks))
    expect(odd(tasks).state).toBe('cancelled')
  })

  it('go on when one of them kills the executor, and only that one is quarantined', async () => {
    const tasks = await run(() => ({ do: 'kill' }))
    for (const task of others(tasks)) expect(task).toMatchObject({ state: 'succeeded', crashes: 0 })
    expect(odd(tasks)).toMatchObject({ state: 'failed', crashes: 3, error: { type: 'PoisonTaskError' } })
  })
})
