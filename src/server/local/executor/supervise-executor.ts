import type { HandlerList } from '../../../shared/domain/worker.ts'
import type { ExecutorHost, StartExecutor } from './executor-host.ts'
import type {
  AbortReason,
  Assignment,
  ExecutorSettings,
  FromExecutor,
  ToExecutor,
} from './executor-protocol.ts'

/** A process that dies at once again and again is restarted ever more slowly. */
const RESTART_MS = [0, 100, 250, 500, 1000] as const
const STEADY_MS = 10_000
const STOP_TIMEOUT_MS = 2500

export interface ExecutorListeners {
  onReady(handlers: HandlerList): void
  onHandlers(handlers: HandlerList): void
  onReport(report: Extract<FromExecutor, { kind: 'report' }>): void
  /** The process ended unasked; it is being started again. */
  onCrash(reason: string): void
}

export interface Executor {
  readonly pid: number | null
  readonly isReady: boolean
  run(assignments: readonly Assignment[]): void
  abort(number: number, why: AbortReason, terminate: boolean): void
  stop(): Promise<void>
}

/** Keeps the executor process running: what dies is started again, within a second. */
export function superviseExecutor(options: {
  readonly start: StartExecutor
  readonly entryFile: string
  readonly settings: ExecutorSettings
  readonly listeners: ExecutorListeners
}): Executor {
  const { start, entryFile, settings, listeners } = options
  let host: ExecutorHost | null = null
  let isReady = false
  let isStopping = false
  let quickDeaths = 0
  let restart: NodeJS.Timeout | undefined

  function launch(): void {
    const startedAt = performance.now()
    const self = start(entryFile, { env: taskEnvironment(process.env), execArgv: [] })
    host = self
    const send = (message: ToExecutor) => self.send(message)
    self.onMessage((message) => receive(message as FromExecutor))
    self.onExit((reason) => {
      if (host !== self) return
      host = null
      isReady = false
      if (isStopping) return
      quickDeaths = performance.now() - startedAt < STEADY_MS ? quickDeaths + 1 : 0
      listeners.onCrash(reason)
      restart = setTimeout(launch, RESTART_MS[Math.min(quickDeaths, RESTART_MS.length - 1)])
    })
    send({ kind: 'start', settings })
  }

  function receive(message: FromExecutor): void {
    switch (message.kind) {
      case 'ready':
        isReady = true
        listeners.onReady(message.handlers)
        return
      case 'handlers':
        listeners.onHandlers(message.handlers)
        return
      case 'report':
        listeners.onReport(message)
        return
      case 'pong':
    }
  }

  const send = (message: ToExecutor) => host?.send(message)
  launch()
  return {
    get pid() {
      return host?.pid ?? null
    },
    get isReady() {
      return isReady
    },
    run: (assignments) => send({ kind: 'run', assignments }),
    abort: (number, why, terminate) => send({ kind: 'abort', number, why, terminate }),
    async stop() {
      isStopping = true
      clearTimeout(restart)
      const self = host
      if (self === null) return
      await new Promise<void>((resolve) => {
        const force = setTimeout(() => self.kill(), STOP_TIMEOUT_MS)
        self.onExit(() => {
          clearTimeout(force)
          resolve()
        })
        self.send({ kind: 'stop' } satisfies ToExecutor)
      })
    },
  }
}

/** What task code may see of our environment: everything but our own secrets and switches. */
export function taskEnvironment(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter(
      (entry): entry is [string, string] =>
        entry[1] !== undefined && !entry[0].startsWith('PENSTOCK_') && entry[0] !== 'ELECTRON_RUN_AS_NODE',
    ),
  )
}
