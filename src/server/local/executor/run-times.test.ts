import { describe, expect, it } from 'vitest'
import { createRunTimes } from './run-times.ts'

function seen(...ms: readonly number[]) {
  const times = createRunTimes()
  for (const one of ms) times.ran('t', one)
  return times.expectedMs('t')
}

describe('run times', () => {
  it('call nothing short before they have seen it a few times', () => {
    expect(createRunTimes().expectedMs('t')).toBeNull()
    expect(seen(0.1, 0.1, 0.1, 0.1)).toBeNull()
    expect(seen(0.1, 0.1, 0.1, 0.1, 0.1)).toBeCloseTo(0.1)
  })

  it('call a handler long whose mean is above a millisecond', () => {
    expect(seen(2, 2, 2, 2, 2, 2)).toBeNull()
  })

  it('believe at once that a short handler has become slow', () => {
    expect(seen(0.1, 0.1, 0.1, 0.1, 0.1, 50)).toBeNull()
  })

  it('keep names apart', () => {
    const times = createRunTimes()
    for (let i = 0; i < 10; i += 1) times.ran('short', 0.2)
    times.ran('other', 0.2)
    expect([times.expectedMs('short'), times.expectedMs('other')]).toEqual([expect.closeTo(0.2), null])
  })
})
