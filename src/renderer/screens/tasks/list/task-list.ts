import type { TaskPage } from '../../../../shared/domain/broker.ts'
import type { BrokerEvent } from '../../../../shared/domain/event.ts'
import { isFinal } from '../../../../shared/domain/state.ts'
import type { TaskSummary } from '../../../../shared/domain/task.ts'
import { applyTaskEvent } from './apply-task-event.ts'

/** The rows loaded so far, in the broker's order, and where to go on. */
export interface TaskList {
  readonly rows: readonly TaskSummary[]
  /** Id → place in `rows`. */
  readonly index: ReadonlyMap<string, number>
  /** Rows that stay in their place although their task was deleted, until the list is taken in anew. */
  readonly deleted: ReadonlySet<string>
  /** Cursor of what follows the last row; null when there is nothing. */
  readonly next: string | null
}

const NONE: ReadonlySet<string> = new Set()

export const EMPTY_LIST: TaskList = { rows: [], index: new Map(), deleted: NONE, next: null }

export function listOfPage(page: TaskPage): TaskList {
  return withRows({ ...EMPTY_LIST, next: page.next }, page.tasks)
}

/** The page that follows the last row. Rows that are there already stay where they are. */
export function appendPage(list: TaskList, page: TaskPage): TaskList {
  const known = page.tasks.filter(({ id }) => list.index.has(id))
  const added = page.tasks.filter(({ id }) => !list.index.has(id))
  const updated = known.reduce(updateRow, list)
  if (added.length === 0) return { ...updated, next: page.next }
  return withRows({ ...updated, next: page.next }, [...updated.rows, ...added])
}

/**
 * The first page anew: what is new comes on top, what no longer belongs goes, and the rows beyond the
 * page stay. They are dropped where the page has left a gap to them, as after a long absence.
 */
export function mergeFirstPage(list: TaskList, page: TaskPage): TaskList {
  const fresh = page.tasks.map((task) => fresher(rowOf(list, task.id), task))
  const last = page.tasks.at(-1)
  const place = last === undefined ? undefined : list.index.get(last.id)
  if (page.next === null || place === undefined)
    return withRows({ ...list, deleted: NONE, next: page.next }, fresh)
  const beyond = list.rows.slice(place + 1).filter(({ id }) => !list.deleted.has(id))
  const freshIds = new Set(fresh.map(({ id }) => id))
  return withRows({ ...list, deleted: NONE }, [...fresh, ...beyond.filter(({ id }) => !freshIds.has(id))])
}

/** One row as the broker has just told it; nothing for a task that is not in the list. */
export function updateRow(list: TaskList, task: TaskSummary): TaskList {
  const place = list.index.get(task.id)
  const row = rowOf(list, task.id)
  if (place === undefined || row === undefined) return list
  const better = fresher(row, task)
  return better === row ? list : { ...list, rows: list.rows.with(place, better) }
}

export function markDeleted(list: TaskList, id: string): TaskList {
  if (!list.index.has(id) || list.deleted.has(id)) return list
  return { ...list, deleted: new Set(list.deleted).add(id) }
}

/** The list after events, each row in its place; the same list when they touch none of its rows. */
export function applyEvents(list: TaskList, events: readonly BrokerEvent[]): TaskList {
  let rows: TaskSummary[] | null = null
  let deleted: Set<string> | null = null
  const change = (id: string, replace: (row: TaskSummary) => TaskSummary) => {
    const place = list.index.get(id)
    if (place === undefined) return
    const row = (rows ?? list.rows)[place]
    if (row === undefined) return
    const changed = replace(row)
    if (changed === row) return
    rows ??= [...list.rows]
    rows[place] = changed
  }
  for (const event of events) {
    const { taskId, type, data } = event
    if (taskId === null) continue
    if (type === 'task.deleted') {
      if (list.index.has(taskId)) (deleted ??= new Set(list.deleted)).add(taskId)
      continue
    }
    if (type === 'task.replayed' && typeof data['replayOf'] === 'string')
      change(data['replayOf'], (row) => (row.isDeadLetter ? { ...row, isDeadLetter: false } : row))
    change(taskId, (row) => applyTaskEvent(row, event))
  }
  if (rows === null && deleted === null) return list
  return { ...list, rows: rows ?? list.rows, deleted: deleted ?? list.deleted }
}

/** How many tasks of a first page are not in the list. */
export function countNew(list: TaskList, page: TaskPage): number {
  return page.tasks.filter(({ id }) => !list.index.has(id)).length
}

export function rowOf(list: TaskList, id: string): TaskSummary | undefined {
  const place = list.index.get(id)
  return place === undefined ? undefined : list.rows[place]
}

function withRows(list: TaskList, rows: readonly TaskSummary[]): TaskList {
  return { ...list, rows, index: new Map(rows.map(({ id }, place) => [id, place])) }
}

/**
 * The later of two looks at one task. An answer that was on its way while events came is older than they;
 * within one millisecond the one that is further on in the task's life is later.
 */
function fresher(row: TaskSummary | undefined, fetched: TaskSummary): TaskSummary {
  if (row === undefined || fetched.updatedAt > row.updatedAt) return fetched
  if (row.updatedAt > fetched.updatedAt) return isFinal(fetched.state) && !isFinal(row.state) ? fetched : row
  if (isFinal(row.state) !== isFinal(fetched.state)) return isFinal(row.state) ? row : fetched
  return row.attempt > fetched.attempt ? row : fetched
}
