import type { AttemptEnd } from '../../../shared/domain/attempt-end.ts'
import type { TaskError } from '../../../shared/domain/task.ts'
import type { AbortReason, Assignment, ThreadEnd } from './executor-protocol.ts'
import type { ThreadPool } from './thread-pool.ts'

/** How long an attempt has to end by itself once its signal fired, before its thread is stopped. */
const GRACE_MS = 500

/** Watches one attempt in its thread. */
export interface AttemptWatch {
  /** Asks the handler to end; with `terminate` its thread is stopped when it does not. */
  abort(why: AbortReason, terminate: boolean): void
  /** Asks the handler to end because the program stops; what it does not finish is nobody's failure. */
  drain(): void
  /** What its end is, by why it was asked to end. */
  judge(end: ThreadEnd['end']): AttemptEnd
  /** The attempt has ended. */
  close(): void
}

/**
 * Watches an attempt that starts now: at `timeoutMs` its signal fires, and when that does not end it
 * within {@link GRACE_MS}, its thread is stopped.
 */
export function watchAttempt(
  pool: Pick<ThreadPool, 'abort'>,
  assignment: Assignment,
  stopThread: () => void,
): AttemptWatch {
  let stopped: 'timed_out' | 'cancelled' | 'let go' | null = null
  const timers = new Set<NodeJS.Timeout>()
  const later = (ms: number, act: () => void) => timers.add(setTimeout(act, ms))

  function ask(reason: string): void {
    pool.abort({ number: assignment.number, attempt: assignment.attempt, reason })
  }

  later(assignment.timeoutMs, () => {
    stopped ??= 'timed_out'
    ask(`The attempt ran past its limit of ${inSeconds(assignment.timeoutMs)}.`)
    later(GRACE_MS, stopThread)
  })

  return {
    drain() {
      stopped ??= 'let go'
      ask('Penstock is stopping.')
    },
    abort(why, terminate) {
      stopped ??= why === 'cancel' ? 'cancelled' : 'let go'
      ask(why === 'cancel' ? 'The task was cancelled.' : 'The task was paused.')
      if (terminate) later(GRACE_MS, stopThread)
    },
    /** What the handler did after it was asked to end does not change why it ended; a result in time does. */
    judge(end) {
      if (stopped === 'timed_out')
        return {
          kind: 'timed_out',
          error: timeoutError(assignment, end.kind === 'failed' ? end.error : null),
        }
      if (stopped === 'cancelled' && end.kind === 'failed') return { kind: 'cancelled' }
      if (stopped === 'let go' && end.kind === 'failed')
        return { kind: 'lost', error: end.error, blame: 'innocent' }
      return end
    },
    close() {
      for (const timer of timers) clearTimeout(timer)
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

const inSeconds = (ms: number) => (ms < 1000 ? `${ms} ms` : `${ms / 1000} s`)
