import type { TaskPage, TaskQuery } from '../../../../shared/domain/broker.ts'
import { BrokerError } from '../../../../shared/domain/errors.ts'
import { MAX_PAGE_SIZE } from '../../../../shared/domain/limits.ts'
import type { Task } from '../../../../shared/domain/task.ts'
import type { ReadableDatabase } from '../open-database.ts'
import {
  SUMMARY_COLUMNS,
  TASK_COLUMNS,
  type TaskRow,
  type TaskSummaryRow,
  toTask,
  toTaskSummary,
} from '../rows.ts'
import { toFilter } from './task-filter.ts'

const DEFAULT_LIMIT = 100

export function prepareListTasks(db: ReadableDatabase) {
  function rows<Row extends TaskSummaryRow>(columns: string, query: TaskQuery) {
    const limit = Math.min(query.limit ?? DEFAULT_LIMIT, MAX_PAGE_SIZE)
    const isNewest = query.order !== 'oldest'
    const { where, params } = toFilter(query)
    const place = query.cursor === undefined ? '1' : `number ${isNewest ? '<' : '>'} @cursor`
    const cursor = query.cursor === undefined ? {} : { cursor: parseCursor(query.cursor) }
    const sql = `SELECT ${columns} FROM tasks ${chooseIndex(query)} WHERE ${where} AND ${place}
                 ORDER BY number ${isNewest ? 'DESC' : 'ASC'} LIMIT @limit OFFSET @offset`
    // One more than asked tells whether there is a next page.
    const found = db
      .prepare<[object], Row>(sql)
      .all({ ...params, ...cursor, limit: limit + 1, offset: query.offset ?? 0 })
    const page = found.slice(0, limit)
    return { page, next: found.length > limit ? String(page.at(-1)!.number) : null }
  }
  return {
    listTasks(query: TaskQuery): TaskPage {
      const { page, next } = rows<TaskSummaryRow>(SUMMARY_COLUMNS, query)
      return { tasks: page.map(toTaskSummary), next }
    },
    listFullTasks(query: TaskQuery): TaskPage<Task> {
      const { page, next } = rows<TaskRow>(TASK_COLUMNS, query)
      return { tasks: page.map(toTask), next }
    },
    countTasks(query: TaskQuery): number {
      const { where, params } = toFilter(query)
      return db
        .prepare<[object], number>(`SELECT count(*) FROM tasks ${chooseIndex(query)} WHERE ${where}`)
        .pluck()
        .get(params)!
    },
  }
}

/**
 * Which index to page by. One queue and one state make its key an order by number; dead letters have
 * an index of their own; everything else walks the numbers themselves, which is what "newest first" wants.
 */
function chooseIndex({ queue, states, isDeadLetter }: TaskQuery): string {
  if (isDeadLetter === true && queue !== undefined) return 'INDEXED BY tasks_dead'
  if (queue !== undefined && states?.length === 1) return 'INDEXED BY tasks_by_queue_and_state'
  return ''
}

function parseCursor(cursor: string): number {
  const number = Number(cursor)
  if (!Number.isSafeInteger(number) || number < 0)
    throw new BrokerError(
      'INVALID_REQUEST',
      `'${cursor}' is no cursor of a task list; leave it out for the first page.`,
      { path: 'cursor' },
    )
  return number
}
