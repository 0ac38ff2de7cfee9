import type { Clock } from '../shared/domain/clock.ts'

/** The machine's own clocks. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
}

/** The machine's own randomness, in [0, 1). Not for secrets. */
export const systemDice = (): number => Math.random()
