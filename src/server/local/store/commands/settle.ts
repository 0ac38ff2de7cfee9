import {
  type AfterAttempt,
  type AttemptEnd,
  planAfterAttempt,
} from '../../../../shared/domain/attempt-end.ts'
import type { EpochMs } from '../../../../shared/domain/clock.ts'
import { fingerprintOf } from '../../../../shared/domain/fingerprint.ts'
import type { TaskError } from '../../../../shared/domain/task.ts'
import { taskEvent } from '../event-log.ts'
import { toBackoff } from '../rows.ts'
import type { ClaimedTask } from './claim.ts'
import type { CommandContext } from './command-context.ts'

/** The lease under which a worker speaks. Whatever it says without holding it is refused and changes nothing. */
export type Lease = Pick<
  ClaimedTask,
  | 'number'
  | 'id'
  | 'name'
  | 'queue'
  | 'attempt'
  | 'leaseToken'
  | 'dueAt'
  | 'claimedAt'
  | 'timeoutMs'
  | 'workflowId'
>

export interface AttemptStarted {
  readonly lease: Lease
  readonly at: EpochMs
}

export interface AttemptEnded {
  readonly lease: Lease
  /** Null when it never started. */
  readonly startedAt: EpochMs | null
  readonly at: EpochMs
  readonly end: AttemptEnd
}

interface RunningRow {
  readonly attempt: number
  readonly excused_attempts: number
  readonly crashes: number
  readonly max_retries: number
  readonly backoff: string | null
  readonly is_cancel_requested: number
  readonly is_pause_requested: number
  readonly started_at: number | null
}

