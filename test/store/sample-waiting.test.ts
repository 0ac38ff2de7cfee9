import { expect, it } from 'vitest'
import { createReader } from '../../src/server/local/store/reader.ts'
import { openWriter } from './open-writer.ts'

const MINUTE_MS = 60_000
const NOW = Date.UTC(2026, 4, 20, 13, 30)

/** The last two buckets of two minutes each. */
const lastBuckets = ({ db }: Awaited<ReturnType<typeof openWriter>>, now: number, queue?: string) =>
  createReader(db)
    .stats({ period: '1h', now, ...(queue === undefined ? {} : { queue }) })
    .buckets.slice(-2)
    .map(({ meanDepth, oldestWaitMs }) => ({ meanDepth, oldestWaitMs }))

it('keeps how much waited in each minute, and how long', async () => {
  using store = await openWriter()
  const tasks = [{ name: 'a' }, { name: 'a' }, { name: 'a' }]
  store.run('submit', { tasks, now: NOW }, NOW)
  store.run('submit', { tasks: [{ name: 'a', queue: 'other' }], now: NOW }, NOW)
  store.run('sampleWaiting', { now: NOW + 10_000 }, NOW + 10_000)
  store.run('sampleWaiting', { now: NOW + MINUTE_MS }, NOW + MINUTE_MS)
  store.run('sampleWaiting', { now: NOW + 2 * MINUTE_MS }, NOW + 2 * MINUTE_MS)

  // The last bucket has run for one minute, which is what its mean is over.
  expect(lastBuckets(store, NOW + 2 * MINUTE_MS)).toEqual([
    { meanDepth: 4, oldestWaitMs: MINUTE_MS },
    { meanDepth: 4, oldestWaitMs: 2 * MINUTE_MS },
  ])
  expect(lastBuckets(store, NOW + 2 * MINUTE_MS, 'other')[1]).toEqual({
    meanDepth: 1,
    oldestWaitMs: 2 * MINUTE_MS,
  })
})

it('tells that a queue is empty again within the minute in which it was not', async () => {
  using store = await openWriter()
  const [receipt] = store.run('submit', { tasks: [{ name: 'a' }], now: NOW }, NOW)
  store.run('sampleWaiting', { now: NOW + 10_000 }, NOW + 10_000)
  store.run('cancel', { id: receipt!.id, now: NOW + 15_000 }, NOW + 15_000)
  store.run('sampleWaiting', { now: NOW + 25_000 }, NOW + 25_000)

  expect(lastBuckets(store, NOW + 30_000)[1]).toEqual({ meanDepth: 0, oldestWaitMs: 10_000 })
})

it('writes nothing where nothing waits', async () => {
  using store = await openWriter()
  store.run('sampleWaiting', { now: NOW }, NOW)
  expect(store.db.prepare('SELECT count(*) FROM minute_stats').pluck().get()).toBe(0)
})
