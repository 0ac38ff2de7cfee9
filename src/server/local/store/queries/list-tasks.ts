import type { TaskPage } from '../../../../shared/domain/broker.ts'
import type { TaskQuery, TaskSort } from '../../../../shared/domain/task-query.ts'
import { BrokerError } from '../../../../shared/domain/errors.ts'
import { MAX_FULL_PAGE_CHARACTERS, MAX_PAGE_SIZE } from '../../../../shared/domain/limits.ts'
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
import { toMatch } from '../search-text.ts'
import { prepareSearchTail } from './search-tail.ts'
import { toFilter } from './task-filter.ts'

const DEFAULT_LIMIT = 100

/** Above this many pairs of queue and state, walking the newest tasks is cheaper than merging that many lists. */
const MAX_MERGED = 64

/** How many of the newest events may stand for tasks that the full-text index does not have yet. */
const TAIL_EVENTS = 4000

export function prepareListTasks(db: ReadableDatabase) {
  const occupied = db.prepare<[object], { queue: string; state: string; count: number }>(`
    SELECT queue, state, count FROM state_counts
    WHERE count > 0 AND (@queue IS NULL OR queue = @queue) AND (@states IS NULL OR state IN (SELECT value FROM json_each(@states)))`)

  const readTail = prepareSearchTail(db)

  /** What narrows a search for a text by the full-text index; null when there is none, or too little of it. */
  function searchOf({ text }: TaskQuery, tailEvents: number): SearchParams | null {
    const match = text === undefined ? null : toMatch(text)
    // The tail is read first: what the index takes up meanwhile is then in both, not in neither.
    return match === null ? null : { match, tail: JSON.stringify(readTail(tailEvents)) }
  }

  /** Pairs that hold any task, when a query names states; null when it does not. */
  function pairsOf({ queue, states }: TaskQuery) {
    if (states === undefined) return null
    return occupied.all({ queue: queue ?? null, states: JSON.stringify(states) })
  }

  /** @param weigh characters of a row that count against the size of a page. */
  function rows<Row extends TaskSummaryRow>(
    columns: string,
    query: TaskQuery,
    weigh: (row: Row) => number = () => 0,
  ): { page: Row[]; next: string | null } {
    const limit = Math.min(query.limit ?? DEFAULT_LIMIT, MAX_PAGE_SIZE)
    if (query.sort !== undefined) return sortedRows<Row>(columns, query.sort, query, limit)
    const isNewest = query.order !== 'oldest'
    const pairs = pairsOf(query)
    if (pairs?.length === 0) return { page: [], next: null }
    const { where, params } = toFilter(query)
    const cursor = query.cursor === undefined ? {} : { cursor: parseCursor(query.cursor) }
    // One more than asked tells whether there is a next page.
    const search = searchOf(query, TAIL_EVENTS)
    const given = { ...params, ...cursor, ...search, limit: limit + 1, offset: query.offset ?? 0 }
    const place = query.cursor === undefined ? '' : isNewest ? '< @cursor' : '> @cursor'
    const conditions = `${where}${place === '' ? '' : ` AND number ${place}`}`
    const direction = isNewest ? 'DESC' : 'ASC'
    const order = `ORDER BY number ${direction}`
    const numbers =
      search !== null
        ? searched(where, place, direction)
        : pairs === null || pairs.length > MAX_MERGED || query.isDeadLetter === true
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
      .iterate({ ...given, ...(numbers.includes('@queue0') ? names : {}) })
    const page: Row[] = []
    let characters = 0
    for (const row of found) {
      if (page.length === limit || characters >= MAX_FULL_PAGE_CHARACTERS)
        return { page, next: String(page.at(-1)!.number) }
      page.push(row)
      characters += weigh(row)
    }
    return { page, next: null }
  }

  /** A page of everything that matches, in an order that no index has. */
  function sortedRows<Row extends TaskSummaryRow>(
    columns: string,
    sort: TaskSort,
    query: TaskQuery,
    limit: number,
  ): { page: Row[]; next: null } {
    if (query.cursor !== undefined)
      throw new BrokerError('INVALID_REQUEST', 'cursor goes only without sort; use offset.', {
        path: 'cursor',
      })
    const { where, params } = toFilter(query)
    const search = searchOf(query, TAIL_EVENTS)
    const order = toOrder(sort)
    const numbers = search === null ? `SELECT number FROM tasks WHERE ${where}` : searchedAtAll(where)
    // Sorted by number first, so that the sorter carries no more of a task than that.
    const page = db
      .prepare<[object], Row>(
        `SELECT ${columns} FROM tasks WHERE number IN (
          SELECT number FROM tasks WHERE number IN (${numbers}) ${order.sql} LIMIT @limit OFFSET @offset
        ) ${order.sql}`,
      )
      .all({ ...params, ...search, ...order.params, limit, offset: query.offset ?? 0 })
    return { page, next: null }
  }

  return {
    listTasks(query: TaskQuery): TaskPage {
      const { page, next } = rows<TaskSummaryRow>(SUMMARY_COLUMNS, query)
      return { tasks: page.map(toTaskSummary), next }
    },
    listFullTasks(query: TaskQuery): TaskPage<Task> {
      const { page, next } = rows<TaskRow>(TASK_COLUMNS, query, weightOf)
      return { tasks: page.map(toTask), next }
    },
    countTasks(query: TaskQuery): number {
      const {
        limit: _limit,
        cursor: _cursor,
        offset: _offset,
        order: _order,
        sort: _sort,
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
      const search = searchOf(query, TAIL_EVENTS)
      const source = search === null ? `tasks WHERE ${where}` : `(${searchedAtAll(where)})`
      return db
        .prepare<[object], number>(`SELECT count(*) FROM ${source}`)
        .pluck()
        .get({ ...params, ...search })!
    },
    /**
     * Numbers of the matching tasks after one and up to another, oldest first. Unlike a list, it misses
     * nothing that the full-text index does not have yet.
     */
    matchingNumbers({ query, after, upTo, limit }: NumberRange): readonly number[] {
      const { where, params } = toFilter(query)
      const search = searchOf(query, Infinity)
      const conditions = `${where} AND number > @after AND number <= @upTo`
      const numbers =
        search === null
          ? `SELECT number FROM tasks WHERE ${conditions} ORDER BY number LIMIT @limit`
          : `SELECT number FROM (${searchedAtAll(conditions)}) ORDER BY number LIMIT @limit`
      return db
        .prepare<[object], number>(numbers)
        .pluck()
        .all({ ...params, ...search, after, upTo, limit })
    },
    /** How many tasks match, of those up to a number. */
    countMatching({ query, upTo }: Pick<NumberRange, 'query' | 'upTo'>): number {
      const { where, params } = toFilter(query)
      const search = searchOf(query, Infinity)
      const conditions = `${where} AND number <= @upTo`
      const source = search === null ? `tasks WHERE ${conditions}` : `(${searchedAtAll(conditions)})`
      return db
        .prepare<[object], number>(`SELECT count(*) FROM ${source}`)
        .pluck()
        .get({ ...params, ...search, upTo })!
    },
  }
}

function weightOf({ args, kwargs, result, error, metadata }: TaskRow): number {
  return [args, kwargs, result, error, metadata].reduce((sum, text) => sum + (text?.length ?? 0), 0)
}

interface SearchParams {
  readonly match: string
  /** JSON array of numbers. */
  readonly tail: string
}

interface NumberRange {
  readonly query: TaskQuery
  readonly after: number
  readonly upTo: number
  readonly limit: number
}

/** The index walked in the order of the list, so that a page costs a page; and what it does not have yet. */
function searched(where: string, place: string, direction: 'ASC' | 'DESC'): string {
  const sort = (column: string) =>
    `${place === '' ? '' : `AND ${column} ${place}`} ORDER BY ${column} ${direction} LIMIT @limit + @offset`
  return `SELECT number FROM (
    SELECT number FROM (SELECT tasks.number AS number FROM ${MATCHES} AND ${where} ${sort('task_search.rowid')})
    UNION SELECT number FROM (SELECT number FROM ${TAIL} AND ${where} ${sort('number')})
  ) ORDER BY number ${direction} LIMIT @limit OFFSET @offset`
}

const MATCHES =
  'task_search CROSS JOIN tasks ON tasks.number = task_search.rowid WHERE task_search MATCH @match'
const TAIL = 'tasks WHERE number IN (SELECT value FROM json_each(@tail))'

function searchedAtAll(conditions: string): string {
  return `SELECT tasks.number AS number FROM ${MATCHES} AND ${conditions}
    UNION SELECT number FROM ${TAIL} AND ${conditions}`
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

const SORT_COLUMNS = { priority: 'priority', startedAt: 'started_at', finishedAt: 'finished_at' } as const

function toOrder(sort: TaskSort): {
  readonly sql: string
  readonly params: Readonly<Record<string, string>>
} {
  const direction = sort.isDescending ? 'DESC' : 'ASC'
  const ordered = (key: string) => `ORDER BY ${key} IS NULL, ${key} ${direction}, number ${direction}`
  if (sort.by !== 'state') return { sql: ordered(SORT_COLUMNS[sort.by]), params: {} }
  const ranks = Object.fromEntries(
    sort.groups.flatMap((group, rank) => group.map((state) => [state, rank] as const)),
  )
  return {
    sql: ordered("json_extract(@ranks, '$.' || state)"),
    params: { ranks: JSON.stringify(ranks) },
  }
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
