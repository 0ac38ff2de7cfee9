interface Stoppable {
  stop(): Promise<void>
}

/** The engine through its starts: there may be several, when the first ones fail. */
export interface EngineRun<Engine> {
  /** Resolves when the start under way has ended: with the engine, or null when there is none. */
  current(): Promise<Engine | null>
  /** Why the last start failed; null while one is under way, and when it went well. */
  failure(): Error | null
  /** Starts again after a start that failed; else it is as {@link current}. */
  tryAgain(): Promise<Engine | null>
  /** Waits for the start under way and stops what it started. No other begins. Never rejects. */
  stop(): Promise<void>
}

interface EngineRunOptions<Engine> {
  start(): Promise<Engine>
  /** Called when a start went well. */
  onStarted(engine: Engine): void
  onFailure(what: 'start' | 'stop', error: Error): void
}

/** Begins the first start at once. */
export function runEngine<Engine extends Stoppable>({
  start,
  onStarted,
  onFailure,
}: EngineRunOptions<Engine>): EngineRun<Engine> {
  let failure: Error | null = null
  let isStopping = false
  let current = attempt()

  async function attempt(): Promise<Engine | null> {
    failure = null
    try {
      const started = await start()
      if (!isStopping) onStarted(started)
      return started
    } catch (error) {
      fail('start', error)
      return null
    }
  }

  function fail(what: 'start' | 'stop', error: unknown): void {
    failure = error instanceof Error ? error : new Error(String(error))
    onFailure(what, failure)
  }

  return {
    current: () => current,
    failure: () => failure,
    tryAgain() {
      if (failure !== null && !isStopping) current = attempt()
      return current
    },
    async stop() {
      isStopping = true
      const started = await current
      await started?.stop().catch((error: unknown) => fail('stop', error))
    },
  }
}
