/** Claims ahead of need must not keep a task from another worker, or from a cancel, for long. */
const AHEAD_MS = 20
const MAX_AHEAD_PER_THREAD = 100
const WEIGHT = 0.05

/** How many tasks to hold: one a thread, and more ahead of need only while tasks are seen to be short. */
export interface Prefetch {
  /** An attempt ran for so long, in milliseconds. */
  ran(ms: number): void
  resize(threads: number): void
  target(): number
}

export function createPrefetch(initialThreads: number): Prefetch {
  let threads = initialThreads
  let meanMs: number | null = null
  return {
    ran(ms) {
      meanMs = meanMs === null ? ms : ms > meanMs * 10 ? ms : meanMs + (ms - meanMs) * WEIGHT
    },
    resize: (count) => void (threads = count),
    target() {
      if (meanMs === null) return threads
      const ahead = Math.min(MAX_AHEAD_PER_THREAD, Math.floor(AHEAD_MS / Math.max(meanMs, 0.1)))
      return threads * (1 + ahead)
    },
  }
}
