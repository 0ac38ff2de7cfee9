import type { FastifyRequest } from 'fastify'
import {
  type DialectDependencies,
  type OperationHandler,
  type OperationHandlers,
  pathParameter,
} from '../dialect.ts'
import { heldTasks, type HeldTaskWord, leaseAsAsked } from '../held-tasks.ts'
import { readInput } from '../read-input.ts'
import type { WorkOperation } from './operations.ts'
import { toDtqsState } from './states.ts'
import { renewBody, toLeasedTask, toRenewal } from './work-wire.ts'

const workerIdOf = (request: FastifyRequest) => pathParameter(request, 'worker_id')

/** How workers that registered get and do their work. */
export function workHandlers({ broker }: DialectDependencies): OperationHandlers<WorkOperation> {
  const held = heldTasks(broker)
  /** Runs what a worker says of a task that it holds, and answers how the task stands. */
  const says =
    (word: HeldTaskWord): OperationHandler =>
    async (request) => {
      const taskId = pathParameter(request, 'task_id')
      const state = await held[word]({ workerId: workerIdOf(request), taskId, body: request.body })
      return { task_id: taskId, status: toDtqsState(state) }
    }

  return {
    'DELETE /api/v1/workers/:worker_id': async (request, reply) => {
      await broker.removeWorker(workerIdOf(request))
      return reply.code(204).send()
    },
    'POST /api/v1/workers/:worker_id/lease': async (request, reply) => {
      const findWorker = () => broker.getWorker(workerIdOf(request))
      const tasks = await leaseAsAsked(broker, { body: request.body, findWorker, reply })
      return { tasks: tasks.map(toLeasedTask) }
    },
    'POST /api/v1/workers/:worker_id/renew': async (request) => {
      const { leases, lease_seconds } = readInput(renewBody, request.body)
      const asked = leases.map(({ task_id, lease_token }) => ({ taskId: task_id, leaseToken: lease_token }))
      return toRenewal(await broker.renewLeases(workerIdOf(request), asked, Math.round(lease_seconds * 1000)))
    },
    'POST /api/v1/workers/:worker_id/tasks/:task_id/start': says('start'),
    'POST /api/v1/workers/:worker_id/tasks/:task_id/progress': says('progress'),
    'POST /api/v1/workers/:worker_id/tasks/:task_id/log': says('log'),
    'POST /api/v1/workers/:worker_id/tasks/:task_id/checkpoint': says('checkpoint'),
    'POST /api/v1/workers/:worker_id/tasks/:task_id/complete': says('complete'),
    'POST /api/v1/workers/:worker_id/tasks/:task_id/fail': says('fail'),
    'POST /api/v1/workers/:worker_id/tasks/:task_id/release': says('release'),
  }
}
