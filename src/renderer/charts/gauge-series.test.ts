import { expect, it } from 'vitest'
import type { Stats, StatsBucket } from '../../shared/domain/queue.ts'
import { gaugeSeries } from './gauge-series.ts'

const MINUTE = 60_000
const bucket = (at: number, meanDepth: number) => ({ at, meanDepth }) as StatsBucket
const stats: Stats = {
  period: '1h',
  bucketMs: MINUTE,
  at: 2 * MINUTE + 6_000,
  buckets: [bucket(0, 4), bucket(MINUTE, 8), bucket(2 * MINUTE, 6)],
}

it('is solid to the last full step, and dashed from there to what it is now', () => {
  expect(gaugeSeries(stats, ({ meanDepth }) => meanDepth)).toEqual([
    { at: 0, until: MINUTE, isInProgress: false, value: 4, whole: 4, partial: null },
    { at: MINUTE, until: 2 * MINUTE, isInProgress: false, value: 8, whole: 8, partial: 8 },
    { at: 2 * MINUTE, until: stats.at, isInProgress: true, value: 6, whole: null, partial: 6 },
  ])
})
