import type { FastifyRequest } from 'fastify'
import type { Broker } from '../../../shared/domain/broker.ts'
import { BrokerError, isBrokerError } from '../../../shared/domain/errors.ts'
import { isFinal } from '../../../shared/domain/state.ts'
import type { Task } from '../../../shared/domain/task.ts'
import { HttpRefusal } from '../../http/refusal.ts'
import { waitUntil } from '../wait-until.ts'
import { taskOf } from './numbers.ts'

/** How long an answer waits for a running attempt to be over. */
const STOP_MS = 5000

const CANNOT_PAUSE = 'Task not found or cannot be paused (must be in PENDING, SCHEDULED, or RUNNING state)'
const CANNOT_RESUME = 'Task not found or cannot be resumed (must be in PAUSED state)'

/**
 * Takes a task out of the line; one that runs is stopped, and waited for. An external worker that does
 * not end its attempt in time goes on, and the task is paused when it does.
 * @throws HttpRefusal 404 when there is no such task, or it has ended.
 */
export async function pauseTask(broker: Broker, request: FastifyRequest): Promise<Task> {
  const asked = await orNotFound(CANNOT_PAUSE, async () =>
    broker.pauseTask((await taskOf(broker, request)).id),
  )
  if (asked.state !== 'running') return asked
  const paused = await waitUntil(broker, asked.id, {
    accept: ({ state }) => state === 'paused' || isFinal(state),
    limitMs: STOP_MS,
  })
  if (isFinal(paused.state)) throw notFound(CANNOT_PAUSE)
  return paused
}

/** @throws HttpRefusal 404 when it is not paused. */
export function resumeTask(broker: Broker, request: FastifyRequest): Promise<Task> {
  return orNotFound(CANNOT_RESUME, async () => broker.resumeTask((await taskOf(broker, request)).id))
}

/**
 * Deletes a task in any state; one that runs is stopped first.
 * @throws TASK_NOT_FOUND, SERVICE_UNAVAILABLE when it does not stop.
 */
export async function deleteTask(broker: Broker, { id }: Task): Promise<void> {
  try {
    await broker.deleteTask(id)
  } catch (error) {
    if (!isBrokerError(error, 'INVALID_STATE')) throw error
    const { state } = await stop(broker, id)
    if (!isFinal(state))
      throw new BrokerError(
        'SERVICE_UNAVAILABLE',
        'The task does not stop; it is asked to, so try again in a moment.',
        { component: 'executor' },
      )
    await broker.deleteTask(id)
  }
}

async function stop(broker: Broker, id: string): Promise<Task> {
  try {
    await broker.cancel(id, { terminate: true })
  } catch (error) {
    // It has just ended by itself.
    if (!isBrokerError(error, 'INVALID_STATE')) throw error
  }
  return waitUntil(broker, id, { accept: ({ state }) => isFinal(state), limitMs: STOP_MS })
}

async function orNotFound(message: string, act: () => Promise<Task>): Promise<Task> {
  try {
    return await act()
  } catch (error) {
    throw isBrokerError(error, 'TASK_NOT_FOUND', 'INVALID_STATE') ? notFound(message) : error
  }
}

const notFound = (message: string) => new HttpRefusal({ status: 404, code: 'INVALID_STATE', message })
