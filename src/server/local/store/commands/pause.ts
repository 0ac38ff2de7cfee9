import type { EpochMs } from '../../../../shared/domain/clock.ts'
import { BrokerError } from '../../../../shared/domain/errors.ts'
import { movesTo } from '../../../../shared/domain/state.ts'
import type { Task } from '../../../../shared/domain/task.ts'
import { taskEvent } from '../event-log.ts'
import { type TaskRow, toTask } from '../rows.ts'
import type { CommandContext } from './command-context.ts'
import { prepareFindTask } from './find-task.ts'

/** The task as it is now, and, while it runs, which attempt has to be told. */
export interface Paused {
  readonly task: Task
  readonly running: { readonly number: number; readonly attempt: number } | null
}

export function preparePause({ db, record }: CommandContext) {
  const find = prepareFindTask(db)
  const setPaused = db.prepare(
    `UPDATE tasks SET state = 'paused', updated_at = @now WHERE number = @number AND state = @state`,
  )
  const request = db.prepare(
    `UPDATE tasks SET is_pause_requested = 1, updated_at = @now WHERE number = @number AND state = 'running'`,
  )
  const setResumed = db.prepare(`
    UPDATE tasks SET state = @state, run_at = @runAt, updated_at = @now WHERE number = @number AND state = 'paused'`)

  function refuse(row: TaskRow, wanted: string, advice: string): never {
    throw new BrokerError('INVALID_STATE', `Task '${row.id}' is ${row.state.replace('_', ' ')}; ${advice}.`, {
      taskId: row.id,
      state: row.state,
      wanted,
    })
  }

  return {
    /** Throws TASK_NOT_FOUND, INVALID_STATE. */
    pauseTask({ id, now }: { readonly id: string; readonly now: EpochMs }): Paused {
      const row = find(id)
      if (movesTo(row.state, 'pause').length === 0)
        refuse(row, 'paused', 'only a task that waits or runs can be paused')
      if (row.state === 'running') {
        request.run({ number: row.number, now })
        return { task: toTask(find(id)), running: { number: row.number, attempt: row.attempt } }
      }
      setPaused.run({ number: row.number, state: row.state, now })
      record.moved(row, row.state, 'paused')
      record.event(taskEvent('task.paused', now, row, null, { state: 'paused' }))
      return { task: toTask(find(id)), running: null }
    },
    /** Throws TASK_NOT_FOUND, INVALID_STATE. */
    resumeTask({ id, now }: { readonly id: string; readonly now: EpochMs }): Task {
      const row = find(id)
      if (row.state !== 'paused') refuse(row, 'resumed', 'only a paused task can be resumed')
      const state = row.run_at > now || row.blocked_by > 0 ? 'scheduled' : 'pending'
      // What was due before waits from now on: the pause is not its queue's fault.
      setResumed.run({ number: row.number, state, runAt: Math.max(row.run_at, now), now })
      record.moved(row, 'paused', state)
      record.event(taskEvent('task.resumed', now, row, null, { state }))
      return toTask(find(id))
    },
  }
}
