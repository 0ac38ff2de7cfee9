import { describe, expect, it } from 'vitest'
import type { Alert } from '../../../shared/domain/alert.ts'
import { alertAnswer } from './answers.ts'
import { toAlertAnswer } from './alert-wire.ts'

const alert: Alert = {
  id: 'one',
  type: 'HIGH_FAILURE_RATE',
  severity: 'critical',
  message: 'Many tasks fail.',
  state: 'active',
  queue: null,
  workerId: null,
  name: null,
  value: 0.62,
  threshold: 0.5,
  count: 1,
  raisedAt: 0,
  updatedAt: 0,
  acknowledgedAt: null,
  clearedAt: null,
}

describe('an alert on the wire', () => {
  it.each<[string, Partial<Alert>, object]>([
    ['has what was measured in the unit of its type', {}, { value: 62, threshold: 50, unit: 'percent' }],
    ['does not make up what is not told', { value: null }, { value: null, threshold: 50, unit: 'percent' }],
    [
      'of a type that is none of ours has no unit',
      { type: 'OTHER', message: 'DISK_FULL: 95 %', value: null, threshold: null },
      { type: 'OTHER', description: 'DISK_FULL: 95 %', value: null, threshold: null, unit: null },
    ],
  ])('%s', (_what, changes, expected) => {
    const answer = toAlertAnswer({ ...alert, ...changes })
    expect(answer).toMatchObject(expected)
    expect(alertAnswer.safeParse(answer).success).toBe(true)
  })
})
