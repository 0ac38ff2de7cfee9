import type { Broker } from '../../shared/domain/broker.ts'
import { isFinal } from '../../shared/domain/state.ts'
import type { Task } from '../../shared/domain/task.ts'

/** How long an answer waits for a terminated attempt to be over; it takes half a second, more where it is busy. */
export const TERMINATION_MS = 5000

/**
 * Cancels a task. A terminated attempt is waited for, so that the answer can say how it ended; without
 * `terminate` the task runs on until its handler gives in.
 * @throws TASK_NOT_FOUND, INVALID_STATE when the task is final.
 */
export async function cancelTask(broker: Broker, id: string, terminate: boolean): Promise<Task> {
  if (!terminate) return broker.cancel(id, { terminate })
  const ends = broker.subscribe({
    filter: { taskIds: [id], types: ['task.cancelled', 'task.succeeded', 'task.failed', 'task.timed_out'] },
  })
  const giveUp = setTimeout(() => ends.close(), TERMINATION_MS)
  try {
    const task = await broker.cancel(id, { terminate })
    if (isFinal(task.state)) return task
    await ends[Symbol.asyncIterator]().next()
    return await broker.getTask(id)
  } finally {
    clearTimeout(giveUp)
    ends.close()
  }
}
