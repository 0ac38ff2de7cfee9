import type { Broker } from '../../../shared/domain/broker.ts'
import { isBrokerError } from '../../../shared/domain/errors.ts'
import type { TaskReceipt } from '../../../shared/domain/task.ts'
import { HttpRefusal } from '../../http/refusal.ts'

/** How many ids an error message names. */
const NAMED_IDS = 20

/**
 * Reprocesses dead letters of one queue, each id once, in the order asked.
 * @throws QUEUE_NOT_FOUND; HttpRefusal 404 naming every id that is none of its dead letters, and then
 * nothing is done.
 */
export async function reprocess(
  broker: Broker,
  queue: string,
  ids: readonly string[] | 'all',
): Promise<readonly TaskReceipt[]> {
  await broker.getQueue(queue)
  if (ids === 'all') return broker.reprocessDeadLetters(queue, 'all')
  const taskIds = [...new Set(ids)]
  if (taskIds.length === 0) return []
  try {
    return await broker.reprocessDeadLetters(queue, { taskIds })
  } catch (error) {
    if (isBrokerError(error, 'TASK_NOT_FOUND'))
      throw await missingFrom(broker, queue, taskIds, error.details.taskId)
    throw error
  }
}

async function missingFrom(
  broker: Broker,
  queue: string,
  ids: readonly string[],
  firstMissing: string,
): Promise<HttpRefusal> {
  const found = await Promise.all(ids.map((id) => isDeadLetterOf(broker, queue, id)))
  const missing = ids.filter((_id, index) => !found[index])
  const taskIds = missing.length === 0 ? [firstMissing] : missing
  const named = taskIds.slice(0, NAMED_IDS).map((id) => `'${id}'`)
  const more = taskIds.length > NAMED_IDS ? ` and ${taskIds.length - NAMED_IDS} more` : ''
  return new HttpRefusal({
    status: 404,
    code: 'TASK_NOT_FOUND',
    message: `Not among the dead letters of queue '${queue}': ${named.join(', ')}${more}. Nothing was reprocessed.`,
    details: { taskIds },
  })
}

async function isDeadLetterOf(broker: Broker, queue: string, id: string): Promise<boolean> {
  try {
    const task = await broker.getTask(id)
    return task.isDeadLetter && task.queue === queue
  } catch (error) {
    if (isBrokerError(error, 'TASK_NOT_FOUND')) return false
    throw error
  }
}
