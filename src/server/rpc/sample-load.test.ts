import { describe, expect, it, vi } from 'vitest'
import { BrokerError, queueNotFound, taskNotFound } from '../../shared/domain/errors.ts'
import type { SubmitTask, TaskReceipt, TaskSummary } from '../../shared/domain/task.ts'
import { createSampleLoad, type SampleLoadDependencies } from './sample-load.ts'
import { sampleTask } from './sample-task.ts'

describe('the sample load', () => {
  it('submits 2,000 tasks over a minute, in the queue `sample`', async () => {
    const { load, submitted, time } = open()

    expect(await load.run()).toEqual({ queue: 'sample', tasks: 2000 })
    expect(load.status()).toMatchObject({ isRunning: true })
    await time.runAll()

    expect(submitted).toHaveLength(2000)
    expect(new Set(submitted.map(({ queue }) => queue))).toEqual(new Set(['sample']))
    expect(load.status()).toEqual({ isRunning: false, submitted: 2000, tasks: 2000 })
    expect(time.now()).toBeGreaterThan(50_000)
    expect(time.now()).toBeLessThan(70_000)
  })

  it('is not doubled by a second start', async () => {
    const { load, submitted, time } = open()
    await load.run()
    await load.run()
    await time.runAll()
    expect(submitted).toHaveLength(2000)
  })

  it('can be run again once it is over', async () => {
    const { load, submitted, time } = open()
    await load.run()
    await time.runAll()
    await load.run()
    await time.runAll()
    expect(submitted).toHaveLength(4000)
  })

  it('tells the caller when the first submit is refused, and is not running then', async () => {
    const { load, broker } = open()
    broker.submit.mockRejectedValueOnce(new BrokerError('NOT_SUPPORTED', 'no', { operation: 'submit' }))
    await expect(load.run()).rejects.toMatchObject({ code: 'NOT_SUPPORTED' })
    expect(load.status()).toMatchObject({ isRunning: false, submitted: 0 })
  })

  it('stops when a later submit fails, and logs it once', async () => {
    const { load, broker, time, logged } = open()
    await load.run()
    broker.submit.mockRejectedValueOnce(new Error('disk on fire'))
    await time.runAll()
    expect(load.status()).toMatchObject({ isRunning: false, submitted: 10 })
    expect(logged).toHaveBeenCalledOnce()
  })

  it('submits nothing after it was stopped', async () => {
    const { load, submitted, time } = open()
    await load.run()
    await load.stop()
    await time.runAll()
    expect(submitted).toHaveLength(10)
  })

  it('clears what waits and what is finished, and counts both', async () => {
    const { load, broker, time, submitted } = open()
    await load.run()
    broker.purgeQueue.mockResolvedValueOnce(7)
    broker.listTasks.mockResolvedValueOnce({ tasks: summaries('a', 'b'), next: 'more' })
    broker.listTasks.mockResolvedValueOnce({ tasks: summaries('c', 'gone'), next: null })
    broker.deleteTask.mockImplementation(async (id) => {
      if (id === 'gone') throw taskNotFound(id)
    })

    expect(await load.clear()).toBe(7 + 3)

    await time.runAll()
    expect(submitted).toHaveLength(10)
    expect(load.status()).toMatchObject({ isRunning: false })
  })

  it('clears nothing where there is no such queue yet', async () => {
    const { load, broker } = open()
    broker.purgeQueue.mockRejectedValueOnce(queueNotFound('sample'))
    expect(await load.clear()).toBe(0)
  })
})

describe('the mixture of the sample load', () => {
  const tasks = sample(20_000)
  const named = (name: string) => tasks.filter((task) => task.name === name)

  it('is mostly short sleeps, with few that fail', () => {
    expect(named('sleep').length / tasks.length).toBeGreaterThan(0.94)
    expect(named('fail').length / tasks.length).toBeGreaterThan(0.02)
    expect(named('fail').length / tasks.length).toBeLessThan(0.04)
    expect(named('demo').length).toBeGreaterThan(0)
    for (const { kwargs } of named('sleep')) {
      const { ms } = JSON.parse(kwargs!) as { ms: number }
      expect(ms).toBeGreaterThanOrEqual(5)
      expect(ms).toBeLessThanOrEqual(60)
    }
  })

  it('fails with different messages, with and without a retry', () => {
    expect(new Set(named('fail').map(({ kwargs }) => kwargs)).size).toBeGreaterThan(2)
    expect(new Set(named('fail').map(({ maxRetries }) => maxRetries))).toEqual(new Set([0, 1]))
  })

  it('leaves half of four threads free', () => {
    const threadMs = tasks.reduce((sum, { name, kwargs }) => {
      const input = JSON.parse(kwargs!) as { ms?: number; count?: number }
      return sum + (name === 'demo' ? input.count! * 500 : (input.ms ?? 0))
    }, 0)
    const tasksPerSecond = 2000 / 60
    expect((threadMs / 1000 / tasks.length) * tasksPerSecond).toBeLessThan(2)
  })
})

function open() {
  const submitted: SubmitTask[] = []
  const broker = {
    submit: vi.fn<SampleLoadDependencies['broker']['submit']>(async (tasks) => {
      submitted.push(...tasks)
      return [] as readonly TaskReceipt[]
    }),
    purgeQueue: vi.fn<SampleLoadDependencies['broker']['purgeQueue']>(async () => 0),
    listTasks: vi.fn<SampleLoadDependencies['broker']['listTasks']>(async () => ({ tasks: [], next: null })),
    deleteTask: vi.fn<SampleLoadDependencies['broker']['deleteTask']>(async () => {}),
  }
  const time = countedTime()
  const logged = vi.fn<(details: object, message: string) => void>()
  const load = createSampleLoad({ broker, timers: time, random: dice(), logger: { error: logged } as never })
  return { load, broker, submitted, time, logged }
}

function summaries(...ids: readonly string[]) {
  return ids.map((id) => ({ id }) as TaskSummary)
}

function sample(count: number): SubmitTask[] {
  const random = dice()
  return Array.from({ length: count }, () => sampleTask(random))
}

/** Numbers in [0, 1) that look random and are the same in every run. */
function dice(): () => number {
  let seed = 1
  return () => {
    seed = (seed * 48_271) % 2_147_483_647
    return seed / 2_147_483_647
  }
}

/** Runs every timer in turn, and counts how much time that would have taken. */
function countedTime() {
  let now = 0
  let next: { delayMs: number; run: () => void } | null = null
  return {
    now: () => now,
    after(delayMs: number, run: () => void) {
      const timer = { delayMs, run }
      next = timer
      return () => {
        if (next === timer) next = null
      }
    },
    async runAll() {
      while (next !== null) {
        const { delayMs, run } = next
        next = null
        now += delayMs
        run()
        await new Promise((resolve) => setImmediate(resolve))
      }
    },
  }
}
