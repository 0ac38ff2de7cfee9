import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Attempt } from '../../../../shared/domain/task.ts'
import { layOutTimeline, tickSteps } from './timeline-geometry.ts'

const T = 1_800_000_000_000

function attempt(number: number, at: Partial<Attempt> = {}): Attempt {
  return {
    attempt: number,
    workerId: 'w1',
    dueAt: T,
    claimedAt: T + 100,
    startedAt: T + 200,
    finishedAt: T + 1000,
    outcome: 'failed',
    error: null,
    retryAt: null,
    ...at,
  }
}

const finished = {
  state: 'failed',
  attempt: 1,
  runAt: T,
  createdAt: T,
  claimedAt: T + 100,
  startedAt: T + 200,
} as const

const bars = (segments: readonly { kind: string; start: number; end: number }[]) =>
  segments.map(({ kind, start, end }) => [kind, start, end])

describe('the timeline of a task', () => {
  it('draws waiting, claimed and running to scale', () => {
    const { rows, totalMs } = layOutTimeline(finished, [attempt(1)], T + 99_999)
    expect(totalMs).toBe(1000)
    expect(bars(rows[0]!.segments)).toEqual([
      ['waiting', 0, 0.1],
      ['claimed', 0.1, 0.2],
      ['running', 0.2, 1],
    ])
    expect(rows[0]).toMatchObject({ outcome: 'failed', runMs: 800 })
  })

  it('draws the wait for the next attempt behind the one that failed', () => {
    const first = attempt(1, { retryAt: T + 2000 })
    const second = attempt(2, {
      dueAt: T + 2000,
      claimedAt: T + 2000,
      startedAt: T + 2000,
      finishedAt: T + 4000,
    })
    const { rows } = layOutTimeline({ ...finished, attempt: 2 }, [first, second], T)
    expect(bars(rows[0]!.segments).at(-1)).toEqual(['backoff', 0.25, 0.5])
    expect(bars(rows[1]!.segments)).toEqual([['running', 0.5, 1]])
  })

  it('lets an attempt under way grow to this moment', () => {
    const running = { ...finished, state: 'running' } as const
    const { rows, totalMs } = layOutTimeline(running, [], T + 10_200)
    expect(totalMs).toBe(10_200)
    expect(rows[0]).toMatchObject({ attempt: 1, outcome: null, runMs: 10_000 })
  })

  it('shows a claimed attempt that has not started as claimed', () => {
    const claimed = { ...finished, state: 'running', startedAt: null } as const
    const { rows } = layOutTimeline(claimed, [], T + 200)
    expect(bars(rows[0]!.segments)).toEqual([
      ['waiting', 0, 0.5],
      ['claimed', 0.5, 1],
    ])
    expect(rows[0]!.runMs).toBeNull()
  })

  it('reaches ahead to the time of a retry', () => {
    const retrying = { ...finished, state: 'retrying', runAt: T + 5000 } as const
    const { rows, totalMs } = layOutTimeline(retrying, [attempt(1, { retryAt: T + 5000 })], T + 1500)
    expect(totalMs).toBe(5000)
    expect(rows).toHaveLength(1)
  })

  it('has one waiting row for a task that was never claimed', () => {
    const pending = { ...finished, state: 'pending', attempt: 0 } as const
    expect(layOutTimeline(pending, [], T + 3000).rows).toEqual([
      { attempt: 1, outcome: null, runMs: null, segments: [{ kind: 'waiting', start: 0, end: 1, ms: 3000 }] },
    ])
  })

  it('has no row for a task that was cancelled before it ran', () => {
    expect(layOutTimeline({ ...finished, state: 'cancelled' }, [], T).rows).toEqual([])
  })

  it('keeps every bar on the axis and in order, whatever the clocks say', () => {
    const instant = fc.integer({ min: T - 5000, max: T + 5000 })
    const random = fc.record({
      dueAt: instant,
      claimedAt: instant,
      startedAt: fc.option(instant),
      finishedAt: instant,
      retryAt: fc.option(instant),
    })
    fc.assert(
      fc.property(fc.array(random, { maxLength: 5 }), instant, (attempts, now) => {
        const { rows } = layOutTimeline(
          finished,
          attempts.map((at, index) => attempt(index + 1, at)),
          now,
        )
        for (const { start, end } of rows.flatMap(({ segments }) => segments)) {
          expect(start).toBeGreaterThanOrEqual(0)
          expect(end).toBeLessThanOrEqual(1)
          expect(end).toBeGreaterThanOrEqual(start)
        }
      }),
    )
  })
})

describe('the axis', () => {
  it('has round steps', () => {
    expect(tickSteps(70_000)).toEqual([0, 20_000, 40_000, 60_000])
    expect(tickSteps(1000)).toEqual([0, 200, 400, 600, 800, 1000])
    expect(tickSteps(90_000)).toEqual([0, 20_000, 40_000, 60_000, 80_000])
  })

  it('has one to seven ticks at any length', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 10 ** 12 }), (totalMs) => {
        const ticks = tickSteps(totalMs)
        expect(ticks.length).toBeGreaterThan(1)
        expect(ticks.length).toBeLessThanOrEqual(7)
        expect(ticks.at(-1)).toBeLessThanOrEqual(totalMs)
      }),
    )
  })
})
