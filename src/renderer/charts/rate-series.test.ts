import { describe, expect, it } from 'vitest'
import type { Stats, StatsBucket } from '../../shared/domain/queue.ts'
import { countBetween, describeStep, latencySeries, rateSeries, splitLine } from './rate-series.ts'

const MINUTE = 60_000

function bucket(at: number, counts: Partial<StatsBucket> = {}): StatsBucket {
  return {
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
    ...counts,
  }
}

/** Three one-minute buckets of 60 submits each; taken `seconds` into the third, in proportion. */
function stats(seconds: number): Stats {
  return {
    period: '1h',
    bucketMs: MINUTE,
    at: 2 * MINUTE + seconds * 1000,
    buckets: [
      bucket(0, { submitted: 60, succeeded: 30, failed: 3, timedOut: 3 }),
      bucket(MINUTE, { submitted: 60 }),
      bucket(2 * MINUTE, { submitted: seconds }),
    ],
  }
}

describe('the throughput series', () => {
  it('is in tasks per second, with what timed out among the failed', () => {
    expect(rateSeries(stats(30))[0]).toMatchObject({
      submitted: 1,
      succeeded: 0.5,
      failed: 0.1,
      isInProgress: false,
    })
  })

  it('rates the step in progress by the time it has run, so that it does not dive', () => {
    const last = rateSeries(stats(30)).at(-1)

    expect(last).toMatchObject({ isInProgress: true, submitted: 1, until: 2 * MINUTE + 30_000 })
  })

  it('waits with a step that has hardly begun', () => {
    expect(rateSeries(stats(2))).toHaveLength(2)
  })
})

describe('a line whose last step is in progress', () => {
  it('is solid up to the last full step and dashed from there', () => {
    const values = rateSeries(stats(30)).map(({ at, isInProgress, submitted }) => ({
      at,
      isInProgress,
      value: submitted,
    }))

    expect(splitLine(values)).toEqual([
      { at: 0, whole: 1, partial: null, isAlone: false },
      { at: MINUTE, whole: 1, partial: 1, isAlone: false },
      { at: 2 * MINUTE, whole: null, partial: 1, isAlone: false },
    ])
  })
})

describe('a value between two gaps', () => {
  it('is known to be alone, because no line reaches it', () => {
    const values = [null, 5, null, 5, 6].map((value, at) => ({ at, isInProgress: false, value }))

    expect(splitLine(values).map(({ isAlone }) => isAlone)).toEqual([false, true, false, false, false])
  })
})

describe('the latency series', () => {
  it('has a gap where nothing ran', () => {
    const runMs = { p50: 1, p95: 2, p99: 3 }
    const taken = { ...stats(30), buckets: [bucket(0, { runMs }), bucket(MINUTE)] }

    expect(latencySeries(taken, 'runMs').map(({ percentiles }) => percentiles)).toEqual([runMs, null])
  })
})

describe('counting between two instants', () => {
  const submitted = (one: StatsBucket) => one.submitted

  it('takes buckets across an edge by their share', () => {
    expect(countBetween(stats(30), 30_000, 150_000, submitted)).toBe(30 + 60 + 30)
  })

  it('spreads a bucket in progress over the time it has run', () => {
    expect(countBetween(stats(30), MINUTE, 2 * MINUTE + 15_000, submitted)).toBe(null)
    expect(countBetween(stats(30), 0, 2 * MINUTE + 15_000, submitted)).toBe(135)
  })

  it('does not guess about a time before the first figure, nor from figures that are too coarse', () => {
    expect(countBetween(stats(30), -MINUTE, 2 * MINUTE, submitted)).toBeNull()
    expect(countBetween(stats(30), 0, MINUTE, submitted)).toBeNull()
  })
})

describe('the step of a chart', () => {
  it.each([
    [15_000, '15 s'],
    [60_000, 'minute'],
    [120_000, '2 minutes'],
    [3_600_000, 'hour'],
    [86_400_000, 'day'],
  ])('of %d ms is named %s', (ms, name) => {
    expect(describeStep(ms)).toBe(name)
  })
})
