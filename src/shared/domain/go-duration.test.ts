import { expect, it } from 'vitest'
import { parseGoDuration } from './go-duration.ts'

it.each([
  ['30s', 30_000],
  ['5m', 300_000],
  ['300ms', 300],
  ['1.5h', 5_400_000],
  ['2h45m', 9_900_000],
  ['1h30m0.5s', 5_400_500],
  ['.5s', 500],
  ['1500us', 2],
  ['0', 0],
  ['0s', 0],
])('reads the Go duration %s as %d ms', (text, ms) => {
  expect(parseGoDuration(text)).toBe(ms)
})

it.each(['', 's', '5', '-5s', '5 s', '1d', '1h30', 'abc', '1e3s', '∞s', `${'9'.repeat(60)}h`])(
  'refuses %j as a duration',
  (text) => {
    expect(parseGoDuration(text)).toBeNull()
  },
)
