import { setTimeout as wait } from 'node:timers/promises'
import type { MessagePort } from 'node:worker_threads'
import type { TaskError } from '../../../shared/domain/task.ts'
import { describeError } from './describe-error.ts'
import type {
  AbortReason,
  CheckpointNotice,
  EndedNotice,
  ExecutorSettings,
  FromExecutor,
  InputToCheck,
  LogNotice,
  ProgressNotice,
  Slots,
  StartedNotice,
  SubtaskAnswer,
  ThreadAttempt,
  ThreadNotice,
  ToExecutor,
} from './executor-protocol.ts'
import { type HandlerRegistry, openHandlerRegistry } from './handler-registry.ts'
import { createInputChecks, type InputChecks } from './input-checks.ts'
import { type Batch, createLines, type Line } from './pool-lines.ts'
import { type BatchRun, runBatch } from './run-batch.ts'
import { createRunTimes } from './run-times.ts'
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

type SubtaskNotice = Extract<ThreadNotice, { kind: 'subtask' }>

let pool: ThreadPool | null = null
let checks: InputChecks | null = null
let registry: HandlerRegistry | null = null
let isStopping = false
let onIdle = () => {}
const times = createRunTimes()
const lines = createLines(times.expectedMs)
/** Which batch an attempt is in. */
const live = new Map<number, BatchRun>()
/** Where the answers to requests of threads go. */
const asked = new Map<number, MessagePort>()
let lastRequestId = 0

let report = emptyReport()
let isFlushScheduled = false

function emptyReport() {
  return {
    handed: [] as number[],
    recalled: [] as number[],
    started: [] as StartedNotice[],
    progress: [] as ProgressNotice[],
    logs: [] as LogNotice[],
    checkpoints: [] as CheckpointNotice[],
    ended: [] as EndedNotice[],
  }
}

function flush(): void {
  isFlushScheduled = false
  if (Object.values(report).every(({ length }) => length === 0)) return
  const told = report
  report = emptyReport()
  send({ kind: 'report', ...told })
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
  const ready = next.map(({ line, assignments }) => ({ line, attempts: find(assignments, at) }))
  for (const { attempts } of ready)
    if (attempts.length === 1) report.started.push({ number: attempts[0]!.assignment.number, at })
    else for (const { assignment } of attempts) report.handed.push(assignment.number)
  flush()
  for (const batch of ready) begin(batch, at)
}

/** Where the handlers are. An attempt without one ends here: its file changed between the claim and now, nobody's failure. */
function find(assignments: Batch['assignments'], at: number): readonly ThreadAttempt[] {
  return assignments.flatMap((assignment) => {
    const { number, name } = assignment
    const handler = registry!.find(name)
    if (handler !== undefined) return [{ assignment, moduleUrl: handler.url, exportName: handler.exportName }]
    const error = {
      type: 'HandlerGoneError',
      message: `No handler named '${name}' is loaded any more.`,
      traceback: null,
      cause: null,
    }
    report.ended.push({ number, startedAt: null, at, end: { kind: 'lost', error, blame: 'innocent' } })
    return []
  })
}

function begin(
  { line, attempts }: { line: Line; attempts: readonly ThreadAttempt[] },
  startedAt: number,
): void {
  const free = () => {
    line.running -= 1
    scheduleFlush()
  }
  if (attempts.length === 0) return free()
  const batch = runBatch(
    pool!,
    attempts,
    { startedAt, now: Date.now },
    {
      onStarted({ number }, at) {
        report.started.push({ number, at })
        scheduleFlush()
      },
      onEnded({ number }, began, at, end) {
        live.delete(number)
        report.ended.push({ number, startedAt: began, at, end })
        scheduleFlush()
        if (live.size === 0) onIdle()
      },
      onRecalled(assignments) {
        for (const { number } of assignments) {
          live.delete(number)
          report.recalled.push(number)
        }
        lines.putBack(line, assignments)
        scheduleFlush()
      },
      onFree: free,
    },
  )
  for (const { assignment } of attempts) live.set(assignment.number, batch)
}

/** What task code put on the port in spite of all is no word of ours, and ends nobody. */
function onNotice(notice: ThreadNotice): void {
  const batch = live.get((notice as { number?: number } | null)?.number ?? -1)
  if (batch === undefined) {
    if ((notice as { kind?: string } | null)?.kind === 'subtask') (notice as SubtaskNotice).replyTo?.close()
    return
  }
  const { kind, ...entry } = notice
  if (kind === 'ended') {
    times.ran(notice.name, notice.ranMs)
    batch.ended(notice)
    return
  }
  batch.told(notice.number)
  if (kind === 'subtask') ask(notice)
  else if (kind === 'progress') report.progress.push(entry as ProgressNotice)
  else if (kind === 'log') report.logs.push(entry as LogNotice)
  else if (kind === 'checkpoint') report.checkpoints.push(entry as CheckpointNotice)
  scheduleFlush()
}

/** What the attempt told before is told first, so that its start stands before its child's. */
function ask({ replyTo, number, attempt, task }: SubtaskNotice): void {
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
  if (abortWaiting(number, why)) return
  live.get(number)?.abort(number, why, terminate)
  // It may have been taken back from its thread just now.
  abortWaiting(number, why)
}

/** @returns whether it had not been given to a thread. */
function abortWaiting(number: number, why: AbortReason): boolean {
  if (!lines.remove(number)) return false
  const end =
    why === 'cancel'
      ? ({ kind: 'cancelled' } as const)
      : ({ kind: 'lost', error: PAUSED, blame: 'innocent' } as const)
  report.ended.push({ number, startedAt: null, at: Date.now(), end })
  scheduleFlush()
  return true
}

async function start(given: ExecutorSettings): Promise<void> {
  lines.setSlots(given.slots)
  pool = createThreadPool({ threads: lines.slots(), threadFile: given.threadFile, onNotice })
  checks = createInputChecks(pool, (requestId, refusal) => send({ kind: 'checked', requestId, refusal }))
  registry = await openHandlerRegistry(given, pool, (handlers) => send({ kind: 'handlers', handlers }))
  // Stopping ends the threads under what they load; that is no problem of the files.
  if (!isStopping) send({ kind: 'ready', handlers: registry.list() })
}

/** A handler that is gone by now has nothing against any input; the attempt tells. */
function check({ requestId, name, args, kwargs }: { readonly requestId: number } & InputToCheck): void {
  const handler = registry?.find(name)
  if (handler === undefined || checks === null) send({ kind: 'checked', requestId, refusal: null })
  else checks.add(requestId, { moduleUrl: handler.url, exportName: handler.exportName, args, kwargs })
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
  for (const batch of new Set(live.values())) batch.drain()
  await Promise.race([untilIdle(), wait(DRAIN_MS)])
  // Ends that were told up to here count; those that ending the threads causes do not.
  await new Promise((resolve) => setImmediate(resolve))
  flush()
  live.clear()
  await pool?.close()
  process.exit(0)
}

/** Resolves when no thread has anything of ours. */
function untilIdle(): Promise<void> {
  return new Promise((resolve) => {
    onIdle = resolve
    if (live.size === 0) resolve()
  })
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
    case 'check':
      check(message)
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
