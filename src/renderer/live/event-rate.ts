import type { EpochMs } from '../../shared/domain/clock.ts'

/** How many events came in each of the last seconds. */
export interface EventRate {
  /** Whole second → count, oldest first. */
  readonly seconds: readonly { readonly second: number; readonly count: number }[]
}

export const NO_RATE: EventRate = { seconds: [] }

/** Long enough to be calm, short enough to follow. */
const WINDOW_SECONDS = 3

export function countEvents(rate: EventRate, count: number, now: EpochMs): EventRate {
  if (count === 0) return rate
  const second = Math.floor(now / 1000)
  const last = rate.seconds.at(-1)
  const kept = rate.seconds.filter(
    (entry) => entry.second >= second - WINDOW_SECONDS && entry.second < second,
  )
  const sofar = last?.second === second ? last.count : 0
  return { seconds: [...kept, { second, count: sofar + count }] }
}

/** Events per second over the last three whole seconds. */
export function eventsPerSecond(rate: EventRate, now: EpochMs): number {
  const second = Math.floor(now / 1000)
  const sum = rate.seconds
    .filter((entry) => entry.second >= second - WINDOW_SECONDS && entry.second < second)
    .reduce((total, { count }) => total + count, 0)
  return sum / WINDOW_SECONDS
}
