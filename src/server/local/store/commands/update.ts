import type { EpochMs } from '../../../../shared/domain/clock.ts'
import { BrokerError } from '../../../../shared/domain/errors.ts'
import type { TaskState } from '../../../../shared/domain/state.ts'

import type { Task, TaskChanges } from '../../../../shared/domain/task.ts'
import { taskEvent } from '../event-log.ts'
import { toTask } from '../rows.ts'
import type { CommandContext } from './command-context.ts'
import { prepareFindTask } from './find-task.ts'
import { prepareEnsureQueue } from './queue-settings.ts'

const MAY_CHANGE: ReadonlySet<TaskState> = new Set(['scheduled', 'pending', 'retrying', 'paused'])

/** Changes a task that waits. Throws TASK_NOT_FOUND, INVALID_STATE. */
export function prepareUpdate(context: CommandContext) {
  const { db, record } = context
  const find = prepareFindTask(db)
  const ensureQueue = prepareEnsureQueue(context)
  const update = db.prepare(`
    UPDATE tasks SET name = @name, queue = @queue, args = @args, kwargs = @kwargs, priority = @priority, run_at = @runAt,
                     timeout_ms = @timeoutMs, max_retries = @maxRetries, metadata = @metadata, state = @state, updated_at = @now
    WHERE number = @number AND state = @before`)

  return ({
    id,
    changes,
    now,
  }: {
    readonly id: string
    readonly changes: TaskChanges
    readonly now: EpochMs
  }): Task => {
    const row = find(id)
    if (!MAY_CHANGE.has(row.state))
      throw new BrokerError(
        'INVALID_STATE',
        `Task '${id}' is ${row.state.replace('_', ' ')} and cannot be changed; run it again with changes instead.`,
        {
          taskId: id,
          state: row.state,
          wanted: 'updated',
        },
      )
    const queue = changes.queue ?? row.queue
    ensureQueue(queue, now)
    const runAt = changes.runAt === undefined ? row.run_at : Math.max(changes.runAt, now)
    const state =
      changes.runAt === undefined || row.state === 'paused'
        ? row.state
        : runAt > now || row.blocked_by > 0
          ? 'scheduled'
          : 'pending'
    update.run({
      number: row.number,
      before: row.state,
      state,
      queue,
      runAt,
      now,
      name: changes.name ?? row.name,
      args: changes.args ?? row.args,
      kwargs: changes.kwargs ?? row.kwargs,
      priority: changes.priority ?? row.priority,
      timeoutMs: changes.timeoutMs ?? row.timeout_ms,
      maxRetries: changes.maxRetries ?? row.max_retries,
      metadata: changes.metadata === undefined ? row.metadata : JSON.stringify(changes.metadata),
    })
    record.moved(row, row.state, null)
    const changed = find(id)
    record.moved(changed, null, state)
    record.event(taskEvent('task.scheduled', now, changed, null, { state, runAt, isChange: true }))
    return toTask(changed)
  }
}
