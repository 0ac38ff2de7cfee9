import { describe, expect, it } from 'vitest'
import { sparklinePath } from './sparkline-path.ts'

describe('a sparkline', () => {
  it('says nothing before there are two values', () => {
    expect(sparklinePath([], 56, 24)).toBeNull()
    expect(sparklinePath([5], 56, 24)).toBeNull()
  })

  it('spans the width, with zero at the foot', () => {
    expect(sparklinePath([0, 10], 56, 24)).toBe('M1.0 23.0L55.0 1.0')
  })

  it('is flat at the foot when nothing happened', () => {
    expect(sparklinePath([0, 0, 0], 56, 24)).toBe('M1.0 23.0L28.0 23.0L55.0 23.0')
  })

  it('shows the movement of values that are far from zero', () => {
    expect(sparklinePath([98, 100], 56, 24)).toMatch(/L55\.0 1\.0$/)
    expect(sparklinePath([98, 100], 56, 24)).toMatch(/^M1\.0 2[0-2]/)
  })
})
