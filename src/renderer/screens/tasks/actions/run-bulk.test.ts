import { describe, expect, it } from 'vitest'
import { runBulk, type BulkStep } from './run-bulk.ts'

const many = (count: number) => Array.from({ length: count }, (_, index) => String(index))
const never = new AbortController().signal
const done: BulkStep = { kind: 'done', as: 'cancelled' }

describe('one action on many tasks', () => {
  it('counts what was done, what was left out and why, and what failed', async () => {
    const steps: Record<string, BulkStep> = {
      '0': { kind: 'skipped', reason: 'still running' },
      '1': { kind: 'failed', message: 'first' },
      '2': { kind: 'failed', message: 'second' },
    }
    const outcome = await runBulk({
      ids: many(5),
      act: async (id) => steps[id] ?? done,
      concurrency: 2,
      signal: never,
      onProgress: () => {},
    })
    expect(outcome).toEqual({
      done: new Map([['cancelled', 2]]),
      skipped: new Map([['still running', 1]]),
      failed: 2,
      failure: 'first',
      isStopped: false,
    })
  })

  it('does each task once and never more than a few at a time', async () => {
    let running = 0
    let most = 0
    const seen: string[] = []
    await runBulk({
      ids: many(50),
      act: async (id) => {
        running += 1
        most = Math.max(most, running)
        seen.push(id)
        await new Promise((resolve) => setImmediate(resolve))
        running -= 1
        return done
      },
      concurrency: 6,
      signal: never,
      onProgress: () => {},
    })
    expect(most).toBe(6)
    expect(seen.toSorted()).toEqual(many(50).toSorted())
  })

  it('reads ids as they come, page by page', async () => {
    async function* pages() {
      yield* many(3)
      await Promise.resolve()
      yield 'last'
    }
    const progress: number[] = []
    const outcome = await runBulk({
      ids: pages(),
      act: async () => done,
      concurrency: 3,
      signal: never,
      onProgress: (count) => progress.push(count),
    })
    expect(outcome.done.get('cancelled')).toBe(4)
    expect(progress).toEqual([1, 2, 3, 4])
  })

  it('takes no further task once it is stopped, and says so', async () => {
    const stop = new AbortController()
    const outcome = await runBulk({
      ids: many(100),
      act: async (id) => {
        if (id === '9') stop.abort()
        return done
      },
      concurrency: 2,
      signal: stop.signal,
      onProgress: () => {},
    })
    expect(outcome.isStopped).toBe(true)
    expect(outcome.done.get('cancelled')).toBeLessThanOrEqual(11)
  })

  it('fails when the ids cannot be read', async () => {
    async function* broken(): AsyncGenerator<string> {
      yield '1'
      throw new Error('lost')
    }
    const run = runBulk({
      ids: broken(),
      act: async () => done,
      concurrency: 2,
      signal: never,
      onProgress: () => {},
    })
    await expect(run).rejects.toThrow('lost')
  })
})