/** Writes what workers say of their attempts: start, and end in any way. Fenced by state, attempt and lease token. */
export function prepareSettle({ db, record, random, workflows }: CommandContext) {
  const fence = `WHERE number = ? AND state = 'running' AND attempt = ? AND lease_token = ?`
  const setStarted = db.prepare(`UPDATE tasks SET started_at = ?, updated_at = ? ${fence}`)
  const setSucceeded = db.prepare(`
    UPDATE tasks SET state = 'succeeded', result = ?, started_at = ?, finished_at = ?, updated_at = ?,
                     lease_token = NULL, is_suspect = 0, error = NULL
    ${fence} AND is_cancel_requested = 0`)
  const findRunning = db.prepare<[number, number, string], RunningRow>(
    `SELECT attempt, excused_attempts, crashes, max_retries, backoff, is_cancel_requested, is_pause_requested, started_at FROM tasks ${fence}`,
  )
  const setFinal = db.prepare(`
    UPDATE tasks SET state = @state, result = @result, error = @error, error_fingerprint = @fingerprint,
                     started_at = @startedAt, finished_at = @now, updated_at = @now, lease_token = NULL,
                     crashes = @crashes, is_suspect = 0, is_dead_letter = @isDeadLetter
    WHERE number = @number`)
  const setWaiting = db.prepare(`
    UPDATE tasks SET state = @state, run_at = @runAt, error = @error, updated_at = @now, lease_token = NULL,
                     worker_id = NULL, claimed_at = NULL, started_at = NULL, progress = NULL, crashes = @crashes, is_pause_requested = 0,
                     is_suspect = @isSuspect, attempt = @attempt, excused_attempts = @excusedAttempts
    WHERE number = @number`)
  const keepAttempt = db.prepare(`
    INSERT OR REPLACE INTO attempts (task_number, attempt, worker_id, due_at, claimed_at, started_at, finished_at, outcome, error, retry_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)

  const holds = ({ number, attempt, leaseToken }: Lease) => [number, attempt, leaseToken] as const

  function recordStart(lease: Lease, at: EpochMs, workerId: string): void {
    record.started(lease, at - lease.dueAt, at)
    record.event(taskEvent('task.started', at, lease, workerId, { state: 'running' }))
  }

  /** @returns false when the lease is lost. */
  function start({ lease, at }: AttemptStarted, workerId: string): boolean {
    if (setStarted.run(at, at, ...holds(lease)).changes === 0) return false
    recordStart(lease, at, workerId)
    return true
  }

  /**
   * @param isStartKnown whether the start was written before; a start and an end that arrive together
   *   are one write.
   * @returns false when the lease is lost.
   */
  function end(ended: AttemptEnded, workerId: string, isStartKnown: boolean): boolean {
    const { lease, startedAt } = ended
    // Somebody may have set the clock back while it ran: an attempt never ends before it started.
    const at = Math.max(ended.at, startedAt ?? ended.at)
    const newStart = !isStartKnown && startedAt !== null
    if (ended.end.kind === 'succeeded' && startedAt !== null) {
      const { changes } = setSucceeded.run(ended.end.result, startedAt, at, at, ...holds(lease))
      if (changes === 1) {
        if (newStart) recordStart(lease, startedAt, workerId)
        const runMs = at - startedAt
        record.moved(lease, 'running', 'succeeded')
        record.tally(lease, 'succeeded', at)
        record.ended(lease, runMs, at)
        record.event(taskEvent('task.succeeded', at, lease, workerId, { state: 'succeeded', runMs }))
        if (lease.workflowId !== null) workflows.ended(lease, 'succeeded', at)
        return true
      }
    }
    const row = findRunning.get(...holds(lease))
    if (row === undefined) return false
    if (newStart) recordStart(lease, startedAt, workerId)
    const begun = startedAt ?? row.started_at
    const plan = planAfterAttempt(
      {
        attempt: row.attempt,
        excusedAttempts: row.excused_attempts,
        crashes: row.crashes,
        maxRetries: row.max_retries,
        backoff: toBackoff(row.backoff),
        isCancelRequested: row.is_cancel_requested === 1,
        isPauseRequested: row.is_pause_requested === 1,
        isStarted: begun !== null,
      },
      ended.end,
      { now: at, random },
    )
    write(plan, row, { ...ended, at: Math.max(at, begun ?? at) }, begun, workerId)
    return true
  }

  function write(
    plan: AfterAttempt,
    row: RunningRow,
    { lease, at }: AttemptEnded,
    startedAt: EpochMs | null,
    workerId: string,
  ) {
    const runMs = startedAt === null ? 0 : at - startedAt
    record.moved(lease, 'running', plan.state)
    if (startedAt !== null) record.ended(lease, runMs, at)
    switch (plan.state) {
      case 'succeeded':
      case 'failed':
      case 'timed_out':
      case 'cancelled': {
        const isDeadLetter = plan.state === 'failed' || plan.state === 'timed_out'
        const error = plan.state === 'succeeded' ? null : plan.error
        setFinal.run({
          number: lease.number,
          state: plan.state,
          result: plan.state === 'succeeded' ? plan.result : null,
          error: toText(error),
          fingerprint: error === null ? null : fingerprintOf(error),
          startedAt,
          now: at,
          crashes: isDeadLetter ? plan.crashes : row.crashes,
          isDeadLetter: isDeadLetter ? 1 : 0,
        })
        record.tally(lease, plan.state === 'timed_out' ? 'timedOut' : plan.state, at)
        if (isDeadLetter) {
          record.tally(lease, 'deadLettered', at)
          record.deadLetters(lease.queue, 1)
        }
        record.event(
          taskEvent(`task.${plan.state}`, at, lease, workerId, {
            state: plan.state,
            runMs,
            ...toEventError(error),
          }),
        )
        if (lease.workflowId !== null) workflows.ended(lease, plan.state, at)
        return
      }
      case 'retrying':
      case 'paused':
      case 'pending': {
        const isLost = plan.state !== 'retrying'
        const wasStarted = startedAt !== null
        const retryAt = plan.state === 'retrying' ? plan.runAt : at
        if (wasStarted)
          keepAttempt.run(
            lease.number,
            lease.attempt,
            workerId,
            lease.dueAt,
            lease.claimedAt,
            startedAt,
            at,
            plan.outcome,
            toText(plan.error),
            retryAt,
          )
        setWaiting.run({
          number: lease.number,
          state: plan.state,
          // A claim that was given back has waited since it was due, not since now.
          runAt: isLost && !wasStarted ? lease.dueAt : retryAt,
          error: wasStarted ? toText(plan.error) : null,
          now: at,
          crashes: plan.state === 'pending' ? plan.crashes : row.crashes,
          isSuspect: plan.state === 'pending' && plan.isSuspect ? 1 : 0,
          attempt: wasStarted ? lease.attempt : lease.attempt - 1,
          excusedAttempts: row.excused_attempts + (isLost && wasStarted ? 1 : 0),
        })
        if (!isLost) record.tally(lease, 'retried', at)
        if (plan.state === 'paused') {
          record.event(taskEvent('task.paused', at, lease, workerId, { state: 'paused', runMs }))
        } else if (wasStarted) {
          const data = { state: plan.state, runAt: retryAt, runMs, ...toEventError(plan.error) }
          record.event(taskEvent('task.retrying', at, lease, workerId, data))
        } else {
          const waiting = { ...lease, attempt: lease.attempt - 1 }
          record.event(
            taskEvent('task.scheduled', at, waiting, null, { state: plan.state, runAt: lease.dueAt }),
          )
        }
      }
    }
  }

  return { start, end }
}

const toText = (error: TaskError | null) => (error === null ? null : JSON.stringify(error))

function toEventError(error: TaskError | null) {
  return error === null ? {} : { error: { type: error.type, message: error.message.slice(0, 500) } }
}
