import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { reconnectDelayMs, resumePoint } from './reconnect.ts'

describe('the delay before connecting again', () => {
  it('starts short, grows, and never passes 10 s', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2000 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (failures, dice) => {
          const delay = reconnectDelayMs(failures, () => dice)
          expect(delay).toBeGreaterThanOrEqual(125)
          expect(delay).toBeLessThanOrEqual(10_000)
        },
      ),
    )
    expect(reconnectDelayMs(1, () => 0)).toBe(125)
    expect(reconnectDelayMs(20, () => 0)).toBe(5_000)
  })
})

describe('where a lost stream goes on', () => {
  it('is right after the last event seen', () => {
    expect(resumePoint(120, 180, 50)).toEqual({ after: 120, missed: 0 })
  })

  it('leaves out what nobody will read after a long absence, and says how much', () => {
    expect(resumePoint(100, 1_000_000, 50)).toEqual({ after: 995_000, missed: 994_900 })
  })

  it('is a little history when there was nothing before', () => {
    expect(resumePoint(null, 180, 50)).toEqual({ after: 130, missed: 0 })
    expect(resumePoint(null, 10, 50)).toEqual({ after: 0, missed: 0 })
  })

  it('starts afresh when the broker counts from another history', () => {
    expect(resumePoint(5_000, 12, 50)).toEqual({ after: 0, missed: 0 })
  })
})
