import type { LoadedHandlers } from '../../../shared/domain/worker.ts'
import type { ExecutorHost, StartExecutor } from './executor-host.ts'
import type {
  AbortReason,
  Assignment,
  ExecutorReport,
  ExecutorSettings,
  FromExecutor,
  InputToCheck,
  Slots,
  SubtaskAnswer,
  SubtaskRequest,
  ToExecutor,
} from './executor-protocol.ts'

/** A process that dies at once again and again is restarted ever more slowly. */
const RESTART_MS = [0, 100, 250, 500, 1000] as const
const STEADY_MS = 10_000
const STOP_TIMEOUT_MS = 2500
/** A process that is busy beyond its own limit on checks is not waited for. */
const CHECK_TIMEOUT_MS = 6000

export interface ExecutorListeners {
  onReady(handlers: LoadedHandlers): void
  onHandlers(handlers: LoadedHandlers): void
  onReport(report: ExecutorReport): void
  /** A running attempt wants to submit another task. Never rejects. */
  onSubtask(request: SubtaskRequest): Promise<SubtaskAnswer>
  /** The process ended unasked; it is being started again. */
  onCrash(reason: string): void
}

export interface Executor {
  readonly pid: number | null
  readonly isReady: boolean
  run(workerId: string, assignments: readonly Assignment[]): void
  setSlots(slots: Slots): void
  abort(number: number, why: AbortReason, terminate: boolean): void
  /** What the handler has against the input. Null when nothing, or when nobody can tell soon. */
  check(input: InputToCheck): Promise<string | null>
  stop(): Promise<void>
}

/** Keeps the executor process running: what dies is started again, within a second. */
export function superviseExecutor(options: {
  readonly start: StartExecutor
  readonly entryFile: string
  /** Taken anew at every start. */
  readonly settings: () => ExecutorSettings
  readonly listeners: ExecutorListeners
}): Executor {
  const { start, entryFile, settings, listeners } = options
  let host: ExecutorHost | null = null
  let isReady = false
  let isStopping = false
  let quickDeaths = 0
  let restart: NodeJS.Timeout | undefined
  let lastCheck = 0
  /** Who waits for the answer to a check, by its request. */
  const checking = new Map<number, (refusal: string | null) => void>()

  function launch(): void {
    const startedAt = performance.now()
    const self = start(entryFile, { env: taskEnvironment(process.env), execArgv: [] })
    host = self
    const send = (message: ToExecutor) => self.send(message)
    self.onMessage((message) => receive(message as FromExecutor, send))
    self.onExit((reason) => {
      if (host !== self) return
      host = null
      isReady = false
      for (const answer of checking.values()) answer(null)
      if (isStopping) return
      quickDeaths = performance.now() - startedAt < STEADY_MS ? quickDeaths + 1 : 0
      listeners.onCrash(reason)
      restart = setTimeout(launch, RESTART_MS[Math.min(quickDeaths, RESTART_MS.length - 1)])
    })
    send({ kind: 'start', settings: settings() })
  }

  /** @param reply to the process that the message came from, which may not be the newest. */
  function receive(message: FromExecutor, reply: (answer: ToExecutor) => void): void {
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
      case 'subtask': {
        const { requestId, number, attempt, task } = message
        void listeners
          .onSubtask({ number, attempt, task })
          .then((answer) => reply({ kind: 'subtask', requestId, answer }))
        return
      }
      case 'checked':
        checking.get(message.requestId)?.(message.refusal)
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
    run: (workerId, assignments) => send({ kind: 'run', workerId, assignments }),
    setSlots: (slots) => send({ kind: 'slots', slots }),
    abort: (number, why, terminate) => send({ kind: 'abort', number, why, terminate }),
    check(input) {
      if (!isReady) return Promise.resolve(null)
      const requestId = (lastCheck += 1)
      return new Promise((resolve) => {
        const answer = (refusal: string | null) => {
          clearTimeout(giveUp)
          checking.delete(requestId)
          resolve(refusal)
        }
        const giveUp = setTimeout(answer, CHECK_TIMEOUT_MS, null)
        checking.set(requestId, answer)
        send({ kind: 'check', requestId, ...input })
      })
    },
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
function taskEnvironment(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter(
      (entry): entry is [string, string] =>
        entry[1] !== undefined && !entry[0].startsWith('PENSTOCK_') && entry[0] !== 'ELECTRON_RUN_AS_NODE',
    ),
  )
}
