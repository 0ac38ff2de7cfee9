import type { AttemptEnd } from '../../../shared/domain/attempt-end.ts'
import type { TaskError } from '../../../shared/domain/task.ts'
import { describeError } from './describe-error.ts'
import type { AbortReason, Assignment, ThreadAnswer } from './executor-protocol.ts'
import type { ThreadPool } from './thread-pool.ts'

/** How long an attempt has to end by itself once its signal fired, before its thread is stopped. */
const GRACE_MS = 500

/** One attempt on its way through a thread. */
export interface AttemptRun {
  /** Asks the handler to end; with `terminate` its thread is stopped when it does not. */
  abort(why: AbortReason, terminate: boolean): void
  /** Asks the handler to end because the program stops; what it does not finish is nobody's failure. */
  drain(): void
  /** Resolves however it ends; never rejects. */
  readonly ended: Promise<{ readonly end: AttemptEnd; readonly notices: number }>
}

/**
 * Runs one attempt with its limit: at `timeoutMs` its signal fires, and when that does not end it
 * within {@link GRACE_MS}, its thread is stopped.
 */
export function runAttempt(
  pool: ThreadPool,
  assignment: Assignment,
  handler: { url: string; exportName: string },
): AttemptRun {
  const stop = new AbortController()
  let stopped: 'timed_out' | 'cancelled' | 'let go' | null = null
  const timers = new Set<NodeJS.Timeout>()
  const later = (ms: number, act: () => void) => timers.add(setTimeout(act, ms))

  function ask(reason: string): void {
    pool.abort({ number: assignment.number, attempt: assignment.attempt, reason })
  }

  later(assignment.timeoutMs, () => {
    stopped ??= 'timed_out'
    ask(`The attempt ran past its limit of ${inSeconds(assignment.timeoutMs)}.`)
    later(GRACE_MS, () => stop.abort())
  })

  async function run(): Promise<{ end: AttemptEnd; notices: number }> {
    try {
      const { end, notices } = await pool.run(
        { kind: 'run', assignment, moduleUrl: handler.url, exportName: handler.exportName },
        stop.signal,
      )
      return { end: judge(end), notices }
    } catch (error) {
      return {
        end: judge({ kind: 'failed', error: describeLoss(error), mayRetry: true, retryAfterMs: null }),
        notices: 0,
      }
    } finally {
      for (const timer of timers) clearTimeout(timer)
    }
  }

  /** What the handler did after it was asked to end does not change why it ended; a result in time does. */
  function judge(end: ThreadAnswer['end']): AttemptEnd {
    if (stopped === 'timed_out')
      return { kind: 'timed_out', error: timeoutError(assignment, end.kind === 'failed' ? end.error : null) }
    if (stopped === 'cancelled' && end.kind === 'failed') return { kind: 'cancelled' }
    if (stopped === 'let go' && end.kind === 'failed')
      return { kind: 'lost', error: end.error, blame: 'innocent' }
    return end
  }

  return {
    ended: run(),
    drain() {
      stopped ??= 'let go'
      ask('Penstock is stopping.')
    },
    abort(why, terminate) {
      stopped ??= why === 'cancel' ? 'cancelled' : 'let go'
      ask(why === 'cancel' ? 'The task was cancelled.' : 'The task was paused.')
      if (terminate) later(GRACE_MS, () => stop.abort())
    },
  }
}

function timeoutError({ timeoutMs }: Assignment, last: TaskError | null): TaskError {
  return {
    type: 'TimeoutError',
    message: `The attempt ran past its limit of ${inSeconds(timeoutMs)} and was stopped.`,
    traceback: last?.traceback ?? null,
    cause: null,
  }
}

/** Why a thread ended under its task: out of memory, `process.exit()`, an error outside of the handler. */
function describeLoss(error: unknown): TaskError {
  const described = describeError(error)
  const code = (error as { code?: unknown } | null)?.code
  if (code === 'ERR_WORKER_OUT_OF_MEMORY')
    return {
      ...described,
      type: 'OutOfMemoryError',
      message: 'The handler ran out of memory; its thread was stopped.',
    }
  const exitCode = /worker exited with code: (-?\d+)/i.exec(described.message)?.[1]
  if (exitCode !== undefined)
    return {
      ...described,
      type: 'ThreadExitError',
      message: `The handler ended its thread (process.exit with code ${exitCode}).`,
    }
  return described
}

const inSeconds = (ms: number) => (ms < 1000 ? `${ms} ms` : `${ms / 1000} s`)
