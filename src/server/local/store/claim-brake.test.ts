import { expect, it } from 'vitest'
import { createClaimBrake } from './claim-brake.ts'

it('holds nothing up until it is set, and no longer than it stands', () => {
  const brake = createClaimBrake()
  expect(brake.room(0)).toBe(Number.POSITIVE_INFINITY)
  brake.set({ claimsPerSecond: 2, until: 10_000 })
  expect(brake.room(0)).toBe(2)
  brake.take(2)
  expect(brake.room(0)).toBe(0)
  expect(brake.nextRoomAt(0)).toBe(500)
  expect(brake.room(500)).toBe(1)
  brake.take(1)
  expect(brake.room(9999)).toBe(2)
  expect(brake.room(10_000)).toBe(Number.POSITIVE_INFINITY)
  expect(brake.nextRoomAt(10_000)).toBeNull()
})

it('is as it was when a transaction is rolled back, and lets go when told', () => {
  const brake = createClaimBrake()
  brake.set({ claimsPerSecond: 5, until: 10_000 })
  expect(brake.room(0)).toBe(5)
  const restore = brake.keep()
  brake.take(5)
  brake.set(null)
  expect(brake.room(0)).toBe(Number.POSITIVE_INFINITY)
  restore()
  expect(brake.room(0)).toBe(5)
})
