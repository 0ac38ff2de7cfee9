import { describe, expect, it } from 'vitest'
import type { Stats, StatsBucket } from '../../../shared/domain/queue.ts'
import { queueOf } from './queue-fixture.ts'
import { buildTiles, type TileFacts, type TileId } from './tiles.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const NOW = 48 * HOUR

function stats(bucketMs: number, count: number, countsAt: (at: number) => Partial<StatsBucket>): Stats {
  const buckets = Array.from({ length: count }, (_, index): StatsBucket => {
    const at = NOW - (count - index) * bucketMs
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
      ...countsAt(at),
    }
  })
  return { period: '1h', bucketMs, at: NOW, buckets }
}

const hour = stats(MINUTE, 60, () => ({ succeeded: 99, failed: 1 }))
const empty = stats(MINUTE, 60, () => ({}))

const facts = (fields: Partial<TileFacts>): TileFacts => ({
  period: '1h',
  stats: hour,
  longerStats: undefined,
  counts: queueOf({ counts: { pending: 1739, running: 34 } }).counts,
  deadLetters: 312,
  slots: { busy: 34, total: 48 },
  queues: [
    queueOf({ name: 'emails', counts: { pending: 1204 }, deadLetters: 31 }),
    queueOf({ name: 'payments', counts: { pending: 86 }, deadLetters: 268 }),
  ],
  ...fields,
})

const tile = (id: TileId, fields: Partial<TileFacts> = {}) => {
  const found = buildTiles(facts(fields)).find((candidate) => candidate.id === id)
  return [found?.value, found?.meaning]
}

describe('the figures of the Overview', () => {
  it('mean something, each in one line', () => {
    expect(buildTiles(facts({})).map(({ value, meaning }) => `${value} ${meaning}`)).toEqual([
      '6,000 in the last hour',
      '1,739 1,204 of them in emails',
      '34 of 48 slots',
      '60 in the last hour',
      '312 268 of them in payments',
      '99.00 % in the last hour',
    ])
  })

  it('compare with the period before when a longer one is known', () => {
    // The day before: 50 finished a minute in the hour before, 10 of them failed.
    const longerStats = stats(30 * MINUTE, 48, (at) =>
      at >= NOW - HOUR ? { succeeded: 2970, failed: 30 } : { succeeded: 1200, timedOut: 300 },
    )

    expect(tile('processed', { longerStats })[1]).toBe('+100.0 % on the hour before')
    expect(tile('failed', { longerStats })[1]).toBe('−540 on the hour before')
    expect(tile('success', { longerStats })[1]).toBe('+19.00 pt on the hour before')
  })

  it('claim no change from figures that are too coarse, or from an hour without tasks', () => {
    const coarse = stats(4 * HOUR, 6, () => ({ succeeded: 10 }))
    const idle = stats(30 * MINUTE, 48, () => ({}))

    expect(tile('processed', { longerStats: coarse })[1]).toBe('in the last hour')
    expect(tile('processed', { longerStats: idle })[1]).toBe('in the last hour')
  })

  it('say what will come while there is nothing yet', () => {
    const nothing = {
      stats: empty,
      counts: queueOf({}).counts,
      deadLetters: 0,
      queues: [],
      slots: { busy: 0, total: 4 },
    }

    expect(buildTiles(facts(nothing)).map(({ value, meaning }) => `${value} ${meaning}`)).toEqual([
      '0 in the last hour',
      '0 waiting for a slot',
      '0 of 4 slots',
      '0 in the last hour',
      '0 none waiting for you',
      '– after the first task',
    ])
  })

  it('never claim full success while something failed', () => {
    const almost = stats(MINUTE, 60, () => ({ succeeded: 1_000_000, failed: 1 }))

    expect(tile('success', { stats: almost })[0]).toBe('99.99 %')
  })
})
