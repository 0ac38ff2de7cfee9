import type { EpochMs } from '../../../../shared/domain/clock.ts'
import { fingerprintOf } from '../../../../shared/domain/fingerprint.ts'
import type { TaskError } from '../../../../shared/domain/task.ts'
import { taskEvent } from '../event-log.ts'
import { SUMMARY_COLUMNS, type TaskSummaryRow } from '../rows.ts'
import type { CommandContext } from './command-context.ts'

const MAX_EXPIRED_AT_ONCE = 1000

/** Tasks that waited longer than they may become `timed_out` without running. Served by index tasks_expiring. */
export function prepareExpire({ db, record, workflows }: CommandContext) {
  const findExpired = db.prepare<[number, number], TaskSummaryRow>(`
    SELECT ${SUMMARY_COLUMNS} FROM tasks INDEXED BY tasks_expiring
    WHERE state = 'pending' AND queue_timeout_ms IS NOT NULL AND run_at + queue_timeout_ms <= ? LIMIT ?`)
  const setTimedOut = db.prepare(`
    UPDATE tasks SET state = 'timed_out', error = @error, error_fingerprint = @fingerprint, finished_at = @now, updated_at = @now,
                     is_dead_letter = 1, is_suspect = 0
    WHERE number = @number AND state = 'pending'`)
  const nextExpiry = db
    .prepare(
      `
      SELECT min(run_at + queue_timeout_ms) FROM tasks INDEXED BY tasks_expiring
      WHERE state = 'pending' AND queue_timeout_ms IS NOT NULL`,
    )
    .pluck()
  return {
    expire(now: EpochMs): void {
      for (const row of findExpired.all(now, MAX_EXPIRED_AT_ONCE)) {
        const error: TaskError = {
          type: 'QueueTimeoutError',
          message: `It waited longer than its limit of ${row.queue_timeout_ms! / 1000} s without starting.`,
          traceback: null,
          cause: null,
        }
        setTimedOut.run({
          number: row.number,
          now,
          error: JSON.stringify(error),
          fingerprint: fingerprintOf(error),
        })
        record.moved(row, 'pending', 'timed_out')
        record.tally(row, 'timedOut', now)
        record.tally(row, 'deadLettered', now)
        record.deadLetters(row.queue, 1)
        const data = { state: 'timed_out', runMs: 0, error: { type: error.type, message: error.message } }
        record.event(taskEvent('task.timed_out', now, row, null, data))
        if (row.workflow_id !== null) workflows.ended(row, 'timed_out', now)
      }
    },
    nextExpiryAt: () => nextExpiry.get() as EpochMs | null,
  }
}
