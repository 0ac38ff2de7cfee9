import type { FastifyRequest } from 'fastify'
import type { Broker } from '../../../shared/domain/broker.ts'
import { taskNotFound, workerNotFound } from '../../../shared/domain/errors.ts'
import type { Task } from '../../../shared/domain/task.ts'
import type { Worker } from '../../../shared/domain/worker.ts'
import { pathParameter } from '../dialect.ts'
import { invalidField } from '../read-input.ts'
import type { WorkerNumbers } from './wire.ts'

/** @throws INVALID_REQUEST when the address has no integer there, TASK_NOT_FOUND */
export async function taskOf(broker: Broker, request: FastifyRequest): Promise<Task> {
  const id = integerOf(request, 'task_id')
  if (!Number.isSafeInteger(id) || id < 1) throw taskNotFound(String(id))
  return broker.getTaskByNumber(id)
}

/** @throws INVALID_REQUEST when the address has no integer there, WORKER_NOT_FOUND */
export async function workerOf(broker: Broker, request: FastifyRequest): Promise<Worker> {
  const id = integerOf(request, 'worker_id')
  if (!Number.isSafeInteger(id) || id < 1) throw workerNotFound(String(id))
  return broker.getWorkerByNumber(id)
}

function integerOf(request: FastifyRequest, name: string): number {
  const text = pathParameter(request, name)
  if (!/^-?\d+$/.test(text)) throw invalidField(name, 'must be an integer')
  return Number(text)
}

/** Of the workers of these tasks; one that is gone has none. */
export async function workerNumbers(broker: Broker, tasks: readonly Task[]): Promise<WorkerNumbers> {
  if (tasks.every(({ workerId }) => workerId === null)) return new Map()
  return new Map((await broker.listWorkers()).map(({ id, number }) => [id, number]))
}
