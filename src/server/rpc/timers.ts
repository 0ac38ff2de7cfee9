/** Where delays come from; handed in, so that tests can move time. */
export interface Timers {
  /** Runs `run` once, after `delayMs` (≥ 0). What it answers cancels it; cancelling twice is harmless. */
  after(delayMs: number, run: () => void): () => void
}

/** The machine's own. They never keep the program alive. */
export const systemTimers: Timers = {
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs).unref()
    return () => clearTimeout(timer)
  },
}
