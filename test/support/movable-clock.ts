import { systemClock } from '../../src/server/clock.ts'
import type { Clock } from '../../src/shared/domain/clock.ts'

export interface MovableClock extends Clock {
  /** Moves both kinds of time on, as if so much of it had passed. */
  advance(ms: number): void
  /** Moves the wall clock alone, as somebody who sets it does. May go back. */
  jump(ms: number): void
}

/** The real time, and what a test adds to it. */
export const movableClock = (): MovableClock => movable(systemClock)

/** What a test adds to the time that it is now, and nothing else: however long the machine takes, it stands. */
export function standingClock(): MovableClock {
  // Whole, so that what is added to it adds up.
  const [now, monotonic] = [systemClock.now(), systemClock.monotonic()].map(Math.floor) as [number, number]
  return movable({ now: () => now, monotonic: () => monotonic })
}

function movable(clock: Clock): MovableClock {
  let passedMs = 0
  let jumpedMs = 0
  return {
    now: () => clock.now() + passedMs + jumpedMs,
    monotonic: () => clock.monotonic() + passedMs,
    advance: (ms) => void (passedMs += ms),
    jump: (ms) => void (jumpedMs += ms),
  }
}
