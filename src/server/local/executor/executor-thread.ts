import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { formatWithOptions } from 'node:util'
import { BroadcastChannel, MessagePort, parentPort, type Transferable, workerData } from 'node:worker_threads'
import { type JsonText, parseJsonWithBigInts, stringifyWithBigInts } from '../../../shared/domain/json.ts'
import { MAX_RESULT_BYTES } from '../../../shared/domain/limits.ts'
import { LOG_LEVELS, type LogLevel } from '../../../shared/domain/task.ts'
import {
  type InputSchema,
  type Subtask,
  TASK_DEFINITION,
  type TaskContext,
  type TaskDefinition,
  type TaskFunction,
  type TaskInput,
} from '../../../tasks/api.ts'
import { checkInput, refusalOf } from './check-input.ts'
import { describeError, readRetryWish } from './describe-error.ts'
import {
  ATTEMPT_ENDED,
  type AbortNotice,
  type Assignment,
  type DescribedHandler,
  RECALLED,
  type SignedNotice,
  type ThreadAttempt,
  type ThreadCheck,
  type ThreadEnd,
  type ThreadNotice,
  type ThreadRequest,
  type ThreadSecrets,
} from './executor-protocol.ts'
import { toParentValues } from './parent-values.ts'
import { refusal, submitSubtask } from './submit-subtask.ts'

/** Runs task code in a thread of the pool, one attempt at a time. Loads modules itself, by address. */

const MAX_LOG_MESSAGE = 10_000

process.setSourceMapsEnabled(true)

interface Running {
  readonly number: number
  readonly attempt: number
  readonly controller: AbortController
  /** Submits that have not been answered yet. */
  readonly submits: Set<Promise<unknown>>
}
let running: Running | null = null

const { key, abortChannel } = takeSecrets()

/** Before any task code runs here: afterwards nobody else can find them. */
function takeSecrets(): ThreadSecrets {
  const secrets = { ...(workerData as ThreadSecrets) }
  for (const name of Object.keys(secrets)) Reflect.deleteProperty(workerData as object, name)
  return secrets
}

const aborts = new BroadcastChannel(abortChannel)
aborts.onmessage = (event) => {
  const { number, attempt, reason } = (event as { data: AbortNotice }).data
  if (running?.number === number && running.attempt === attempt)
    running.controller.abort(new DOMException(reason, 'AbortError'))
}
aborts.unref()

const postMessage = parentPort!.postMessage.bind(parentPort!)

function post(notice: ThreadNotice, transferred: readonly Transferable[] = []): void {
  postMessage({ key, notice } satisfies SignedNotice, transferred)
}

const { close } = MessagePort.prototype
// Without its port a thread is deaf and dumb, and would take others' tasks with it.
Object.defineProperty(MessagePort.prototype, 'close', {
  value(this: MessagePort) {
    if (this !== parentPort) close.call(this)
  },
})

/** The thread's port is ours: what task code says on it would be taken for our own words, or end them. */
function keepPort(): void {
  Object.assign(parentPort!, { postMessage() {}, close() {} })
}

function tell(notice: ThreadNotice): void {
  if (running?.number === notice.number) post(notice)
}

function log(level: LogLevel, parts: readonly unknown[]): void {
  if (running === null) return
  const message = formatWithOptions({ colors: false, depth: 4 }, ...parts).slice(0, MAX_LOG_MESSAGE)
  tell({ kind: 'log', number: running.number, at: Date.now(), level, message })
}

for (const level of LOG_LEVELS) console[level] = (...parts: unknown[]) => log(level, parts)
console.log = (...parts: unknown[]) => log('info', parts)

function contextOf(assignment: Assignment, signal: AbortSignal): TaskContext {
  const { number, id, name, queue, attempt, metadata, checkpoint } = assignment
  let parents: Readonly<Record<string, unknown>> | null = null
  return {
    id,
    name,
    queue,
    attempt,
    metadata,
    signal,
    checkpointed: checkpoint === null ? null : parseJsonWithBigInts(checkpoint),
    checkpoint: (data) => tell({ kind: 'checkpoint', number, data: toJson(data, 'A checkpoint') }),
    get parents() {
      return (parents ??= toParentValues(assignment.parents))
    },
    submit: (subtask) => submit(assignment, subtask),
    log: {
      debug: (...parts) => log('debug', parts),
      info: (...parts) => log('info', parts),
      warn: (...parts) => log('warn', parts),
      error: (...parts) => log('error', parts),
    },
    progress(fraction, details = {}) {
      if (typeof fraction !== 'number' || Number.isNaN(fraction))
        throw new TypeError(`progress() takes a fraction from 0 to 1, not ${String(fraction)}.`)
      tell({
        kind: 'progress',
        number,
        at: Date.now(),
        fraction: Math.min(1, Math.max(0, fraction)),
        stage: toShortText(details.stage, 200),
        message: toShortText(details.message, 2000),
      })
    },
  }
}

/**
 * The attempt ends only when every submit has been answered. One that nobody waited for and that is
 * refused fails the attempt: what was asked for would be missing without a word.
 */
function submit({ number, attempt }: Assignment, subtask: Subtask): Promise<{ readonly id: string }> {
  const self = running
  if (self === null || self.number !== number || self.attempt !== attempt) throw refusal(ATTEMPT_ENDED)
  const task = toJson(subtask, 'A subtask')
  const submitted = submitSubtask((replyTo) => {
    const notice: ThreadNotice = { kind: 'subtask', number, attempt, task, replyTo }
    post(notice, [replyTo])
  })
  const forget = () => self.submits.delete(submitted)
  self.submits.add(submitted)
  void submitted.then(forget, forget)
  return submitted
}

