import type { Broker } from '../../shared/domain/broker.ts'
import type { BrokerEvent, EventType } from '../../shared/domain/event.ts'
import type { Worker } from '../../shared/domain/worker.ts'
import type { LeasedTask } from '../../shared/domain/worker-port.ts'

/** Events after which there may be something for a worker that got nothing. */
const CHANCES: readonly EventType[] = [
  'task.submitted',
  'task.scheduled',
  'task.replayed',
  'task.retrying',
  'task.resumed',
  'queue.resumed',
  'worker.resumed',
]

export interface LeaseWhenDue {
  readonly limit: number
  readonly leaseMs: number
  /** How long to wait for a first task; 0 answers at once. */
  readonly waitMs: number
  /** Fires when whoever asked has hung up. */
  readonly signal: AbortSignal
}

/**
 * Leases what is due, or waits for something to be. What is leased for somebody who has hung up
 * meanwhile is given back at once.
 * @throws WORKER_NOT_FOUND, INVALID_REQUEST
 */
export async function leaseWhenDue(
  broker: Broker,
  worker: Worker,
  { limit, leaseMs, waitMs, signal }: LeaseWhenDue,
): Promise<readonly LeasedTask[]> {
  const lease = async () => {
    const tasks = await broker.leaseTasks(worker.id, { limit, leaseMs })
    if (!signal.aborted) return tasks
    for (const task of tasks) await broker.releaseTask(worker.id, task)
    return []
  }
  if (waitMs === 0) return lease()

  const events = broker.subscribe({ filter: { types: CHANCES } })
  const close = () => events.close()
  const timer = setTimeout(close, waitMs)
  signal.addEventListener('abort', close)
  try {
    const batches = events[Symbol.asyncIterator]()
    for (;;) {
      const tasks = await lease()
      if (tasks.length > 0) return tasks
      for (;;) {
        const batch = await batches.next()
        if (batch.done === true) return []
        const { events: happened, missed } = batch.value
        if (missed > 0 || happened.some((event) => concerns(event, worker))) break
      }
    }
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', close)
    close()
  }
}

/** Whether it may be about a task that the worker takes. */
function concerns({ queue, workerId, data }: BrokerEvent, { id, queues, names }: Worker): boolean {
  if (queue === null) return workerId === id
  if (queues !== null && !queues.includes(queue)) return false
  const { name } = data
  return names === null || typeof name !== 'string' || names.includes(name)
}
