import type { EpochMs } from '../../../../shared/domain/clock.ts'
import { BrokerError } from '../../../../shared/domain/errors.ts'
import { isFinal } from '../../../../shared/domain/state.ts'
import type { Task } from '../../../../shared/domain/task.ts'
import { type TaskRow, toTask } from '../rows.ts'
import { prepareCancelWaiting } from './cancel-waiting.ts'
import type { CommandContext } from './command-context.ts'
import { prepareFindTask } from './find-task.ts'

/** The task as it is now, and, while it runs, which attempt has to be told. */
export interface Cancelled {
  readonly task: Task
  readonly running: { readonly number: number; readonly attempt: number } | null
}

/**
 * Cancels a waiting or paused task; marks a running one, which becomes cancelled when its attempt ends.
 * Throws TASK_NOT_FOUND, INVALID_STATE when it is final.
 */
export function prepareCancel({ db, record, workflows }: CommandContext) {
  const find = prepareFindTask(db)
  const cancelWaiting = prepareCancelWaiting({ db, record })
  const request = db.prepare(
    `UPDATE tasks SET is_cancel_requested = 1, updated_at = @now WHERE number = @number AND state = 'running'`,
  )

  return ({ id, now }: { readonly id: string; readonly now: EpochMs }): Cancelled => {
    const row = find(id)
    if (isFinal(row.state))
      throw new BrokerError(
        'INVALID_STATE',
        `Task '${id}' has already ${inWords(row)}; run it again instead.`,
        {
          taskId: id,
          state: row.state,
          wanted: 'cancelled',
        },
      )
    if (row.state === 'running') {
      request.run({ number: row.number, now })
      return { task: toTask(find(id)), running: { number: row.number, attempt: row.attempt } }
    }
    cancelWaiting(row, now)
    if (row.workflow_id !== null) workflows.ended(row, 'cancelled', now)
    return { task: toTask(find(id)), running: null }
  }
}

function inWords({ state }: TaskRow): string {
  return state === 'cancelled' ? 'been cancelled' : state.replace('_', ' ')
}
