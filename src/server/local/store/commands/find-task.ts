import { taskNotFound } from '../../../../shared/domain/errors.ts'
import type { WritableDatabase } from '../open-database.ts'
import { TASK_COLUMNS, type TaskRow } from '../rows.ts'

/** @returns a function that finds a task by id. @throws TASK_NOT_FOUND */
export function prepareFindTask(db: WritableDatabase): (id: string) => TaskRow {
  const byId = db.prepare<[string], TaskRow>(`SELECT ${TASK_COLUMNS} FROM tasks WHERE id = ?`)
  return (id) => {
    const row = byId.get(id)
    if (row === undefined) throw taskNotFound(id)
    return row
  }
}
