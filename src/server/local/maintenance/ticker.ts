/** Work that is done again and again beside the tasks: one job a name, never two runs of one at once. */
export interface Ticker {
  /** Runs `job` now and then every `intervalMs` after its last run ended. A failure is told and the next run comes. */
  every(intervalMs: number, name: string, job: () => Promise<void>): void
  /** No further run starts; resolves when those under way have ended. */
  stop(): Promise<void>
}

export function createTicker(onFailure: (name: string, error: unknown) => void): Ticker {
  const timers = new Map<string, NodeJS.Timeout>()
  const running = new Set<Promise<void>>()
  let isStopped = false

  function start(intervalMs: number, name: string, job: () => Promise<void>): void {
    const run = job()
      .catch((error: unknown) => {
        if (!isStopped) onFailure(name, error)
      })
      .then(() => {
        running.delete(run)
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
    async stop() {
      isStopped = true
      for (const timer of timers.values()) clearTimeout(timer)
      await Promise.all(running)
    },
  }
}
