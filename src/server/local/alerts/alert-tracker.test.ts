import { expect, it } from 'vitest'
import type { Stats } from '../../../shared/domain/queue.ts'
import type { AlertNumbers } from '../store/alert-numbers.ts'
import { createAlertTracker } from './alert-tracker.ts'

const MINUTE_MS = 60_000
const NONE: AlertNumbers = { depths: [], succeeded: 0, unsuccessful: 0, timeouts: [] }
const EMPTY: Stats = { period: '1h', bucketMs: 2 * MINUTE_MS, at: 0, buckets: [] }

function openTracker(numbers = NONE, lastHour = EMPTY) {
  const tracker = createAlertTracker({ numbers, lastHour, monotonic: 0 })
  return (monotonic: number, changes: Partial<AlertNumbers> = {}, hasActiveWorker = true) =>
    tracker.look({ numbers: { ...numbers, ...changes }, hasActiveWorker, silences: [], monotonic })
}

it('counts what finished in the last hour, and forgets it after that', () => {
  const look = openTracker()
  look(0)
  expect(look(MINUTE_MS, { succeeded: 5, unsuccessful: 2 }).finished).toEqual({
    succeeded: 5,
    unsuccessful: 2,
  })
  const later = { succeeded: 6, unsuccessful: 2 }
  expect(look(60 * MINUTE_MS, later).finished).toEqual({ succeeded: 6, unsuccessful: 2 })
  expect(look(61 * MINUTE_MS, later).finished).toEqual({ succeeded: 1, unsuccessful: 0 })
})

it('knows of the hour before it was opened', () => {
  const bucket = { submitted: 0, succeeded: 1, failed: 2, timedOut: 3, cancelled: 9, retried: 9 }
  const buckets = [30, 28].map((minutes) => ({
    ...bucket,
    at: (100 - minutes) * MINUTE_MS,
    waitMs: null,
    runMs: null,
    meanDepth: 0,
    oldestWaitMs: 0,
  }))
  const lastHour: Stats = { ...EMPTY, at: 100 * MINUTE_MS, buckets }
  const look = openTracker({ ...NONE, succeeded: 100, unsuccessful: 200 }, lastHour)
  expect(look(0).finished).toEqual({ succeeded: 2, unsuccessful: 10 })
  expect(look(32 * MINUTE_MS).finished).toEqual({ succeeded: 1, unsuccessful: 5 })
  expect(look(95 * MINUTE_MS).finished).toEqual({ succeeded: 0, unsuccessful: 0 })
})

it('tells timeouts of the last five minutes, and none of before it was opened', () => {
  const timeouts = (total: number) => ({ timeouts: [{ queue: 'q', name: 'n', total }] })
  const look = openTracker({ ...NONE, ...timeouts(7) })
  expect(look(0).timeouts).toEqual([{ queue: 'q', name: 'n', recent: 0, total: 7 }])
  expect(look(MINUTE_MS, timeouts(9)).timeouts).toMatchObject([{ recent: 2, total: 9 }])
  expect(look(2 * MINUTE_MS, timeouts(10)).timeouts).toMatchObject([{ recent: 3, total: 10 }])
  expect(look(6 * MINUTE_MS, timeouts(10)).timeouts).toMatchObject([{ recent: 1, total: 10 }])
  expect(look(7 * MINUTE_MS, timeouts(10)).timeouts).toMatchObject([{ recent: 0, total: 10 }])
})

it('measures how long no worker has taken tasks', () => {
  const look = openTracker()
  expect(look(5000, {}, false).withoutWorkersMs).toBe(5000)
  expect(look(6000, {}, true).withoutWorkersMs).toBe(0)
  expect(look(6500, {}, false).withoutWorkersMs).toBe(500)
})
