import { expect, it } from 'vitest'
import { fingerprintOf } from './fingerprint.ts'

it('groups messages that differ only in numbers, ids and quoted text', () => {
  const one = fingerprintOf({ type: 'TimeoutError', message: "order 'a1' took 10.5 s (0x1f)\nmore" })
  const other = fingerprintOf({ type: 'TimeoutError', message: 'order "b" took 7 s (0xABC)' })
  expect(one).toBe('TimeoutError: order <text> took <n> s (<n>)')
  expect(other).toBe(one)
})

it('keeps different errors and different types apart', () => {
  expect(fingerprintOf({ type: 'A', message: 'x' })).not.toBe(fingerprintOf({ type: 'B', message: 'x' }))
  expect(fingerprintOf({ type: 'A', message: 'x' })).not.toBe(fingerprintOf({ type: 'A', message: 'y' }))
})

it('stays short for a hostile message', () => {
  expect(fingerprintOf({ type: 'E', message: "'".repeat(1_000_000) }).length).toBeLessThanOrEqual(200)
})
