import type { EpochMs } from '../../../../shared/domain/clock.ts'
import { taskEvent } from '../event-log.ts'
import { SUMMARY_COLUMNS, type TaskSummaryRow } from '../rows.ts'
import type { CommandContext } from './command-context.ts'
import type { prepareExpire } from './expire.ts'

/** Most tasks made due in one transaction, so that a flood of them holds nobody up. */
const MAX_DUE_AT_ONCE = 1000

/** Moves scheduled and retrying tasks whose time has come to pending. Served by index tasks_due. */
export function prepareDue(
  { db, record }: CommandContext,
  { expire, nextExpiryAt }: ReturnType<typeof prepareExpire>,
) {
  const findDue = db.prepare<[number, number], TaskSummaryRow>(`
    SELECT ${SUMMARY_COLUMNS} FROM tasks WHERE state IN ('scheduled', 'retrying') AND blocked_by = 0 AND run_at <= ? ORDER BY run_at LIMIT ?`)
  const setPending = db.prepare(`UPDATE tasks SET state = 'pending', updated_at = ? WHERE number = ?`)
  const nextDue = db
    .prepare(`SELECT min(run_at) FROM tasks WHERE state IN ('scheduled', 'retrying') AND blocked_by = 0`)
    .pluck()
  return {
    makeDue({ now }: { readonly now: EpochMs }): number {
      expire(now)
      const rows = findDue.all(now, MAX_DUE_AT_ONCE)
      for (const row of rows) {
        setPending.run(now, row.number)
        record.moved(row, row.state, 'pending')
        record.event(taskEvent('task.scheduled', now, row, null, { state: 'pending', runAt: row.run_at }))
      }
      return rows.length
    },
    /** When the next task becomes due, or has waited too long; null when none waits for its time. */
    nextDueAt(): EpochMs | null {
      const due = nextDue.get() as EpochMs | null
      const expiry = nextExpiryAt()
      if (due === null || expiry === null) return due ?? expiry
      return Math.min(due, expiry)
    },
  }
}
