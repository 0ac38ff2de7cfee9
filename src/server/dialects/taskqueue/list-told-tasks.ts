import type { TaskPage } from '../../../shared/domain/broker.ts'
import { MAX_PAGE_SIZE } from '../../../shared/domain/limits.ts'
import type { Task } from '../../../shared/domain/task.ts'
import type { TaskQuery } from '../../../shared/domain/task-query.ts'
import { AttachError } from '../../attach/attach-error.ts'
import type { JsonCalls } from '../../attach/json-calls.ts'
import { formatPosition, parsePosition } from '../../attach/list-position.ts'
import { oneStatus } from '../../attach/one-status.ts'
import { pageLimit, pageOffset } from '../../attach/page-limit.ts'
import { findListEnd } from './find-list-end.ts'
import { type TaskqueueState, toTaskqueueState } from './states.ts'
import { toldTasks, toTask } from './told.ts'

export interface TaskLists {
  list(query: TaskQuery): Promise<TaskPage>
  /** With input and result. */
  listFull(query: TaskQuery): Promise<TaskPage<Task>>
  count(query: TaskQuery): Promise<number>
}

const PATH = '/api/tasks/'

/**
 * Lists over the document's `skip` and `limit`, whose newest tasks are last, and which tell no count.
 */
export function createTaskLists(calls: Pick<JsonCalls, 'read' | 'shown'>): TaskLists {
  const lastEnds = new Map<TaskqueueState | undefined, number>()

  const fetch = async (status: TaskqueueState | undefined, skip: number, limit: number) =>
    (await calls.read(toldTasks, { path: PATH, query: { skip, limit, status } })).slice(0, limit).map(toTask)

  async function findEnd(status: TaskqueueState | undefined): Promise<number> {
    const isThere = async (index: number) => (await fetch(status, index, 1)).length > 0
    const end = await findListEnd(isThere, lastEnds.get(status) ?? 0)
    if (end === null) throw new AttachError('bad_answer', `${calls.shown} sends a list that never ends.`)
    lastEnds.set(status, end)
    return end
  }

  async function listFull({
    states,
    order = 'newest',
    limit,
    cursor,
    offset,
  }: TaskQuery): Promise<TaskPage<Task>> {
    const size = pageLimit(limit)
    const passed = pageOffset(offset)
    const position = parsePosition(cursor, order)
    const asked = oneStatus(states, toTaskqueueState)
    if (asked === 'nothing') return { tasks: [], next: null }
    const { status } = asked
    if (order === 'oldest') {
      const from = position ?? passed
      const tasks = await fetch(status, from, Math.min(size + 1, MAX_PAGE_SIZE))
      const page = tasks.slice(0, size)
      const isLast = tasks.length < Math.min(size + 1, MAX_PAGE_SIZE)
      const next = formatPosition({ order, fromOldest: from + page.length })
      return { tasks: page, next: isLast ? null : next }
    }
    const end = position ?? (await findEnd(status)) - passed
    const from = Math.max(0, end - size)
    if (end <= from) return { tasks: [], next: null }
    const tasks = (await fetch(status, from, end - from)).toReversed()
    return { tasks, next: from === 0 ? null : formatPosition({ order, fromOldest: from }) }
  }

  return {
    listFull,
    async list(query) {
      const { tasks, next } = await listFull(query)
      return { tasks: tasks.map(({ args: _args, kwargs: _kwargs, result: _result, ...task }) => task), next }
    },
    async count({ states }) {
      const asked = oneStatus(states, toTaskqueueState)
      return asked === 'nothing' ? 0 : findEnd(asked.status)
    },
  }
}
