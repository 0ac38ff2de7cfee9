import type { TaskPage } from '../../../shared/domain/broker.ts'
import { BrokerError, isBrokerError } from '../../../shared/domain/errors.ts'
import { MAX_PAGE_SIZE } from '../../../shared/domain/limits.ts'
import type { TaskState } from '../../../shared/domain/state.ts'
import { TASK_STATES } from '../../../shared/domain/state.ts'
import type { TaskSummary } from '../../../shared/domain/task.ts'
import type { TaskQuery } from '../../../shared/domain/task-query.ts'
import { type JsonCalls, isSegment, pathOf } from '../../attach/json-calls.ts'
import { mergePages, type OffsetList } from '../../attach/merge-pages.ts'
import { isoInstant } from '../instant.ts'
import { readDeadLetter, readTaskItem } from './read-task.ts'
import { toTurbineState, TURBINE_STATES, type TurbineState } from './states.ts'
import { toldDeadLetters, toldTasks } from './told-answers.ts'

const DEFAULT_LIMIT = 100

/** @throws NOT_SUPPORTED for what these lists cannot be asked. */
export async function listTasks(calls: JsonCalls, query: TaskQuery): Promise<TaskPage> {
  const { limit = DEFAULT_LIMIT, offset = 0, cursor, order } = query
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_PAGE_SIZE)
    throw new BrokerError('INVALID_REQUEST', `'limit' must be 1 to ${MAX_PAGE_SIZE}.`, { path: 'limit' })
  const lists = listsFor(calls, query)
  if (order === 'oldest') throw notListed('The turbine API lists the newest tasks first, and no other way.')
  if (offset > 0 && lists.length > 1)
    throw notListed('The turbine API skips tasks of one state, or of all; go on with the cursor.')
  const page = await mergePages({ lists, limit, offset, cursor, atOf: ({ createdAt }) => createdAt })
  return { tasks: page.items, next: page.next }
}

export async function countTasks(calls: JsonCalls, query: TaskQuery): Promise<number> {
  const pages = await Promise.all(listsFor(calls, query).map((list) => list.read(0, 1)))
  return pages.reduce((sum, { total }) => sum + total, 0)
}

/** The server lists tasks of one state, or of all: several states are several lists. */
function listsFor(calls: JsonCalls, query: TaskQuery): readonly OffsetList<TaskSummary>[] {
  const { states, queue, createdAfter, isDeadLetter } = query
  if (isDeadLetter !== undefined) return [deadLetterList(calls, query)]
  return wireStates(states).map((state) => ({
    key: state ?? '',
    async read(offset, limit) {
      const since = createdAfter === undefined ? undefined : isoInstant(createdAfter)
      const { tasks, total } = await calls.read(toldTasks, {
        path: '/api/tasks',
        query: { limit, offset, state: state ?? undefined, queue, since },
      })
      return { items: tasks.slice(0, limit).map(readTaskItem), total }
    },
  }))
}

function deadLetterList(calls: JsonCalls, query: TaskQuery): OffsetList<TaskSummary> {
  const { queue, states, createdAfter, isDeadLetter } = query
  if (isDeadLetter !== true) throw notListed('The turbine API cannot leave dead letters out of a list.')
  if (queue === undefined)
    throw notListed('The turbine API lists the dead letters of one queue at a time; name a queue.')
  if (states !== undefined || createdAfter !== undefined)
    throw notListed('The turbine API lists all dead letters of a queue, and takes no other condition.')
  return {
    key: 'dead',
    async read(offset, limit) {
      if (!isSegment(queue)) return { items: [], total: 0 }
      const path = pathOf`/api/dlq/${queue}`
      const told = calls.read(toldDeadLetters, { path, query: { limit, offset } })
      const { tasks, total_failed } = await told.catch((error: unknown) => {
        // A list of a queue that is not there is empty; only what names the queue itself is refused.
        if (isBrokerError(error, 'QUEUE_NOT_FOUND')) return { tasks: [], total_failed: 0 }
        throw error
      })
      return { items: tasks.slice(0, limit).map((task) => readDeadLetter(queue, task)), total: total_failed }
    },
  }
}

/** Null is every state. */
function wireStates(states: readonly TaskState[] | undefined): readonly (TurbineState | null)[] {
  if (states === undefined || TASK_STATES.every((state) => states.includes(state))) return [null]
  const asked = new Set(states.map(toTurbineState))
  return TURBINE_STATES.filter((state) => asked.has(state))
}

function notListed(reason: string): BrokerError<'NOT_SUPPORTED'> {
  return new BrokerError('NOT_SUPPORTED', reason, { operation: 'listTasks' })
}
