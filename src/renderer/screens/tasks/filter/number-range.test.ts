import { expect, test } from 'vitest'
import { readNumberRange, writeNumberRange } from './number-range.ts'

const read = (text: string) => readNumberRange(text, { min: 0, max: 10 })

test.each([
  ['8', { min: 8, max: 8 }, '8'],
  ['>= 8', { min: 8, max: undefined }, '>=8'],
  ['>7', { min: 8, max: undefined }, '>=8'],
  ['<=3', { min: undefined, max: 3 }, '<=3'],
  ['<4', { min: undefined, max: 3 }, '<=3'],
  ['3..8', { min: 3, max: 8 }, '3..8'],
])('%s is read, and written again', (text, range, written) => {
  expect(read(text)).toEqual(range)
  expect(writeNumberRange(range)).toBe(written)
  expect(read(written)).toEqual(range)
})

test.each(['', 'high', '11', '-1', '8..3', '>10', '<0', '1.5', '..3', '3..'])(
  '“%s” is no range from 0 to 10',
  (text) => {
    expect(read(text)).toBeNull()
  },
)
