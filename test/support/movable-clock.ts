import { systemClock } from '../../src/server/clock.ts'
import type { Clock } from '../../src/shared/domain/clock.ts'

export interface MovableClock extends Clock {
  /** Moves both kinds of time on, as if so much of it had passed. */
  advance(ms: number): void
  /** Moves the wall clock alone, as somebody who sets it does. May go back. */
  jump(ms: number): void
}

/** The real time, and what a test adds to it. */
export function movableClock(): MovableClock {
  let passedMs = 0
  let jumpedMs = 0
  return {
    now: () => systemClock.now() + passedMs + jumpedMs,
    monotonic: () => systemClock.monotonic() + passedMs,
    advance: (ms) => void (passedMs += ms),
    jump: (ms) => void (jumpedMs += ms),
  }
}
