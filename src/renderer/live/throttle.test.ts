import { describe, expect, it } from 'vitest'
import { createThrottle } from './throttle.ts'

function setUp() {
  let now = 0
  let timer: { run: () => void; at: number } | null = null
  const runs: number[] = []
  const throttle = createThrottle(() => runs.push(now), 1000, {
    now: () => now,
    setTimer: (run, ms) => {
      timer = { run, at: now + ms }
      return () => {
        timer = null
      }
    },
  })
  const advanceTo = (ms: number) => {
    while (timer !== null && timer.at <= ms) {
      const { run, at } = timer
      timer = null
      now = at
      run()
    }
    now = ms
  }
  return { throttle, runs, advanceTo }
}

describe('a throttle', () => {
  it('runs the first request at once, and the last one always', () => {
    const { throttle, runs, advanceTo } = setUp()

    for (let ms = 0; ms <= 2500; ms += 50) {
      advanceTo(ms)
      throttle.request()
    }
    advanceTo(10_000)

    expect(runs).toEqual([0, 1000, 2000, 3000])
  })

  it('runs nothing once it was cancelled', () => {
    const { throttle, runs, advanceTo } = setUp()
    throttle.request()
    throttle.request()

    throttle.cancel()
    advanceTo(10_000)

    expect(runs).toEqual([0])
  })
})
