import { describe, expect, it } from 'vitest'
import type { Stats } from '../../shared/domain/queue.ts'
import { latencyTable, throughputTable } from './stats-tables.ts'

const bucket = (at: number) => ({
  at,
  submitted: 1200,
  succeeded: 3,
  failed: 2,
  timedOut: 1,
  cancelled: 0,
  retried: 4,
  waitMs: null,
  runMs: { p50: 12, p95: 40, p99: 1240 },
  meanDepth: 0,
  oldestWaitMs: 0,
})
const stats: Stats = { period: '1h', bucketMs: 60_000, at: 90_000, buckets: [bucket(0), bucket(60_000)] }

describe('the table behind a chart', () => {
  it('has the newest step first, and says that it is not over', () => {
    const { rows } = throughputTable(stats)
    expect(rows[0]?.[0]).toMatch(/\(so far\)$/)
    expect(rows[1]?.[0]).not.toMatch(/so far/)
  })

  it('counts whole tasks', () => {
    expect(throughputTable(stats).rows[1]?.slice(1)).toEqual(['1,200', '3', '2', '1', '0', '4'])
  })

  it('has a dash where nothing happened', () => {
    expect(latencyTable(stats).rows[1]?.slice(1)).toEqual(['–', '–', '–', '12 ms', '40 ms', '1.24 s'])
  })
})
