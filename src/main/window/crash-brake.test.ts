import { expect, it } from 'vitest'
import { createCrashBrake } from './crash-brake.ts'

it('three tries within a minute are enough, and a minute later it is worth another', () => {
  let now = 0
  const brake = createCrashBrake(() => now)
  expect(
    [0, 10_000, 20_000, 30_000, 59_999, 60_000, 60_001].map((at) => ((now = at), brake.mayTryAgain())),
  ).toEqual([true, true, true, false, false, true, false])
})
