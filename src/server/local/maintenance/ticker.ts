/** Work that is done again and again beside the tasks: one job a name, never two runs of one at once. */
export interface Ticker {
  /** Runs `job` now and then every `intervalMs` after its last run ended. A failure is told and the next run comes. */
  every(intervalMs: number, name: string, job: () => Promise<void>): void
  /** Names of jobs that have not ended a run for half a minute longer than they should, or whose last run failed. */
  troubled(): readonly string[]
  /** No further run starts; resolves when those under way have ended. */
  stop(): Promise<void>
}

const LATE_MS = 30_000

interface LastRun {
  readonly dueMs: number
  endedAt: number
  hasFailed: boolean
}

/** @param monotonic milliseconds that only grow, of the same clock as the machine's timers. */
export function createTicker(
  onFailure: (name: string, error: unknown) => void,
  monotonic: () => number,
): Ticker {
  const timers = new Map<string, NodeJS.Timeout>()
  const running = new Set<Promise<void>>()
  const lastRuns = new Map<string, LastRun>()
  let isStopped = false

  function start(intervalMs: number, name: string, job: () => Promise<void>): void {
    let last = lastRuns.get(name)
    if (last === undefined)
      lastRuns.set(name, (last = { dueMs: intervalMs + LATE_MS, endedAt: monotonic(), hasFailed: false }))
    const ofName = last
    const run = job()
      .then(() => {
        ofName.hasFailed = false
      })
      .catch((error: unknown) => {
        ofName.hasFailed = true
        if (!isStopped) onFailure(name, error)
      })
      .then(() => {
        running.delete(run)
        ofName.endedAt = monotonic()
        if (!isStopped)
          timers.set(
            name,
            setTimeout(() => start(intervalMs, name, job), intervalMs),
          )
      })
    running.add(run)
  }
  return {
    every: start,
    troubled() {
      const now = monotonic()
      return [...lastRuns].flatMap(([name, { dueMs, endedAt, hasFailed }]) =>
        hasFailed || now - endedAt > dueMs ? [name] : [],
      )
    },
    async stop() {
      isStopped = true
      for (const timer of timers.values()) clearTimeout(timer)
      await Promise.all(running)
    },
  }
}
