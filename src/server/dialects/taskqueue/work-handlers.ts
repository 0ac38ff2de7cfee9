import type { Broker } from '../../../shared/domain/broker.ts'
import { isBrokerError } from '../../../shared/domain/errors.ts'
import type { Task } from '../../../shared/domain/task.ts'
import type { OperationHandler, OperationHandlers } from '../dialect.ts'
import { heldTasks, type HeldTaskWord, leaseAsAsked } from '../held-tasks.ts'
import { readInput } from '../read-input.ts'
import { taskOf, workerOf } from './numbers.ts'
import type { WorkOperation } from './operations.ts'
import { toTaskqueueState } from './states.ts'
import { naiveInstant } from './wire.ts'
import { renewBody, toLeasedTask, toWorker } from './worker-wire.ts'

/** How workers that registered get and do their work. */
export function workHandlers(broker: Broker): OperationHandlers<WorkOperation> {
  const held = heldTasks(broker)
  /** Runs what a worker says of a task that it holds, and answers how the task stands. */
  const says =
    (word: HeldTaskWord): OperationHandler =>
    async (request) => {
      const worker = await workerOf(broker, request)
      const task = await taskOf(broker, request)
      const state = await held[word]({ workerId: worker.id, taskId: task.id, body: request.body })
      return { id: task.number, status: toTaskqueueState(state) }
    }

  return {
    'GET /api/workers/': async () => (await broker.listWorkers()).map(toWorker),
    'DELETE /api/workers/:worker_id': async (request, reply) => {
      const { id } = await workerOf(broker, request)
      await broker.removeWorker(id)
      void reply.code(204)
    },
    'POST /api/workers/:worker_id/lease': async (request, reply) => {
      const findWorker = () => workerOf(broker, request)
      const tasks = await leaseAsAsked(broker, { body: request.body, findWorker, reply })
      return { tasks: tasks.map(toLeasedTask) }
    },
    'POST /api/workers/:worker_id/renew': async (request) => {
      const { leases, lease_seconds } = readInput(renewBody, request.body)
      const worker = await workerOf(broker, request)
      const asked = await Promise.all(
        leases.map(async ({ id, lease_token }) => ({
          number: id,
          taskId: (await taskIfAny(broker, id))?.id ?? '',
          leaseToken: lease_token,
        })),
      )
      const { renewed, abort } = await broker.renewLeases(worker.id, asked, Math.round(lease_seconds * 1000))
      const untilOf = new Map(renewed.map(({ taskId, leaseUntil }) => [taskId, leaseUntil]))
      const isKept = ({ taskId }: { readonly taskId: string }) => untilOf.has(taskId)
      return {
        renewed: asked.filter(isKept).map(({ number, taskId }) => ({
          id: number,
          lease_until: naiveInstant(untilOf.get(taskId)!),
        })),
        lost: asked.filter((each) => !isKept(each)).map(({ number }) => number),
        abort: asked.filter(({ taskId }) => abort.includes(taskId)).map(({ number }) => number),
      }
    },
    'POST /api/workers/:worker_id/tasks/:task_id/start': says('start'),
    'POST /api/workers/:worker_id/tasks/:task_id/progress': says('progress'),
    'POST /api/workers/:worker_id/tasks/:task_id/log': says('log'),
    'POST /api/workers/:worker_id/tasks/:task_id/checkpoint': says('checkpoint'),
    'POST /api/workers/:worker_id/tasks/:task_id/complete': says('complete'),
    'POST /api/workers/:worker_id/tasks/:task_id/fail': says('fail'),
    'POST /api/workers/:worker_id/tasks/:task_id/release': says('release'),
  }
}

async function taskIfAny(broker: Broker, number: number): Promise<Task | null> {
  try {
    return await broker.getTaskByNumber(number)
  } catch (error) {
    if (isBrokerError(error, 'TASK_NOT_FOUND')) return null
    throw error
  }
}
