import { expect, test } from 'vitest'
import { letterOf, parseCompareSearch, readRuns, whyNotComparable, writeRuns } from './compare-search.ts'

test('runs survive their way through the address', () => {
  expect(readRuns(parseCompareSearch({ runs: writeRuns(['a', 'b', 'c']) }).runs)).toEqual(['a', 'b', 'c'])
})

test('a run named twice counts once, and what is more than four is left out', () => {
  expect(readRuns(' a,b,,a,c,d,e')).toEqual(['a', 'b', 'c', 'd'])
  expect(readRuns(undefined)).toEqual([])
})

test('what the address says wrongly is left out; a number alone is an id', () => {
  expect(parseCompareSearch({ runs: 42, only: 'x', view: {}, axis: 'clock' })).toEqual({
    runs: '42',
    only: undefined,
    view: undefined,
    axis: 'clock',
  })
  expect(parseCompareSearch({ runs: ['a'] }).runs).toBeUndefined()
})

test('two to four can be compared', () => {
  expect([1, 2, 4, 5].map((count) => whyNotComparable(count) === null)).toEqual([false, true, true, false])
  expect(whyNotComparable(5)).toBe('tick 2 to 4 tasks')
  expect([0, 3].map(letterOf)).toEqual(['A', 'D'])
})
