import { setTimeout as wait } from 'node:timers/promises'
import type { MessagePort } from 'node:worker_threads'
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
  Slots,
  StartedNotice,
  SubtaskAnswer,
  ThreadNotice,
  ToExecutor,
} from './executor-protocol.ts'
import { type HandlerRegistry, openHandlerRegistry } from './handler-registry.ts'
import { type AttemptRun, runAttempt } from './run-attempt.ts'
import { createLines, type Line } from './pool-lines.ts'
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
  readonly line: Line
  readonly startedAt: number
  readonly run: AttemptRun
  notices: number
  /** The end, held back until every notice sent before it has arrived. */
  held: { readonly end: AttemptEnd; readonly notices: number } | null
}

let pool: ThreadPool | null = null
let registry: HandlerRegistry | null = null
let isStopping = false
const lines = createLines()
const live = new Map<number, Live>()
/** Where the answers to requests of threads go. */
const asked = new Map<number, MessagePort>()
let lastRequestId = 0

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
  const next = isStopping ? [] : lines.takeNext()
  const at = Date.now()
  for (const { assignment } of next) report.started.push({ number: assignment.number, at })
  flush()
  for (const { assignment, line } of next) begin(assignment, line, at)
}

function begin(assignment: Assignment, line: Line, startedAt: number): void {
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
    line.running -= 1
    report.ended.push({ number, startedAt, at: Date.now(), end: { kind: 'lost', error, blame: 'innocent' } })
    scheduleFlush()
    return
  }
  const run = runAttempt(pool!, assignment, handler)
  live.set(number, { line, startedAt, run, notices: 0, held: null })
  void run.ended.then((ended) => {
    const attempt = live.get(number)
    if (attempt === undefined) return
    attempt.held = ended
    finishWhenComplete(number, attempt)
  })
}

function finishWhenComplete(number: number, { held, line, notices, startedAt }: Live): void {
  if (held === null || notices < held.notices) return
  live.delete(number)
  line.running -= 1
  report.ended.push({ number, startedAt, at: Date.now(), end: held.end })
  scheduleFlush()
}

function onNotice(notice: ThreadNotice): void {
  const attempt = live.get(notice.number)
  if (attempt === undefined) {
    if (notice.kind === 'subtask') notice.replyTo.close()
    return
  }
  const { kind, ...entry } = notice
  if (kind === 'subtask') ask(notice)
  else if (kind === 'progress') report.progress.push(entry as ProgressNotice)
  else if (kind === 'log') report.logs.push(entry as LogNotice)
  else report.checkpoints.push(entry as CheckpointNotice)
  attempt.notices += 1
  scheduleFlush()
  finishWhenComplete(notice.number, attempt)
}

/** What the attempt told before is told first, so that its start stands before its child's. */
function ask({ replyTo, number, attempt, task }: Extract<ThreadNotice, { kind: 'subtask' }>): void {
  lastRequestId += 1
  asked.set(lastRequestId, replyTo)
  flush()
  send({ kind: 'subtask', requestId: lastRequestId, number, attempt, task })
}

function answer(requestId: number, given: SubtaskAnswer): void {
  asked.get(requestId)?.postMessage(given)
  asked.delete(requestId)
}

function abort(number: number, why: AbortReason, terminate: boolean): void {
  if (lines.remove(number)) {
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
  lines.setSlots(given.slots)
  pool = createThreadPool({ threads: lines.slots(), threadFile: given.threadFile, onNotice })
  registry = await openHandlerRegistry(given, pool, (handlers) => send({ kind: 'handlers', handlers }))
  // Stopping ends the threads under what they load; that is no problem of the files.
  if (!isStopping) send({ kind: 'ready', handlers: registry.list() })
}

function resize(slots: Slots): void {
  lines.setSlots(slots)
  pool?.resize(lines.slots())
  pump()
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
      lines.push(message.workerId, message.assignments)
      pump()
      return
    case 'slots':
      resize(message.slots)
      return
    case 'abort':
      abort(message.number, message.why, message.terminate)
      return
    case 'subtask':
      answer(message.requestId, message.answer)
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
