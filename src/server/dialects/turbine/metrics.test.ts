import { describe, expect, it } from 'vitest'
import type { Overview } from '../../../shared/domain/overview.ts'
import { DURATION_BOUNDS_MS } from '../../../shared/domain/histogram.ts'
import type { TaskTotals, Totals } from '../../../shared/domain/queue.ts'
import { toMetrics } from './metrics.ts'

const totals: Totals = {
  submitted: 9,
  succeeded: 4,
  failed: 2,
  timedOut: 1,
  cancelled: 1,
  retried: 5,
  deadLettered: 3,
  waitMs: 1500,
  runMs: 2500,
  started: 12,
  ended: 11,
}
/** One attempt in each bucket, the last one above all bounds. */
const onePerBucket = Array.from({ length: DURATION_BOUNDS_MS.length + 1 }, () => 1)
const ofName = (name: string): TaskTotals => ({
  queue: 'emails',
  name,
  totals,
  runHistogram: onePerBucket,
  waitHistogram: onePerBucket,
})
// Only what the metrics are made of.
const overview = {
  totals,
  workers: { total: 1, active: 1, idle: 0 },
  slots: { busy: 0, total: 0 },
} as unknown as Overview

describe('metrics', () => {
  it('have cumulative buckets that end with the count', () => {
    const text = toMetrics({ totals: [ofName('a'), ofName('b')], overview, queues: [] })
    const buckets = [...text.matchAll(/turbine_task_duration_seconds_bucket\{le="(.*)"\} (\d+)/g)]

    expect(buckets.map(([, , count]) => Number(count))).toEqual(
      onePerBucket.map((_, index) => 2 * (index + 1)),
    )
    expect(buckets.map(([, bound]) => bound).slice(-3)).toEqual(['300.0', '1800.0', '+Inf'])
    expect(text).toContain(`turbine_task_duration_seconds_count ${2 * onePerBucket.length}\n`)
    expect(text).toContain('turbine_task_duration_seconds_sum 2.5\n')
  })

  it('escape what a name may contain, so that it cannot make lines of its own', () => {
    const text = toMetrics({ totals: [ofName('a"} 1\nevil 1\\')], overview, queues: [] })

    expect(text).toContain(
      'turbine_tasks_submitted_total{queue="emails",task_name="a\\"} 1\\nevil 1\\\\"} 9\n',
    )
    expect(text).not.toMatch(/^evil/m)
  })

  it('count what timed out as failed, and idle places as no use', () => {
    const text = toMetrics({ totals: [], overview, queues: [] })

    expect(text).toContain('turbine_tasks_total{state="failed"} 3\n')
    expect(text).toContain('turbine_worker_utilization 0\n')
  })
})
