import { BrokerError, taskNotFound } from '../../../../shared/domain/errors.ts'
import { MAX_PAGE_SIZE } from '../../../../shared/domain/limits.ts'
import type { SubtaskPage } from '../../../../shared/domain/subtask-port.ts'
import type { ReadableDatabase } from '../open-database.ts'
import { SUMMARY_COLUMNS, type TaskSummaryRow, toTaskSummary } from '../rows.ts'

const DEFAULT_LIMIT = 100

/** What a task submitted while it ran, oldest first. Served by index tasks_by_parent. */
export const subtasksOf = `
  SELECT ${SUMMARY_COLUMNS} FROM tasks WHERE parent_id = @id AND number > @after ORDER BY number LIMIT @limit`

/** Throws TASK_NOT_FOUND, INVALID_REQUEST for a cursor of another list. */
export function prepareSubtasks(db: ReadableDatabase) {
  const exists = db.prepare('SELECT 1 FROM tasks WHERE id = ?')
  const children = db.prepare<[object], TaskSummaryRow>(subtasksOf)
  return (request: {
    readonly id: string
    readonly limit?: number | undefined
    readonly cursor?: string | undefined
  }): SubtaskPage => {
    const { id } = request
    if (exists.get(id) === undefined) throw taskNotFound(id)
    const limit = Math.min(request.limit ?? DEFAULT_LIMIT, MAX_PAGE_SIZE)
    const after = Number(request.cursor ?? 0)
    if (!Number.isSafeInteger(after) || after < 0)
      throw new BrokerError(
        'INVALID_REQUEST',
        `'${request.cursor}' is no cursor of a list of subtasks; leave it out for the first page.`,
        { path: 'cursor' },
      )
    const rows = children.all({ id, after, limit: limit + 1 })
    const page = rows.slice(0, limit)
    return {
      tasks: page.map(toTaskSummary),
      next: rows.length > limit ? String(page.at(-1)!.number) : null,
    }
  }
}
