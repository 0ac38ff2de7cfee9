import type { EpochMs } from '../../../../shared/domain/clock.ts'
import { BrokerError, queueNotFound } from '../../../../shared/domain/errors.ts'
import { taskEvent } from '../event-log.ts'
import { SUMMARY_COLUMNS, type TaskSummaryRow } from '../rows.ts'
import type { CommandContext } from './command-context.ts'
import { prepareFindTask } from './find-task.ts'

/** Removes a task with everything that is kept about it. The caller has made sure it does not run. */
export function prepareDelete({ db, record, workflows }: CommandContext) {
  const deletes = ['attempts', 'progress_entries', 'log_entries'].map((table) =>
    db.prepare(`DELETE FROM ${table} WHERE task_number = ?`),
  )
  const deleteTask = db.prepare('DELETE FROM tasks WHERE number = ?')
  const forgetKey = db.prepare('DELETE FROM idempotency_keys WHERE key = ? AND task_number = ?')
  const unlock = db.prepare('DELETE FROM unique_locks WHERE key = ? AND task_id = ?')

  return (given: TaskSummaryRow, now: EpochMs): void => {
    const row = given.workflow_id === null ? given : workflows.beforeRemoval(given, now)
    for (const statement of deletes) statement.run(row.number)
    if (row.idempotency_key !== null) forgetKey.run(row.idempotency_key, row.number)
    if (row.unique_key !== null) unlock.run(row.unique_key, row.id)
    deleteTask.run(row.number)
    record.moved(row, row.state, null)
    if (row.is_dead_letter === 1) record.deadLetters(row.queue, -1)
    record.event(taskEvent('task.deleted', now, row, null, {}))
  }
}

export function prepareDeletions(context: CommandContext, remove: ReturnType<typeof prepareDelete>) {
  const { db, record } = context
  const find = prepareFindTask(db)
  const queueExists = db.prepare('SELECT 1 FROM queues WHERE name = ?')
  const waiting = db.prepare<[object], TaskSummaryRow>(`
    SELECT ${SUMMARY_COLUMNS} FROM tasks
    WHERE queue = @queue AND state IN ('scheduled', 'pending', 'retrying', 'paused') AND number <= @upTo LIMIT @limit`)
  const newest = db.prepare('SELECT coalesce(max(number), 0) FROM tasks').pluck()

  return {
    /** Throws TASK_NOT_FOUND, INVALID_STATE while it runs. */
    deleteTask({ id, now }: { readonly id: string; readonly now: EpochMs }): void {
      const row = find(id)
      if (row.state === 'running')
        throw new BrokerError('INVALID_STATE', `Task '${id}' is running; cancel it first.`, {
          taskId: id,
          state: row.state,
          wanted: 'deleted',
        })
      remove(row, now)
    },
    /** What a purge that begins now may delete at the most: tasks submitted later are not meant. Throws QUEUE_NOT_FOUND. */
    beginPurge({ queue }: { readonly queue: string }): number {
      if (queueExists.get(queue) === undefined) throw queueNotFound(queue)
      return newest.get() as number
    },
    /** Deletes up to `limit` of what waits in a queue; fewer means that nothing is left. */
    purgeSome(request: {
      readonly queue: string
      readonly upTo: number
      readonly limit: number
      readonly now: EpochMs
    }): number {
      const rows = waiting.all({ queue: request.queue, upTo: request.upTo, limit: request.limit })
      for (const row of rows) remove(row, request.now)
      return rows.length
    },
    endPurge({
      queue,
      count,
      now,
    }: {
      readonly queue: string
      readonly count: number
      readonly now: EpochMs
    }): void {
      record.event({ type: 'queue.purged', at: now, taskId: null, queue, workerId: null, data: { count } })
    },
  }
}
