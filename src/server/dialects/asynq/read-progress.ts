import type { Broker } from '../../../shared/domain/broker.ts'
import { isBrokerError } from '../../../shared/domain/errors.ts'
import { HttpRefusal } from '../../http/refusal.ts'
import { type ProgressRecord, toRecords } from './progress-wire.ts'
import { type EndStatus, toEndStatus } from './states.ts'

/** How many entries are read of one task; a stream keeps no more. */
const MAX_ENTRIES = 1000

export interface TaskProgress {
  /** Oldest first; the last one is final when the task is. */
  readonly records: readonly ProgressRecord[]
  /** Null while the task is not final. */
  readonly end: EndStatus | null
}

/** @throws TASK_NOT_FOUND */
export async function readProgress(broker: Broker, id: string): Promise<TaskProgress> {
  // The task first: when it is final by then, its entries are complete.
  const task = await broker.getTask(id)
  const entries = await broker.progressHistory(id, { limit: MAX_ENTRIES })
  return { records: toRecords(task, entries), end: toEndStatus(task.state) }
}

/** As {@link readProgress}; a task nobody knows has made none. */
export async function readProgressIfAny(broker: Broker, id: string): Promise<readonly ProgressRecord[]> {
  try {
    return (await readProgress(broker, id)).records
  } catch (error) {
    if (isBrokerError(error, 'TASK_NOT_FOUND')) return []
    throw error
  }
}

/** @throws HttpRefusal 404 `PROGRESS_NOT_FOUND` when the task has told nothing yet, or there is none. */
export async function latestProgress(broker: Broker, id: string): Promise<ProgressRecord> {
  let record: ProgressRecord | undefined
  try {
    const task = await broker.getTask(id)
    // Ids begin with the instant of their entry or a later one, so this finds the last without the rest.
    // Without progress in this attempt there may be some of an earlier one.
    const from = task.progress === null ? {} : { fromId: `${task.progress.at}-0` }
    const entries = await broker.progressHistory(id, { ...from, limit: MAX_ENTRIES })
    record = toRecords(task, entries).at(-1)
  } catch (error) {
    if (!isBrokerError(error, 'TASK_NOT_FOUND')) throw error
  }
  if (record !== undefined) return record
  throw new HttpRefusal({
    status: 404,
    code: 'PROGRESS_NOT_FOUND',
    message: `No progress found for task '${id}'.`,
    details: { taskId: id },
  })
}
