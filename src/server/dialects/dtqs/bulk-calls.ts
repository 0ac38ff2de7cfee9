import * as z from 'zod'
import type { BulkAction, BulkOperation, BulkQuery, NewBulk } from '../../../shared/domain/bulk-port.ts'
import type { Clock } from '../../../shared/domain/clock.ts'
import { BrokerError, operationNotFound } from '../../../shared/domain/errors.ts'
import { id as idField } from '../../attach/answer-fields.ts'
import { instantField } from '../../attach/instant-field.ts'
import { isSegment, type JsonCalls, pathOf } from '../../attach/json-calls.ts'
import { objectText, textOf } from '../../attach/json-text.ts'
import type { AnsweredCalls } from '../../attach/limit-broker.ts'
import { oneStatus } from '../../attach/one-status.ts'
import { toDtqsState } from './states.ts'
import { count, text } from './told-task.ts'

const toldBulk = z.object({
  affected_tasks: count,
  total_matched: count,
  skipped_tasks: count.default(0),
  skipped_reasons: z.record(z.string().max(200), count).default({}),
  operation_id: idField,
  status: z.enum(['running', 'done', 'cancelled', 'failed']).default('done'),
  error_message: text.nullish(),
})

const PATH = '/api/v1/search/tasks/bulk-action'
const ACTION_ON_WIRE: Readonly<Partial<Record<BulkAction, string>>> = {
  cancel: 'cancel',
  retry: 'retry',
  priority: 'priority_boost',
}
/** As many as the port tells of. */
const MOST_REMEMBERED = 100

/** What the wire does not repeat. */
type Asked = Pick<BulkOperation, 'action' | 'query' | 'priority' | 'createdAt'>

/**
 * Bulk actions as docs/dialects.md has them. The server answers when one is done, or after half a minute.
 * Only those that were started here are known: the wire lists none.
 */
export function bulkCalls(calls: JsonCalls, clock: Clock): Partial<AnsweredCalls> {
  const started = new Map<string, Asked>()

  function toOperation(told: z.output<typeof toldBulk>, asked: Asked): BulkOperation {
    return {
      id: told.operation_id,
      ...asked,
      state: told.status,
      reason: told.error_message ?? null,
      matched: told.total_matched,
      done: told.affected_tasks,
      skipped: told.skipped_tasks,
      reasons: told.skipped_reasons,
      finishedAt: told.status === 'running' ? null : clock.now(),
    }
  }

  async function getOperation(id: string): Promise<BulkOperation> {
    const asked = started.get(id)
    if (asked === undefined || !isSegment(id)) throw operationNotFound(id)
    return toOperation(
      await calls.read(toldBulk, { path: pathOf`/api/v1/search/tasks/bulk-action/${id}` }),
      asked,
    )
  }

  return {
    async startBulk(bulk) {
      const asked = {
        action: bulk.action,
        query: bulk.query,
        priority: bulk.priority ?? null,
        createdAt: clock.now(),
      }
      const told = await calls.write(toldBulk, { method: 'POST', path: PATH, body: toBody(bulk) })
      started.set(told.operation_id, asked)
      const [oldest] = started.keys()
      if (started.size > MOST_REMEMBERED && oldest !== undefined) started.delete(oldest)
      return toOperation(told, asked)
    },
    getOperation,
    async cancelOperation() {
      throw notSupported('cancelOperation', 'The dtqs API cannot stop a bulk action that it has begun.')
    },
    listOperations: async () => Promise.all([...started.keys()].toReversed().map(getOperation)),
  }
}

/** @throws NOT_SUPPORTED for an action or a filter that the wire does not have, INVALID_REQUEST */
function toBody({ action, query, priority }: NewBulk): string {
  const word = ACTION_ON_WIRE[action]
  if (word === undefined)
    throw notSupported('startBulk', `The dtqs API has no bulk action that would ${action} tasks.`)
  const {
    states,
    minPriority,
    maxPriority,
    name,
    workerId,
    queue,
    createdAfter,
    createdBefore,
    text: search,
    ...others
  } = query satisfies BulkQuery
  const foreign = Object.entries(others).find(([, value]) => value !== undefined)
  if (foreign !== undefined) throw notSupported('startBulk', `Bulk actions there know no '${foreign[0]}'.`)
  if (minPriority !== maxPriority)
    throw notSupported('startBulk', 'Bulk actions there take one priority, not a range of them.')
  const asked = oneStatus(states, toDtqsState)
  if (asked === 'nothing')
    throw new BrokerError('INVALID_REQUEST', `'states' names none; leave it out for all.`, { path: 'states' })
  if (action === 'priority' ? priority === undefined : priority !== undefined)
    throw new BrokerError('INVALID_REQUEST', `'priority' belongs to the action 'priority', and only there.`, {
      path: 'priority',
    })
  const filter = {
    status: textOf(asked.status),
    priority: textOf(minPriority),
    task_name: textOf(name),
    worker_id: textOf(workerId),
    queue_name: textOf(queue),
    created_after: instantField('createdAfter', createdAfter),
    created_before: instantField('createdBefore', createdBefore),
    search: textOf(search),
  }
  const isAll = Object.values(filter).every((value) => value === undefined)
  return objectText({
    action: textOf(word),
    ...filter,
    ...(isAll ? { all: textOf(true) } : {}),
    new_priority: textOf(priority),
  })
}

const notSupported = (operation: string, reason: string) =>
  new BrokerError('NOT_SUPPORTED', reason, { operation })
