import type { Broker } from '../../shared/domain/broker.ts'
import type { EventType } from '../../shared/domain/event.ts'
import type { Task } from '../../shared/domain/task.ts'

/** Events after which a task may have got to where somebody waits for it. */
const TURNING_POINTS: readonly EventType[] = [
  'task.succeeded',
  'task.failed',
  'task.timed_out',
  'task.cancelled',
  'task.paused',
  'task.deleted',
]

export interface WaitOptions {
  readonly accept: (task: Task) => boolean
  readonly limitMs: number
}

/**
 * The task once `accept` says so; else as it is when the time is over or the broker closes. Looks again whenever the task ends, is paused or deleted.
 * @throws TASK_NOT_FOUND, also when it is deleted meanwhile.
 */
export async function waitUntil(
  broker: Pick<Broker, 'getTask' | 'subscribe'>,
  id: string,
  { accept, limitMs }: WaitOptions,
): Promise<Task> {
  const events = broker.subscribe({ filter: { taskIds: [id], types: TURNING_POINTS } })
  const close = () => events.close()
  const timer = setTimeout(close, limitMs)
  try {
    const batches = events[Symbol.asyncIterator]()
    for (let isOver = false; ;) {
      const task = await broker.getTask(id)
      if (isOver || accept(task)) return task
      isOver = (await batches.next()).done === true
    }
  } finally {
    clearTimeout(timer)
    close()
  }
}
