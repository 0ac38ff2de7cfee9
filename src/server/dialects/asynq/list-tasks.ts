import type { TaskPage } from '../../../shared/domain/broker.ts'
import { BrokerError } from '../../../shared/domain/errors.ts'
import { MAX_PAGE_SIZE } from '../../../shared/domain/limits.ts'
import { TASK_STATES, type TaskState } from '../../../shared/domain/state.ts'
import type { TaskQuery } from '../../../shared/domain/task-query.ts'
import type { JsonCalls } from '../../attach/json-calls.ts'
import { readTaskItem } from './read-told.ts'
import { type AsynqState, toAsynqState } from './states.ts'
import { toldTasks, type ToldTaskItem } from './told-answers.ts'

const DEFAULT_LIMIT = 100
/** How far an item is looked for that newer ones have moved. */
const MOST_PAGES_AHEAD = 4
const CURSOR = /^(\d{1,12}):(.{1,1000})$/s

/**
 * A page, newest first. The server counts pages alone: the cursor names the last task that was told, so what
 * arrives meanwhile moves the place and repeats nothing.
 * @throws NOT_SUPPORTED for what these lists cannot be asked, INVALID_REQUEST for a cursor that is none.
 */
export async function listTasks(calls: JsonCalls, query: TaskQuery): Promise<TaskPage> {
  const { limit = DEFAULT_LIMIT, cursor, order, queue } = query
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_PAGE_SIZE)
    throw new BrokerError('INVALID_REQUEST', `'limit' must be 1 to ${MAX_PAGE_SIZE}.`, { path: 'limit' })
  if (order === 'oldest') throw notListed('The asynq API lists the newest tasks first, and no other way.')
  const status = wireState(query.states)
  const readPage = (page: number) =>
    calls.read(toldTasks, { path: '/api/v1/tasks', query: { queue, status, page: page + 1, size: limit } })

  /** Items `start` to `start + limit`: of one page, or of two. */
  async function read(start: number): Promise<readonly ToldTaskItem[]> {
    const page = Math.floor(start / limit)
    const first = (await readPage(page)).slice(0, limit)
    const skipped = start - page * limit
    if (skipped === 0 || first.length < limit) return first.slice(skipped)
    return [...first, ...(await readPage(page + 1))].slice(skipped, skipped + limit)
  }

  const start = cursor === undefined ? 0 : await placeAfter(read, limit, readCursor(cursor))
  const items = await read(start)
  const last = items.at(-1)
  const next = last === undefined || items.length < limit ? null : `${start + limit}:${last.id}`
  return { tasks: items.map(readTaskItem), next }
}

interface Place {
  /** Where the next one was. */
  readonly offset: number
  readonly lastId: string
}

/** Where the item after the last one is now; where it was, when the last one is gone. */
async function placeAfter(
  read: (start: number) => Promise<readonly ToldTaskItem[]>,
  limit: number,
  { offset, lastId }: Place,
): Promise<number> {
  for (let page = 0, start = offset - 1; page < MOST_PAGES_AHEAD; page += 1, start += limit) {
    const items = await read(start)
    const index = items.findIndex(({ id }) => id === lastId)
    if (index !== -1) return start + index + 1
    if (items.length < limit) break
  }
  return offset
}

function readCursor(cursor: string): Place {
  const [, offset, lastId] = CURSOR.exec(cursor) ?? []
  if (offset !== undefined && Number(offset) > 0) return { offset: Number(offset), lastId: lastId! }
  throw new BrokerError('INVALID_REQUEST', "'cursor' is not one that a list has answered.", {
    path: 'cursor',
  })
}

/** Undefined is every state. */
function wireState(states: readonly TaskState[] | undefined): AsynqState | undefined {
  if (states === undefined || TASK_STATES.every((state) => states.includes(state))) return undefined
  const asked = [...new Set(states.map(toAsynqState))]
  if (asked.length === 1) return asked[0]!
  throw notListed('The asynq API lists the tasks of one state, or of all.')
}

function notListed(reason: string): BrokerError<'NOT_SUPPORTED'> {
  return new BrokerError('NOT_SUPPORTED', reason, { operation: 'listTasks' })
}
