import { describe, expect, it } from 'vitest'
import { describeMeasure } from './alert-words.ts'

describe('what an alert measured', () => {
  it('is said with its limit', () => {
    expect(describeMeasure({ type: 'HIGH_QUEUE_DEPTH', value: 1204, threshold: 1000 })).toBe(
      '1,204 tasks, its limit was 1,000 tasks',
    )
  })

  it('is not said when the server does not tell it, nor when nobody knows what it counts', () => {
    expect(describeMeasure({ type: 'HIGH_QUEUE_DEPTH', value: null, threshold: 1000 })).toBeNull()
    expect(describeMeasure({ type: 'HIGH_QUEUE_DEPTH', value: 1204, threshold: null })).toBeNull()
    expect(describeMeasure({ type: 'OTHER', value: 95, threshold: 90 })).toBeNull()
  })
})
