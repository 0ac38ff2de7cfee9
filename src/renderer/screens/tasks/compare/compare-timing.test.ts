import { expect, test } from 'vitest'
import { layOutTimeline } from '../drawer/timeline-geometry.ts'
import type { Attempt } from '../../../../shared/domain/task.ts'
import { aTask, T } from '../task-fixture.ts'
import { layOutTogether, totalsOf } from './compare-timing.ts'

/** Due at the given moment, waits 100 ms, runs so long. */
function aRun(dueAt: number, runMs: number) {
  const startedAt = dueAt + 100
  const attempt: Attempt = {
    attempt: 1,
    workerId: 'w',
    dueAt,
    claimedAt: startedAt,
    startedAt,
    finishedAt: startedAt + runMs,
    outcome: 'succeeded',
    error: null,
    retryAt: null,
  }
  return layOutTimeline(aTask({ state: 'succeeded' }), [attempt], startedAt + runMs)
}
const runningOf = ({ runs }: ReturnType<typeof layOutTogether>) =>
  runs.map(([row]) => row!.segments.find(({ kind }) => kind === 'running')!)

test('from their own start, runs of different days share one axis as long as the longest', () => {
  const shared = layOutTogether([aRun(T, 100), aRun(T + 86_400_000, 300)], 'start')
  expect(shared.totalMs).toBe(400)
  expect(runningOf(shared).map(({ start, end, ms }) => [start, end, ms])).toEqual([
    [0.25, 0.5, 100],
    [0.25, 1, 300],
  ])
  expect(shared.ticks.at(-1)!.at).toBeLessThanOrEqual(1)
})

test('by the clock, a later run stands further right', () => {
  const shared = layOutTogether([aRun(T + 600, 300), aRun(T, 100)], 'clock')
  expect(shared.totalMs).toBe(1000)
  expect(runningOf(shared).map(({ start, end }) => [start, end])).toEqual([
    [0.7, 1],
    [0.1, 0.2],
  ])
})

test('waiting and running add up over the attempts', () => {
  expect(totalsOf(aRun(T, 300).rows)).toEqual({ waitMs: 100, runMs: 300 })
})
