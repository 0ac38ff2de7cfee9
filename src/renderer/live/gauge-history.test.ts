import { describe, expect, it } from 'vitest'
import { addSample, noHistory } from './gauge-history.ts'

function watch(seconds: number) {
  let history = noHistory<number>()
  for (let second = 0; second < seconds; second += 1) history = addSample(history, second, second * 1000)
  return history
}

describe('the history of a gauge', () => {
  it('reaches from the first look to the last, however long that was', () => {
    for (const seconds of [2, 60, 600, 86_400]) {
      const { samples } = watch(seconds)
      expect(samples.length).toBeLessThanOrEqual(60)
      expect(samples.at(-1)?.sample).toBe(seconds - 1)
      expect(samples[0]?.sample).toBeLessThan(seconds / 8 + 2)
    }
  })

  it('stays fine enough to show a line', () => {
    expect(watch(86_400).samples.length).toBeGreaterThan(20)
  })

  it('takes the newest of samples that come close together', () => {
    let history = noHistory<string>()
    for (const [at, sample] of [
      [0, 'a'],
      [1000, 'b'],
      [1100, 'c'],
      [1200, 'd'],
    ] as const)
      history = addSample(history, sample, at)

    expect(history.samples.map(({ sample }) => sample)).toEqual(['a', 'd'])
  })
})
