/** Handlers that run longer than this on average get a thread for each attempt. */
const SHORT_MS = 1
/** Attempts seen before a handler counts as short. */
const MIN_SEEN = 5
const WEIGHT = 0.05
const MAX_NAMES = 10_000

/** How long attempts run, by the name of their task: measured, never declared. */
export interface RunTimes {
  ran(name: string, ms: number): void
  /** The mean of a handler seen to be short, in milliseconds; null for any other. */
  expectedMs(name: string): number | null
}

export function createRunTimes(): RunTimes {
  const times = new Map<string, { seen: number; meanMs: number }>()
  return {
    ran(name, ms) {
      const known = times.get(name)
      if (known === undefined) {
        if (times.size >= MAX_NAMES) times.clear()
        times.set(name, { seen: 1, meanMs: ms })
        return
      }
      known.seen += 1
      // One that is suddenly slow is believed at once; one that is fast again has to show it for a while.
      known.meanMs = ms > SHORT_MS * 10 ? ms : known.meanMs + (ms - known.meanMs) * WEIGHT
    },
    expectedMs(name) {
      const known = times.get(name)
      return known === undefined || known.seen < MIN_SEEN || known.meanMs > SHORT_MS ? null : known.meanMs
    },
  }
}
