import { describe, expect, it } from 'vitest'
import { DURATION_BOUNDS_MS } from '../../../shared/domain/histogram.ts'
import type { Stats, StatsBucket, TaskTotals } from '../../../shared/domain/queue.ts'
import { byName } from './by-name.ts'
import { inShort } from './in-short.ts'
import { outcomesTable, waitingTable } from './waiting-tables.ts'

const MINUTE = 60_000
const bucket = (at: number, figures: Partial<StatsBucket> = {}): StatsBucket => ({
  at,
  submitted: 0,
  succeeded: 0,
  failed: 0,
  timedOut: 0,
  cancelled: 0,
  retried: 0,
  waitMs: null,
  runMs: null,
  meanDepth: 0,
  oldestWaitMs: 0,
  ...figures,
})
const stats: Stats = {
  period: '1h',
  bucketMs: 2 * MINUTE,
  at: 5 * MINUTE,
  buckets: [
    bucket(0, {
      submitted: 240,
      succeeded: 90,
      failed: 6,
      timedOut: 4,
      retried: 3,
      meanDepth: 2.5,
      oldestWaitMs: 900,
    }),
    bucket(2 * MINUTE, { cancelled: 1, runMs: { p50: 1, p95: 20, p99: 1_240 } }),
    // One minute of two has passed.
    bucket(4 * MINUTE, { submitted: 60 }),
  ],
}

describe('the table behind a chart', () => {
  it('is newest first, and says which step is in progress', () => {
    const { heads, rows } = waitingTable(stats)
    expect(heads).toEqual(['From', 'Pending, mean', 'Oldest waited'])
    expect(rows.map(([step]) => step?.endsWith('(so far)'))).toEqual([true, false, false])
    expect(rows.at(-1)?.slice(1)).toEqual(['2.5', '900 ms'])
  })

  it('has a dash where nothing waited', () => {
    expect(waitingTable(stats).rows[0]?.slice(1)).toEqual(['0', '–'])
  })

  it('tells every way to end under its own head', () => {
    const { heads, rows } = outcomesTable(stats)
    expect(heads.slice(1)).toEqual(['Failed', 'Timed out', 'Cancelled', 'Succeeded'])
    expect(rows.at(-1)?.slice(1)).toEqual(['6', '4', '0', '90'])
  })
})

describe('a period in short', () => {
  it('says how much, how well, and when it was worst', () => {
    expect(inShort(stats).map(({ label, value }) => [label, value])).toEqual([
      ['Submitted', '300'],
      ['Finished', '100'],
      ['Failed', '10.00 %'],
      ['Busiest', '2.0/s'],
      ['Deepest', '2.5'],
      ['Longest wait', '900 ms'],
    ])
  })

  it('claims nothing of a time in which nothing happened', () => {
    expect(inShort({ ...stats, buckets: [bucket(0)] }).map(({ value }) => value)).toEqual([
      '0',
      '0',
      '–',
      '–',
      '0',
      '–',
    ])
  })
})

describe('figures by task name', () => {
  const totals = (queue: string, name: string, runMs: number, counts: readonly number[]): TaskTotals => ({
    queue,
    name,
    totals: {
      submitted: 10,
      succeeded: 8,
      failed: 1,
      timedOut: 1,
      cancelled: 0,
      retried: 2,
      deadLettered: 2,
      waitMs: 100,
      runMs,
      started: 10,
      ended: 10,
    },
    runHistogram: Array.from({ length: DURATION_BOUNDS_MS.length + 1 }, (_, index) => counts[index] ?? 0),
    waitHistogram: [],
  })
  const all = [
    totals('a', 'fast', 100, [10]),
    totals('a', 'slow', 5000, [0, 0, 9, 1]),
    totals('b', 'slow', 5000, [10]),
  ]

  it('adds up queues, those that took most time first', () => {
    expect(byName(all, undefined)).toMatchObject([
      { name: 'slow', queues: ['a', 'b'], finished: 20, failed: 4, meanRunMs: 500, p95RunMs: 25 },
      { name: 'fast', queues: ['a'], finished: 10, meanWaitMs: 10, p95RunMs: 5 },
    ])
  })

  it('are of one queue when asked for it', () => {
    expect(byName(all, 'b').map(({ name }) => name)).toEqual(['slow'])
  })
})
