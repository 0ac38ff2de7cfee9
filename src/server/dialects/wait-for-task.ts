import type { FastifyReply } from 'fastify'
import type { Broker } from '../../shared/domain/broker.ts'
import type { EventType } from '../../shared/domain/event.ts'
import { isFinal } from '../../shared/domain/state.ts'
import type { Task } from '../../shared/domain/task.ts'

const ENDS: readonly EventType[] = [
  'task.succeeded',
  'task.failed',
  'task.timed_out',
  'task.cancelled',
  'task.deleted',
]

/**
 * The task once it is final; as it is when `limitMs` has passed, when whoever asked has hung up, and at
 * once while the broker says that nobody is to wait. Hanging up does nothing to the task.
 * @param reply of the request that waits; its connection may be silent for as long as that takes.
 * @throws TASK_NOT_FOUND, also when it is deleted meanwhile.
 */
export async function waitForTask(
  broker: Pick<Broker, 'getTask' | 'mayWaitForResults' | 'subscribe'>,
  id: string,
  { reply, limitMs }: { readonly reply: FastifyReply; readonly limitMs: number },
): Promise<Task> {
  if (!(await broker.mayWaitForResults())) return broker.getTask(id)
  // Node sets the limit anew with the next request on this connection.
  reply.raw.socket?.setTimeout(0)
  const ends = broker.subscribe({ filter: { taskIds: [id], types: ENDS } })
  const stop = () => ends.close()
  const giveUp = setTimeout(stop, limitMs)
  reply.raw.once('close', stop)
  try {
    let task = await broker.getTask(id)
    const news = ends[Symbol.asyncIterator]()
    while (!isFinal(task.state)) {
      const { done } = await news.next()
      task = await broker.getTask(id)
      if (done === true) break
    }
    return task
  } finally {
    clearTimeout(giveUp)
    reply.raw.off('close', stop)
    ends.close()
  }
}
