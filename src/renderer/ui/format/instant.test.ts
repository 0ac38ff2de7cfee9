import { describe, expect, it } from 'vitest'
import { formatInstant, shortId } from './instant.ts'

describe('an instant', () => {
  it('is exact to the millisecond and names its offset', () => {
    const at = Date.UTC(2026, 10, 21, 13, 32, 7, 120)
    const text = formatInstant(at)

    expect(text).toMatch(/^2026-11-2[0-2] \d\d:\d\d:07\.120 [+-]\d\d:\d\d$/)
    expect(Date.parse(text.replace(' ', 'T').replace(' ', ''))).toBe(at)
  })
})

describe('a short id', () => {
  it('is the end of a long id, and a short one whole', () => {
    expect(shortId('0199b2c4-7a1e-7c3d-9f00-aa117b02f9c4')).toBe('7b02f9c4')
    expect(shortId('17')).toBe('17')
  })
})
