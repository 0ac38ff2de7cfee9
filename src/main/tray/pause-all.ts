import type { Broker } from '../../shared/domain/broker.ts'
import type { DesktopMessage } from '../../shared/contract/desktop-contract.ts'

/**
 * Pauses every queue there is, or resumes those that are paused, and says what came of it. A queue that
 * goes meanwhile is no failure.
 */
export async function setAllPaused(broker: Broker, isPaused: boolean): Promise<DesktopMessage> {
  const queues = (await broker.listQueues()).filter((queue) => queue.isPaused !== isPaused)
  const outcomes = await Promise.allSettled(queues.map(({ name }) => broker.setQueuePaused(name, isPaused)))
  const failures = outcomes.flatMap((outcome) =>
    outcome.status === 'rejected' ? [outcome.reason as Error] : [],
  )
  const done = queues.length - failures.length
  const words = `${isPaused ? 'Paused' : 'Resumed'} ${done === 1 ? '1 queue' : `${done} queues`}`
  const [first] = failures
  return first === undefined
    ? { kind: 'tell', tone: 'success', message: words }
    : {
        kind: 'tell',
        tone: 'failure',
        message: `${words}, not ${failures.length}: ${first.message}`.slice(0, 1000),
      }
}
