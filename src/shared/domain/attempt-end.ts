import { backoffDelayMs, type BackoffPolicy } from './backoff.ts'
import type { EpochMs } from './clock.ts'
import type { JsonText } from './json.ts'
import { MAX_CRASHES } from './limits.ts'
import type { AttemptOutcome, TaskError } from './task.ts'

/** How an attempt ended, as its worker (or whoever watched the worker) tells it. */
export type AttemptEnd =
  | { readonly kind: 'succeeded'; readonly result: JsonText }
  | {
      readonly kind: 'failed'
      readonly error: TaskError
      /** The handler's error said `retry: false`. */
      readonly mayRetry: boolean
      /** The handler's error said `retryAfterMs`. */
      readonly retryAfterMs: number | null
    }
  | { readonly kind: 'timed_out'; readonly error: TaskError }
  /** The attempt was stopped because somebody cancelled the task. */
  | { readonly kind: 'cancelled' }
  /** Given back: its worker died, drained, or let go before the attempt started. */
  | {
      readonly kind: 'lost'
      readonly error: TaskError
      /** Whether this attempt alone took the worker down, shared the worker when it went down, or is innocent. */
      readonly blame: 'guilty' | 'suspect' | 'innocent'
    }

/** What of a running task decides how it goes on. */
export interface RunningAttempt {
  readonly attempt: number
  readonly excusedAttempts: number
  readonly crashes: number
  readonly maxRetries: number
  readonly backoff: BackoffPolicy
  readonly isCancelRequested: boolean
  readonly isPauseRequested: boolean
  readonly isStarted: boolean
}

/** The next state, and what it needs. `outcome` is what the timeline says of the attempt. */
export type AfterAttempt =
  | { readonly state: 'succeeded'; readonly outcome: AttemptOutcome; readonly result: JsonText }
  | {
      readonly state: 'failed' | 'timed_out'
      readonly outcome: AttemptOutcome
      readonly error: TaskError
      readonly crashes: number
    }
  | {
      readonly state: 'retrying'
      readonly outcome: AttemptOutcome
      readonly error: TaskError
      readonly runAt: EpochMs
    }
  | { readonly state: 'cancelled'; readonly outcome: AttemptOutcome; readonly error: TaskError | null }
  | { readonly state: 'paused'; readonly outcome: AttemptOutcome; readonly error: TaskError | null }
  | {
      readonly state: 'pending'
      readonly outcome: AttemptOutcome
      readonly error: TaskError
      readonly crashes: number
      readonly isSuspect: boolean
    }

export interface PlanDependencies {
  readonly now: EpochMs
  readonly random: () => number
}

/**
 * Decides what becomes of a running task when its attempt ends (domain model, "States", "Delivery").
 * Pure: what is decided here is written in one transaction elsewhere.
 */
export function planAfterAttempt(
  task: RunningAttempt,
  end: AttemptEnd,
  { now, random }: PlanDependencies,
): AfterAttempt {
  if (task.isCancelRequested || end.kind === 'cancelled')
    return { state: 'cancelled', outcome: 'cancelled', error: end.kind === 'failed' ? end.error : null }
  if (end.kind === 'succeeded') return { state: 'succeeded', outcome: 'succeeded', result: end.result }
  const crashesAgain = end.kind === 'lost' && end.blame === 'guilty' && task.crashes + 1 >= MAX_CRASHES
  if (task.isPauseRequested && !crashesAgain) return { state: 'paused', outcome: 'paused', error: null }
  switch (end.kind) {
    case 'failed':
    case 'timed_out': {
      const { error } = end
      // An attempt that was excused was a start, but no failure: only failures use up retries.
      const failures = task.attempt - task.excusedAttempts
      if (failures > task.maxRetries || (end.kind === 'failed' && !end.mayRetry))
        return { state: end.kind, outcome: end.kind, error, crashes: task.crashes }
      const askedMs = end.kind === 'failed' ? end.retryAfterMs : null
      const delayMs = askedMs ?? backoffDelayMs(task.backoff, failures, random)
      return { state: 'retrying', outcome: end.kind, error, runAt: now + delayMs }
    }
    case 'lost': {
      const crashes = task.crashes + (end.blame === 'guilty' ? 1 : 0)
      if (crashes >= MAX_CRASHES)
        return { state: 'failed', outcome: 'lost', error: poison(end.error), crashes }
      return {
        state: 'pending',
        outcome: 'lost',
        error: end.error,
        crashes,
        isSuspect: end.blame !== 'innocent',
      }
    }
  }
}

function poison(error: TaskError): TaskError {
  return {
    type: 'PoisonTaskError',
    message: `Quarantined: it took its worker down ${MAX_CRASHES} times, the last time so: ${error.message}`,
    traceback: error.traceback,
    cause: `${error.type}: ${error.message}`,
  }
}
