import type { Broker } from '../../src/shared/domain/broker.ts'
import { isFinal } from '../../src/shared/domain/state.ts'
import type { Task } from '../../src/shared/domain/task.ts'

/** The task once `accept` says so; looks again at each event of it. No clock, no sleep. */
export async function untilTask(broker: Broker, id: string, accept: (task: Task) => boolean): Promise<Task> {
  const events = broker.subscribe({ filter: { taskIds: [id] } })
  const iterator = events[Symbol.asyncIterator]()
  try {
    for (;;) {
      const task = await broker.getTask(id)
      if (accept(task)) return task
      await iterator.next()
    }
  } finally {
    events.close()
  }
}

export const untilFinal = (broker: Broker, id: string) => untilTask(broker, id, ({ state }) => isFinal(state))

/** Resolves when no task of the broker is unfinished. */
export async function untilIdle(broker: Broker): Promise<void> {
  const events = broker.subscribe({})
  const iterator = events[Symbol.asyncIterator]()
  try {
    for (;;) {
      const { counts } = await broker.overview()
      if (counts.pending + counts.running + counts.retrying + counts.scheduled === 0) return
      await iterator.next()
    }
  } finally {
    events.close()
  }
}

/** Resolves when the executor has told its handlers. */
export async function untilReady(broker: Broker): Promise<void> {
  const events = broker.subscribe({ after: 0, filter: { types: ['worker.connected'] } })
  try {
    while ((await broker.handlers()).handlers.length === 0) await events[Symbol.asyncIterator]().next()
  } finally {
    events.close()
  }
}
