import type { TaskPage } from '../../../shared/domain/broker.ts'
import { BrokerError } from '../../../shared/domain/errors.ts'
import type { TaskQuery, TaskSort } from '../../../shared/domain/task-query.ts'
import type { TaskSummary } from '../../../shared/domain/task.ts'
import { isoInstant } from '../instant.ts'
import type { JsonCalls, Query } from '../../attach/json-calls.ts'
import { formatPosition, parsePosition } from '../../attach/list-position.ts'
import { oneStatus } from '../../attach/one-status.ts'
import { pageLimit, pageOffset } from '../../attach/page-limit.ts'
import { toDtqsState } from './states.ts'
import { toldPage, toldRow, toSummary } from './told-task.ts'

const toldTasks = toldPage('tasks', toldRow)

/** A list of the wire: which of the two that there are, and its filters. */
interface WireList {
  readonly path: '/api/v1/tasks' | '/api/v1/search/tasks'
  readonly filter: Query
}

interface WirePage {
  readonly total: number
  readonly tasks: readonly TaskSummary[]
}

export interface TaskLists {
  list(query: TaskQuery): Promise<TaskPage>
  count(query: TaskQuery): Promise<number>
}

/**
 * Lists over the document's two: `/tasks`, which sorts, and `/search/tasks`, which finds more.
 * @param isWide whether the search takes a queue, as docs/dialects.md adds to the document.
 */
export function createTaskLists(calls: Pick<JsonCalls, 'read'>, isWide: boolean): TaskLists {
  async function fetch({ path, filter }: WireList, page: Query): Promise<WirePage> {
    const { total, items } = await calls.read(toldTasks, { path, query: { ...filter, ...page } })
    const limit = Number(page['limit'])
    const tasks = items.slice(0, limit).map(toSummary)
    return { total: total ?? Number(page['offset']) + tasks.length, tasks }
  }

  return {
    async list(query) {
      const { order = 'newest', sort, cursor } = query
      const limit = pageLimit(query.limit)
      const offset = pageOffset(query.offset)
      const list = toWireList(query, isWide)
      if (sort !== undefined && cursor !== undefined)
        throw new BrokerError('INVALID_REQUEST', `'cursor' goes with no 'sort'; give an 'offset' instead.`, {
          path: 'cursor',
        })
      const position = parsePosition(cursor, order)
      if (list === null) return { tasks: [], next: null }
      if (sort !== undefined) {
        const { tasks } = await fetch(list, { ...sortOf(sort), limit, offset })
        return { tasks, next: null }
      }
      return order === 'oldest'
        ? fromOldest(list, position ?? offset, limit)
        : fromNewest(list, { position, offset, limit })
    },
    async count(query) {
      const list = toWireList(query, isWide)
      return list === null ? 0 : (await fetch(list, { limit: 1, offset: 0 })).total
    },
  }

  async function fromNewest(
    list: WireList,
    {
      position,
      offset,
      limit,
    }: { readonly position: number | null; readonly offset: number; readonly limit: number },
  ): Promise<TaskPage> {
    let page: WirePage
    let from = offset
    if (position === null) page = await fetch(list, { limit, offset })
    else {
      // How many are newer than the page before is known once the total is.
      const { total } = await fetch(list, { limit: 1, offset: 0 })
      from = Math.max(0, total - position)
      page = await fetch(list, { limit, offset: from })
    }
    const left = page.total - from - page.tasks.length
    const isLast = left <= 0 || page.tasks.length === 0
    return { tasks: page.tasks, next: isLast ? null : formatPosition({ order: 'newest', fromOldest: left }) }
  }

  async function fromOldest(list: WireList, from: number, limit: number): Promise<TaskPage> {
    const { tasks, total } = await readOldest(list, from, limit)
    const passed = from + tasks.length
    const isLast = passed >= total || tasks.length === 0
    return { tasks, next: isLast ? null : formatPosition({ order: 'oldest', fromOldest: passed }) }
  }

  /** The search has no order but its own, newest first: its end is read backwards. */
  async function readOldest(list: WireList, from: number, limit: number): Promise<WirePage> {
    if (list.path === '/api/v1/tasks')
      return fetch(list, { sort_by: 'created_at', sort_order: 'asc', limit, offset: from })
    const { total } = await fetch(list, { limit: 1, offset: 0 })
    const end = total - from
    if (end <= 0) return { total, tasks: [] }
    const offset = Math.max(0, end - limit)
    const page = await fetch(list, { limit: end - offset, offset })
    return { total, tasks: page.tasks.toReversed() }
  }
}

/**
 * Null for a query that nothing matches.
 * @throws NOT_SUPPORTED for filters that no list of the wire takes together.
 */
function toWireList(query: TaskQuery, isWide: boolean): WireList | null {
  const { queue, name, workerId, createdAfter, createdBefore, text, minPriority, maxPriority } = query
  const asked = oneStatus(query.states, toDtqsState)
  if (asked === 'nothing') return null
  if (minPriority !== maxPriority) refuse('Lists there take one priority, not a range of them.')
  const filter = { status: asked.status, priority: minPriority }
  const search = {
    task_name: name,
    worker_id: workerId,
    created_after: createdAfter === undefined ? undefined : isoInstant(createdAfter),
    created_before: createdBefore === undefined ? undefined : isoInstant(createdBefore),
    search: text,
  }
  if (Object.values(search).every((value) => value === undefined))
    return { path: '/api/v1/tasks', filter: { ...filter, queue_name: queue } }
  if (query.sort !== undefined) refuse('A search there is not sorted; it tells the newest first.')
  if (queue !== undefined && !isWide) refuse('A search there takes no queue.')
  return { path: '/api/v1/search/tasks', filter: { ...filter, ...search, queue_name: queue } }
}

const SORT_FIELDS = {
  priority: 'priority',
  startedAt: 'started_at',
  finishedAt: 'completed_at',
} as const

function sortOf(sort: TaskSort): Query {
  if (sort.by === 'state') return refuse('Lists there sort states by their own words alone.')
  return { sort_by: SORT_FIELDS[sort.by], sort_order: sort.isDescending ? 'desc' : 'asc' }
}

function refuse(reason: string): never {
  throw new BrokerError('NOT_SUPPORTED', reason, { operation: 'listTasks' })
}