/** Task code is not type-checked here: what it hands over may be anything. */
function toShortText(value: unknown, length: number): string | null {
  if (value === undefined || value === null) return null
  return formatWithOptions({ colors: false }, '%s', value).slice(0, length)
}

interface LoadedHandler {
  readonly run: TaskFunction
  readonly input: InputSchema | null
}

async function loadHandler(moduleUrl: string, exportName: string): Promise<LoadedHandler> {
  const module = (await import(moduleUrl)) as Record<string, unknown>
  const exported = module[exportName]
  if (isDefinition(exported)) return { run: exported.run, input: exported.input ?? null }
  if (typeof exported === 'function') return { run: exported as TaskFunction, input: null }
  throw new Error(`The module no longer exports a handler named '${exportName}'.`)
}

/** By module and export. A changed file has another address. */
const handlers = new Map<string, LoadedHandler>()
const MAX_HANDLERS = 1000

async function findHandler(moduleUrl: string, exportName: string): Promise<LoadedHandler> {
  const key = `${exportName} ${moduleUrl}`
  const known = handlers.get(key)
  if (known !== undefined) return known
  const handler = await loadHandler(moduleUrl, exportName)
  if (handlers.size >= MAX_HANDLERS) handlers.clear()
  handlers.set(key, handler)
  return handler
}

function isDefinition(exported: unknown): exported is TaskDefinition {
  return typeof exported === 'object' && exported !== null && TASK_DEFINITION in exported
}

function toJson(value: unknown, what: string): JsonText {
  const text = stringifyWithBigInts(value === undefined ? null : value)
  if (text === undefined) throw new TypeError(`${what} must be JSON, not a ${typeof value}.`)
  if (Buffer.byteLength(text) > MAX_RESULT_BYTES)
    throw new RangeError(
      `${what} of ${text.length} characters is too large; at most ${MAX_RESULT_BYTES} bytes are kept. Return where it is stored instead.`,
    )
  return text as JsonText
}

async function runTask({ assignment, moduleUrl, exportName }: ThreadAttempt): Promise<ThreadEnd['end']> {
  const { number, attempt } = assignment
  const controller = new AbortController()
  const self: Running = { number, attempt, controller, submits: new Set() }
  running = self
  try {
    const handler = await findHandler(moduleUrl, exportName)
    const given = {
      args: parseJsonWithBigInts(assignment.args),
      kwargs: parseJsonWithBigInts(assignment.kwargs),
    }
    const input = checkInput(handler.input, given) as TaskInput
    const value = await handler.run(input, contextOf(assignment, controller.signal))
    await Promise.all(self.submits)
    return { kind: 'succeeded', result: toJson(value, 'A result') }
  } catch (thrown) {
    await Promise.allSettled(self.submits)
    return { kind: 'failed', error: describeError(thrown), ...readRetryWish(thrown) }
  } finally {
    running = null
  }
}

async function runTasks(attempts: readonly ThreadAttempt[], buffer: SharedArrayBuffer): Promise<void> {
  const begun = new Int32Array(buffer)
  for (const [index, attempt] of attempts.entries()) {
    if (Atomics.compareExchange(begun, 0, index, index + 1) === RECALLED) return
    const { number, name } = attempt.assignment
    const startedAt = Date.now()
    const since = performance.now()
    const end = await runTask(attempt)
    const ranMs = performance.now() - since
    const notice: ThreadNotice = { kind: 'ended', number, name, startedAt, at: Date.now(), ranMs, end }
    post(notice)
  }
}

/** What a module exports that can run: functions, and definitions made with `defineTask`. */
async function describeModule(moduleUrl: string): Promise<readonly DescribedHandler[]> {
  const module = (await import(moduleUrl)) as Record<string, unknown>
  const fileName = basename(fileURLToPath(moduleUrl)).replace(/\.[0-9a-f]+\.mjs$|\.[cm]?[jt]s$/, '')
  return Object.entries(module).flatMap(([exportName, exported]): DescribedHandler[] => {
    const ownName = exportName === 'default' ? fileName : exportName
    if (isDefinition(exported)) {
      const { name, timeoutMs, maxRetries } = exported
      return [
        {
          name: name ?? ownName,
          exportName,
          timeoutMs: timeoutMs ?? null,
          maxRetries: maxRetries ?? null,
          checksInput: exported.input !== undefined,
        },
      ]
    }
    if (typeof exported !== 'function' || /^class\b/.test(Function.prototype.toString.call(exported)))
      return []
    return [{ name: ownName, exportName, timeoutMs: null, maxRetries: null, checksInput: false }]
  })
}

async function checkInputs(inputs: readonly ThreadCheck[]): Promise<readonly (string | null)[]> {
  const refusals: (string | null)[] = []
  for (const { moduleUrl, exportName, args, kwargs } of inputs) {
    const { input } = await findHandler(moduleUrl, exportName)
    refusals.push(
      refusalOf(input, { args: parseJsonWithBigInts(args), kwargs: parseJsonWithBigInts(kwargs) }),
    )
  }
  return refusals
}

export function answer(
  request: ThreadRequest,
): Promise<void | readonly DescribedHandler[] | readonly (string | null)[]> {
  keepPort()
  switch (request.kind) {
    case 'run':
      return runTasks(request.attempts, request.begun)
    case 'describe':
      return describeModule(request.moduleUrl)
    case 'check':
      return checkInputs(request.inputs)
  }
}
