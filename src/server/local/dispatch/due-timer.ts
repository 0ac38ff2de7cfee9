import type { Clock, EpochMs } from '../../../shared/domain/clock.ts'

/** Wall clocks jump: never sleep longer than this without looking again. */
const MAX_SLEEP_MS = 60_000

export interface DueTimer {
  /** When the next task becomes due; null when none waits. */
  expect(nextDueAt: EpochMs | null): void
  /** The wall clock may have gone on without this timer, as while the computer slept. */
  look(): void
  stop(): void
}

/** Calls `onDue` once the expected instant has come by the wall clock. */
export function createDueTimer(clock: Clock, onDue: () => void): DueTimer {
  let timer: NodeJS.Timeout | undefined
  let expected: EpochMs | null = null

  function sleep(): void {
    clearTimeout(timer)
    if (expected === null) return
    timer = setTimeout(wake, Math.min(MAX_SLEEP_MS, Math.max(0, expected - clock.now())))
  }
  function wake(): void {
    if (expected !== null && clock.now() >= expected) {
      expected = null
      onDue()
    } else sleep()
  }
  return {
    expect(nextDueAt) {
      if (nextDueAt === expected) return
      expected = nextDueAt
      sleep()
    },
    look: wake,
    stop: () => clearTimeout(timer),
  }
}
