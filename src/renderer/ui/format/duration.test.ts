import { describe, expect, it } from 'vitest'
import { formatAge, formatDuration, formatExactDuration } from './duration.ts'

describe('a duration', () => {
  it.each([
    [-5, '0 ms'],
    [0, '0 ms'],
    [640, '640 ms'],
    [999.6, '1.0 s'],
    [1_240, '1.2 s'],
    [9_960, '10 s'],
    [41_000, '41 s'],
    [59_700, '1 m'],
    [372_000, '6 m 12 s'],
    [3_599_900, '1 h'],
    [11_100_000, '3 h 5 m'],
    [86_390_000, '1 d'],
    [187_200_000, '2 d 4 h'],
  ])('of %d ms reads %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text)
  })

  it.each([
    [0, '0 ms'],
    [4.24, '4.2 ms'],
    [118.3, '118 ms'],
    [1_240, '1.24 s'],
    [9_996, '10.0 s'],
    [10_040, '10.0 s'],
    [70_000, '1 m 10 s'],
  ])('of %d ms reads %s where figures are compared', (ms, text) => {
    expect(formatExactDuration(ms)).toBe(text)
  })
})

describe('an age', () => {
  it.each([
    [-1, 'now'],
    [999, 'now'],
    [48_900, '48 s'],
    [119_000, '1 m'],
    [3_600_000, '1 h'],
    [200_000_000, '2 d'],
  ])('of %d ms reads %s', (ms, text) => {
    expect(formatAge(ms)).toBe(text)
  })
})
