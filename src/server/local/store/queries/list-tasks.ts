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

/** Above this many pairs of queue and state, walking the newest tasks is cheaper than merging that many lists. */
const MAX_MERGED = 64

export function prepareListTasks(db: ReadableDatabase) {
  const occupied = db.prepare<[object], { queue: string; state: string; count: number }>(`
    SELECT queue, state, count FROM state_counts
    WHERE count > 0 AND (@queue IS NULL OR queue = @queue) AND (@states IS NULL OR state IN (SELECT value FROM json_each(@states)))`)

  /** Pairs that hold any task, when a query names states; null when it does not. */
  function pairsOf({ queue, states }: TaskQuery) {
    if (states === undefined) return null
    return occupied.all({ queue: queue ?? null, states: JSON.stringify(states) })
  }

  function rows<Row extends TaskSummaryRow>(
    columns: string,
    query: TaskQuery,
  ): { page: Row[]; next: string | null } {
    const limit = Math.min(query.limit ?? DEFAULT_LIMIT, MAX_PAGE_SIZE)
    const isNewest = query.order !== 'oldest'
    const pairs = pairsOf(query)
    if (pairs?.length === 0) return { page: [], next: null }
    const { where, params } = toFilter(query)
    const cursor = query.cursor === undefined ? {} : { cursor: parseCursor(query.cursor) }
    // One more than asked tells whether there is a next page.
    const given = { ...params, ...cursor, limit: limit + 1, offset: query.offset ?? 0 }
    const conditions = `${where}${query.cursor === undefined ? '' : ` AND number ${isNewest ? '<' : '>'} @cursor`}`
    const order = `ORDER BY number ${isNewest ? 'DESC' : 'ASC'}`
    const numbers =
      pairs === null || pairs.length > MAX_MERGED || query.isDeadLetter === true
        ? `SELECT number FROM tasks ${query.isDeadLetter === true && query.queue !== undefined ? 'INDEXED BY tasks_dead' : ''}
           WHERE ${conditions} ${order} LIMIT @limit OFFSET @offset`
        : mergeLists(pairs.length, conditions, order)
    const names =
      pairs === null
        ? {}
        : Object.fromEntries(
            pairs.flatMap(({ queue, state }, index) => [
              [`queue${index}`, queue],
              [`state${index}`, state],
            ]),
          )
    const found = db
      .prepare<[object], Row>(`SELECT ${columns} FROM tasks WHERE number IN (${numbers}) ${order}`)
      .all({ ...given, ...(numbers.includes('@queue0') ? names : {}) })
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
      const {
        limit: _limit,
        cursor: _cursor,
        offset: _offset,
        order: _order,
        queue,
        states,
        ...others
      } = query
      // By queue and state alone the counts are kept.
      if (Object.values(others).every((value) => value === undefined)) {
        const counts = occupied.all({
          queue: queue ?? null,
          states: states === undefined ? null : JSON.stringify(states),
        })
        return counts.reduce((sum, { count }) => sum + count, 0)
      }
      const { where, params } = toFilter(query)
      return db.prepare<[object], number>(`SELECT count(*) FROM tasks WHERE ${where}`).pluck().get(params)!
    },
  }
}

/**
 * The newest (or oldest) numbers of several queues and states: each is in order in the one list index,
 * so the best of each are the best of all.
 */
function mergeLists(count: number, conditions: string, order: string): string {
  const lists = Array.from(
    { length: count },
    (_, index) => `SELECT number FROM (SELECT number FROM tasks INDEXED BY tasks_by_queue_and_state
      WHERE queue = @queue${index} AND state = @state${index} AND ${conditions} ${order} LIMIT @limit + @offset)`,
  )
  return `SELECT number FROM (${lists.join(' UNION ALL ')}) ${order} LIMIT @limit OFFSET @offset`
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
