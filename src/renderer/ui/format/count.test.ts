import { describe, expect, it } from 'vitest'
import { countOf, formatCount, formatPercent, formatRate, formatShortCount } from './count.ts'

describe('a count', () => {
  it('is written in full, in groups of three', () => {
    expect(formatCount(148_920)).toBe('148,920')
  })

  it.each([
    [0, '0'],
    [999, '999'],
    [1_000, '1K'],
    [1_299, '1.2K'],
    [30_999, '30.9K'],
    [312_400, '312K'],
    [999_999, '999K'],
    [1_000_000, '1M'],
    [4_250_000, '4.2M'],
  ])('of %i stays short as %s and never claims more than there is', (count, text) => {
    expect(formatShortCount(count)).toBe(text)
  })

  it('takes the singular for one only', () => {
    expect([countOf(1, 'task'), countOf(0, 'task'), countOf(2, 'reply', 'replies')]).toEqual([
      '1 task',
      '0 tasks',
      '2 replies',
    ])
  })
})

describe('a rate', () => {
  it.each([
    [0, '0'],
    [0.004, '<0.01'],
    [0.05, '0.05'],
    [43.26, '43.3'],
    [99.97, '100'],
    [5012.4, '5,012'],
  ])('of %d shows as %s', (rate, text) => {
    expect(formatRate(rate)).toBe(text)
  })
})

describe('a share', () => {
  it('never says 100 % while something failed', () => {
    expect(formatPercent(0.999_999)).toBe('99.99 %')
    expect(formatPercent(1)).toBe('100 %')
  })
})
