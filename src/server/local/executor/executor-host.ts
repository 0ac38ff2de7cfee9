/** The executor process, seen from outside: how to talk to it, whatever kind of process it is. */
export interface ExecutorHost {
  readonly pid: number | null
  send(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  /** Called once, however it ended. */
  onExit(listener: (reason: string) => void): void
  /** Ends it at once. */
  kill(): void
}

export interface ExecutorStartOptions {
  readonly env: Readonly<Record<string, string>>
  readonly execArgv: readonly string[]
}

/** Starts the executor process; `app` decides of which kind (architecture, "Processes and threads"). */
export type StartExecutor = (entryFile: string, options: ExecutorStartOptions) => ExecutorHost
