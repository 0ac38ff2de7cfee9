import type { EpochMs } from '../../../shared/domain/clock.ts'

const SECONDS = 60

/** Counts what happens per second, and forgets it after a minute. Constant memory. */
export interface RateMeter {
  add(at: EpochMs, count: number): void
  /** Mean per second over the last 60 s. */
  perSecond(now: EpochMs): number
}

export function createRateMeter(): RateMeter {
  const counts = new Float64Array(SECONDS)
  const seconds = new Float64Array(SECONDS)
  return {
    add(at, count) {
      const second = Math.floor(at / 1000)
      const slot = second % SECONDS
      if (seconds[slot] !== second) {
        seconds[slot] = second
        counts[slot] = 0
      }
      counts[slot]! += count
    },
    perSecond(now) {
      const second = Math.floor(now / 1000)
      let sum = 0
      for (let slot = 0; slot < SECONDS; slot += 1) {
        const age = second - seconds[slot]!
        if (age >= 0 && age < SECONDS) sum += counts[slot]!
      }
      return sum / SECONDS
    },
  }
}
