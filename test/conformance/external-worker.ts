import type { Broker } from '../../src/shared/domain/broker.ts'
import type { BrokerEvent, EventType } from '../../src/shared/domain/event.ts'
import type { SubmitTask } from '../../src/shared/domain/task.ts'
import type { Worker } from '../../src/shared/domain/worker.ts'
import type { LeasedTask, WorkerRegistration } from '../../src/shared/domain/worker-port.ts'
import { submitOne } from './submit-one.ts'

/** A name that no handler of the bundled pool has. */
export const ELSEWHERE = 'elsewhere.render'
export const LEASE_MS = 10_000

export const register = (broker: Broker, registration: Partial<WorkerRegistration> = {}): Promise<Worker> =>
  broker.registerWorker({ hostname: 'gpu-1', concurrency: 5, ...registration })

export const submitElsewhere = (broker: Broker, task: Partial<SubmitTask> = {}) =>
  submitOne(broker, { name: ELSEWHERE, ...task })

export const leaseOf = (leased: LeasedTask) => ({ taskId: leased.taskId, leaseToken: leased.leaseToken })

/** Submits one task and leases it. */
export async function leaseOne(
  broker: Broker,
  workerId: string,
  task: Partial<SubmitTask> = {},
): Promise<LeasedTask> {
  const { id } = await submitElsewhere(broker, task)
  const leased = await broker.leaseTasks(workerId, { limit: 100, leaseMs: LEASE_MS })
  const found = leased.find(({ taskId }) => taskId === id)
  if (found === undefined) throw new Error(`Task ${id} was not leased.`)
  return found
}

/** Every event of these types since `after`, once there is one that `isLast`. */
export async function eventsUntil(
  broker: Broker,
  after: number,
  types: readonly EventType[],
  isLast: (event: BrokerEvent) => boolean,
): Promise<readonly BrokerEvent[]> {
  const subscription = broker.subscribe({ after, filter: { types } })
  const seen: BrokerEvent[] = []
  for await (const { events } of subscription)
    for (const event of events) {
      seen.push(event)
      if (isLast(event)) return seen
    }
  throw new Error('The events ended too early.')
}
