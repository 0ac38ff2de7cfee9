import type { DeadLetterSelection } from '../../../../shared/domain/broker.ts'
import type { EpochMs } from '../../../../shared/domain/clock.ts'
import { BrokerError, taskNotFound } from '../../../../shared/domain/errors.ts'
import type { JsonText } from '../../../../shared/domain/json.ts'
import { isFinal } from '../../../../shared/domain/state.ts'
import type { Metadata, ReplayChanges, TaskReceipt } from '../../../../shared/domain/task.ts'
import { TASK_COLUMNS, type TaskRow, toBackoff } from '../rows.ts'
import type { CommandContext } from './command-context.ts'
import type { prepareDelete } from './delete.ts'
import { prepareFindTask } from './find-task.ts'
import type { NewTask, prepareSubmit } from './submit.ts'

interface Collaborators {
  readonly submit: ReturnType<typeof prepareSubmit>
  readonly remove: ReturnType<typeof prepareDelete>
}

/** Submits final tasks once more as new, linked ones; dead letters leave the dead letters with it. */
export function prepareReplay({ db, record }: CommandContext, { submit, remove }: Collaborators) {
  const find = prepareFindTask(db)
  const clearDead = db.prepare(
    'UPDATE tasks SET is_dead_letter = 0, updated_at = ? WHERE number = ? AND is_dead_letter = 1',
  )
  const allDead = db.prepare<[string], TaskRow>(
    `SELECT ${TASK_COLUMNS} FROM tasks WHERE is_dead_letter = 1 AND queue = ? ORDER BY number`,
  )

  function submitAgain(row: TaskRow, changes: ReplayChanges, now: EpochMs): TaskReceipt {
    const [receipt] = submit({ tasks: [{ ...toNewTask(row), ...given(changes), replayOf: row.id }], now })
    if (clearDead.run(now, row.number).changes === 1) record.deadLetters(row.queue, -1)
    return receipt!
  }

  function select(queue: string, selection: DeadLetterSelection): readonly TaskRow[] {
    if (selection === 'all') return allDead.all(queue)
    return selection.taskIds.map((id) => {
      const row = find(id)
      if (row.queue !== queue || row.is_dead_letter === 0) throw taskNotFound(id)
      return row
    })
  }

  return {
    replay({
      id,
      changes,
      now,
    }: {
      readonly id: string
      readonly changes: ReplayChanges
      readonly now: EpochMs
    }): TaskReceipt {
      const row = find(id)
      if (!isFinal(row.state))
        throw new BrokerError(
          'INVALID_STATE',
          `Task '${id}' is still ${row.state}; cancel it first, or wait until it ends.`,
          {
            taskId: id,
            state: row.state,
            wanted: 'replayed',
          },
        )
      return submitAgain(row, changes, now)
    },
    /** In the order asked; 'all' is oldest first. An id that is no dead letter of `queue` refuses everything. */
    reprocess(request: {
      readonly queue: string
      readonly selection: DeadLetterSelection
      readonly now: EpochMs
    }) {
      const rows = select(request.queue, request.selection)
      return rows.map((row) => submitAgain(row, {}, request.now))
    },
    purgeDead(request: {
      readonly queue: string
      readonly selection: DeadLetterSelection
      readonly now: EpochMs
    }): number {
      const rows = select(request.queue, request.selection)
      for (const row of rows) remove(row, request.now)
      return rows.length
    },
  }
}

function toNewTask(row: TaskRow): NewTask {
  return {
    name: row.name,
    queue: row.queue,
    args: row.args as JsonText,
    kwargs: row.kwargs as JsonText,
    priority: row.priority,
    timeoutMs: row.timeout_ms,
    queueTimeoutMs: row.queue_timeout_ms ?? undefined,
    maxRetries: row.max_retries,
    backoff: row.backoff === null ? undefined : toBackoff(row.backoff),
    metadata: row.metadata === null ? undefined : (JSON.parse(row.metadata) as Metadata),
  }
}

/** Without the changes that were not given, so that they do not erase the original's. */
function given(changes: ReplayChanges): ReplayChanges {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))
}
