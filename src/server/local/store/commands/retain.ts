import type { EpochMs } from '../../../../shared/domain/clock.ts'
import { SUMMARY_COLUMNS, type TaskSummaryRow } from '../rows.ts'
import type { CommandContext } from './command-context.ts'
import type { prepareDelete } from './delete.ts'

const FINISHED = ['succeeded', 'failed', 'timed_out', 'cancelled'] as const

/**
 * Retention in slices: the oldest finished tasks of a queue that are past its age or beyond its
 * count. Looks only at the oldest ones by number, so that a slice costs the same however many there
 * are. Dead letters stay until somebody decides.
 */
export function prepareRetain({ db }: CommandContext, remove: ReturnType<typeof prepareDelete>) {
  const oldest = db.prepare<[object], TaskSummaryRow>(`
    SELECT ${SUMMARY_COLUMNS} FROM tasks INDEXED BY tasks_by_queue_and_state
    WHERE queue = @queue AND state = @state AND is_dead_letter = 0 ORDER BY number LIMIT @limit`)
  const forgetLocks = db.prepare('DELETE FROM unique_locks WHERE until <= ?')
  const forgetKeys = db.prepare('DELETE FROM idempotency_keys WHERE until <= ?')
  return {
    /** @returns how many were deleted; `limit` when there may be more. */
    retain(request: {
      readonly queue: string
      readonly finishedBefore: EpochMs
      readonly excess: number
      readonly limit: number
      readonly now: EpochMs
    }): number {
      const { queue, finishedBefore, limit, now } = request
      const candidates = FINISHED.flatMap((state) => oldest.all({ queue, state, limit })).toSorted(
        (a, b) => a.number - b.number,
      )
      let deleted = 0
      for (const row of candidates) {
        if (deleted === limit) break
        if (row.finished_at! >= finishedBefore && deleted >= request.excess) continue
        remove(row, now)
        deleted += 1
      }
      return deleted
    },
    /** Unique windows and idempotency keys whose time is over. */
    forgetKeys({ now }: { readonly now: EpochMs }): void {
      forgetLocks.run(now)
      forgetKeys.run(now)
    },
  }
}
