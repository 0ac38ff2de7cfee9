import { expect, it } from 'vitest'
import type { AlertChange } from '../../src/shared/domain/alert-rules.ts'
import { createReader } from '../../src/server/local/store/reader.ts'
import { openWriter } from './open-writer.ts'

const subject = { type: 'HIGH_QUEUE_DEPTH', queue: 'q', workerId: null, name: null } as const
const measured = { message: 'deep', value: 5, count: 1, seen: 0 }
const raise: AlertChange = { kind: 'raise', ...subject, severity: 'warning', threshold: 1, ...measured }
const clear: AlertChange = { kind: 'clear', ...subject }

it('an alert that is open already is not raised again, whatever a look that came late says', async () => {
  using store = await openWriter()
  store.run('applyAlerts', { changes: [raise, raise], now: 1 }, 1)
  store.run('applyAlerts', { changes: [raise], now: 2 }, 2)
  const reader = createReader(store.db)
  expect(reader.alerts({})).toMatchObject([{ queue: 'q', raisedAt: 1 }])
  store.run('applyAlerts', { changes: [clear, clear], now: 3 }, 3)
  expect(reader.alerts({})).toEqual([])
  const [batches] = [reader.events({ after: 0, limit: 100 })]
  const types = batches.flatMap(({ text }) =>
    (JSON.parse(text) as { type: string }[]).map(({ type }) => type),
  )
  expect(types).toEqual(['alert.raised', 'alert.cleared'])
})

it('only what was cleared before then is forgotten, a slice at a time, and what is open never', async () => {
  using store = await openWriter()
  for (const now of [10, 20, 30]) store.run('applyAlerts', { changes: [raise, clear], now }, now)
  store.run('applyAlerts', { changes: [raise], now: 1 }, 1)
  expect(store.run('forgetAlerts', { before: 30, limit: 1 }, 99)).toBe(1)
  expect(store.run('forgetAlerts', { before: 30, limit: 5 }, 99)).toBe(1)
  const { alerts } = createReader(store.db).alertHistory({})
  expect(alerts.map(({ clearedAt }) => clearedAt)).toEqual([null, 30])
})

it('what was cleared lately is known for its cool-down, and what is open for ever', async () => {
  using store = await openWriter()
  for (const now of [10, 20]) store.run('applyAlerts', { changes: [raise, clear], now }, now)
  store.run('applyAlerts', { changes: [raise], now: 1 }, 1)
  const known = createReader(store.db).knownAlerts({ since: 10 })
  expect(known.map(({ clearedAt }) => clearedAt)).toEqual([null, 20])
})
