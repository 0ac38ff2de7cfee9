const MOST = 3
const WITHIN_MS = 60_000

export interface CrashBrake {
  /** Whether another try is worth it: not after three within a minute. */
  mayTryAgain(): boolean
}

/** @param monotonic milliseconds that only grow */
export function createCrashBrake(monotonic: () => number): CrashBrake {
  let tries: readonly number[] = []
  return {
    mayTryAgain() {
      const now = monotonic()
      tries = tries.filter((at) => now - at < WITHIN_MS)
      if (tries.length >= MOST) return false
      tries = [...tries, now]
      return true
    },
  }
}
