import { setTimeout as wait } from 'node:timers/promises'
import type { AttemptEnd } from '../../../shared/domain/attempt-end.ts'
import type { TaskError } from '../../../shared/domain/task.ts'
import { describeError } from './describe-error.ts'
import type {
  AbortReason,
  Assignment,
  CheckpointNotice,
  EndedNotice,
  ExecutorSettings,
  FromExecutor,
  LogNotice,
  ProgressNotice,
  StartedNotice,
  ThreadNotice,
  ToExecutor,
} from './executor-protocol.ts'
import { type HandlerRegistry, openHandlerRegistry } from './handler-registry.ts'
import { type AttemptRun, runAttempt } from './run-attempt.ts'
import { createThreadPool, type ThreadPool } from './thread-pool.ts'

/**
 * Entry of the executor process. Holds the pool, starts an assignment as soon as a thread is free,
 * and tells of a start before the thread hears of it: when this process dies, the broker knows
 * exactly which tasks were in it.
 */

/** How long handlers have to end by themselves when the program stops. */
const DRAIN_MS = 1000

const PAUSED: TaskError = {
  type: 'PausedError',
  message: 'The task was paused before it started.',
  traceback: null,
  cause: null,
}

interface ParentPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { data: unknown }) => void): void
}
const electronPort = (process as unknown as { parentPort?: ParentPort }).parentPort

function send(message: FromExecutor): void {
  if (electronPort) electronPort.postMessage(message)
  else process.send?.(message)
}

interface Live {
  readonly startedAt: number
  readonly run: AttemptRun
  notices: number
  /** The end, held back until every notice sent before it has arrived. */
  held: { readonly end: AttemptEnd; readonly notices: number } | null
}

let settings: ExecutorSettings | null = null
let pool: ThreadPool | null = null
let registry: HandlerRegistry | null = null
let isStopping = false
const waiting: Assignment[] = []
const live = new Map<number, Live>()

let report = emptyReport()
let isFlushScheduled = false

function emptyReport() {
  return {
    started: [] as StartedNotice[],
    progress: [] as ProgressNotice[],
    logs: [] as LogNotice[],
    checkpoints: [] as CheckpointNotice[],
    ended: [] as EndedNotice[],
  }
}

function flush(): void {
  isFlushScheduled = false
  const { started, progress, logs, checkpoints, ended } = report
  if (started.length + progress.length + logs.length + checkpoints.length + ended.length === 0) return
  report = emptyReport()
  send({ kind: 'report', started, progress, logs, checkpoints, ended })
}

/** One message for everything that ended or was told in this turn of the event loop, with the next starts. */
function scheduleFlush(): void {
  if (isFlushScheduled) return
  isFlushScheduled = true
  setImmediate(() => {
    isFlushScheduled = false
    pump()
  })
}

function pump(): void {
  const next: Assignment[] = []
  while (!isStopping && waiting.length > 0 && live.size + next.length < settings!.threads)
    next.push(waiting.shift()!)
  const at = Date.now()
  for (const { number } of next) report.started.push({ number, at })
  flush()
  for (const assignment of next) begin(assignment, at)
}

function begin(assignment: Assignment, startedAt: number): void {
  const { number, name } = assignment
  const handler = registry!.find(name)
  if (handler === undefined) {
    // Its file changed between the claim and now: nobody's failure.
    const error = {
      type: 'HandlerGoneError',
      message: `No handler named '${name}' is loaded any more.`,
      traceback: null,
      cause: null,
    }
    report.ended.push({ number, startedAt, at: Date.now(), end: { kind: 'lost', error, blame: 'innocent' } })
    scheduleFlush()
    return
  }
  const run = runAttempt(pool!, assignment, handler)
  live.set(number, { startedAt, run, notices: 0, held: null })
  void run.ended.then((ended) => {
    const attempt = live.get(number)
    if (attempt === undefined) return
    attempt.held = ended
    finishWhenComplete(number, attempt)
  })
}

function finishWhenComplete(number: number, { held, notices, startedAt }: Live): void {
  if (held === null || notices < held.notices) return
  live.delete(number)
  report.ended.push({ number, startedAt, at: Date.now(), end: held.end })
  scheduleFlush()
}

function onNotice(notice: ThreadNotice): void {
  const attempt = live.get(notice.number)
  if (attempt === undefined) return
  const { kind, ...entry } = notice
  if (kind === 'progress') report.progress.push(entry as ProgressNotice)
  else if (kind === 'log') report.logs.push(entry as LogNotice)
  else report.checkpoints.push(entry as CheckpointNotice)
  attempt.notices += 1
  scheduleFlush()
  finishWhenComplete(notice.number, attempt)
}

function abort(number: number, why: AbortReason, terminate: boolean): void {
  const index = waiting.findIndex((assignment) => assignment.number === number)
  if (index !== -1) {
    waiting.splice(index, 1)
    const end =
      why === 'cancel'
        ? ({ kind: 'cancelled' } as const)
        : ({ kind: 'lost', error: PAUSED, blame: 'innocent' } as const)
    report.ended.push({ number, startedAt: null, at: Date.now(), end })
    scheduleFlush()
    return
  }
  live.get(number)?.run.abort(why, terminate)
}

async function start(given: ExecutorSettings): Promise<void> {
  settings = given
  pool = createThreadPool({ threads: given.threads, threadFile: given.threadFile, onNotice })
  registry = await openHandlerRegistry(given, pool, (handlers) => send({ kind: 'handlers', handlers }))
  send({ kind: 'ready', handlers: registry.list() })
}

/**
 * Asks what runs to end, and waits a moment for what does; threads that go on then are ended, and
 * the broker gives their tasks back.
 */
async function stop(): Promise<void> {
  if (isStopping) return
  isStopping = true
  registry?.close()
  const attempts = [...live.values()].map(({ run }) => run)
  for (const attempt of attempts) attempt.drain()
  await Promise.race([Promise.all(attempts.map(({ ended }) => ended)), wait(DRAIN_MS)])
  // Ends that were told up to here count; those that ending the threads causes do not.
  await new Promise((resolve) => setImmediate(resolve))
  flush()
  live.clear()
  await pool?.close()
  process.exit(0)
}

function receive(message: ToExecutor): void {
  switch (message.kind) {
    case 'start':
      start(message.settings).catch((error: unknown) => {
        process.stderr.write(`Error: ${describeError(error).message}\n`)
        process.exit(1)
      })
      return
    case 'run':
      waiting.push(...message.assignments)
      pump()
      return
    case 'abort':
      abort(message.number, message.why, message.terminate)
      return
    case 'ping':
      send({ kind: 'pong' })
      return
    case 'stop':
      void stop()
  }
}

if (electronPort) electronPort.on('message', ({ data }) => receive(data as ToExecutor))
else {
  process.on('message', (message) => receive(message as ToExecutor))
  // The broker is gone, however it went: nothing may go on running here.
  process.on('disconnect', () => process.exit(0))
}
