import type { FastifyRequest } from 'fastify'
import type { TaskState } from '../../../shared/domain/state.ts'
import { toJsonText } from '../../../shared/domain/json.ts'
import type { TaskLease } from '../../../shared/domain/worker-port.ts'
import {
  type DialectDependencies,
  type OperationHandler,
  type OperationHandlers,
  pathParameter,
} from '../dialect.ts'
import { hangUpOf } from '../hang-up.ts'
import { leaseWhenDue } from '../lease-when-due.ts'
import { readInput } from '../read-input.ts'
import {
  checkpointBody,
  completeBody,
  failBody,
  holderBody,
  leaseBody,
  logBody,
  progressBody,
  toFailure,
} from '../work-fields.ts'
import type { WorkOperation } from './operations.ts'
import { toDtqsState } from './states.ts'
import { renewBody, toLeasedTask, toRenewal } from './work-wire.ts'

const workerIdOf = (request: FastifyRequest) => pathParameter(request, 'worker_id')

/** How workers that registered get and do their work. */
export function workHandlers({ broker }: DialectDependencies): OperationHandlers<WorkOperation> {
  /** Runs what a worker says of a task that it holds, and answers how the task stands. */
  const underLease =
    <Body extends { readonly lease_token: string }>(
      read: (body: unknown) => Body,
      act: (workerId: string, lease: TaskLease, body: Body) => Promise<TaskState | void>,
    ): OperationHandler =>
    async (request) => {
      const body = read(request.body)
      const lease = { taskId: pathParameter(request, 'task_id'), leaseToken: body.lease_token }
      const state = (await act(workerIdOf(request), lease, body)) ?? 'running'
      return { task_id: lease.taskId, status: toDtqsState(state) }
    }

  return {
    'DELETE /api/v1/workers/:worker_id': async (request, reply) => {
      await broker.removeWorker(workerIdOf(request))
      return reply.code(204).send()
    },
    'POST /api/v1/workers/:worker_id/lease': async (request, reply) => {
      const { limit, lease_seconds, wait_seconds } = readInput(leaseBody, request.body)
      const tasks = await leaseWhenDue(broker, await broker.getWorker(workerIdOf(request)), {
        limit,
        leaseMs: Math.round(lease_seconds * 1000),
        waitMs: Math.round(wait_seconds * 1000),
        signal: hangUpOf(reply),
      })
      return { tasks: tasks.map(toLeasedTask) }
    },
    'POST /api/v1/workers/:worker_id/renew': async (request) => {
      const { leases, lease_seconds } = readInput(renewBody, request.body)
      const held = leases.map(({ task_id, lease_token }) => ({ taskId: task_id, leaseToken: lease_token }))
      return toRenewal(await broker.renewLeases(workerIdOf(request), held, Math.round(lease_seconds * 1000)))
    },
    'POST /api/v1/workers/:worker_id/tasks/:task_id/start': underLease(
      (body) => readInput(holderBody, body),
      (workerId, lease) => broker.startTask(workerId, lease),
    ),
    'POST /api/v1/workers/:worker_id/tasks/:task_id/progress': underLease(
      (body) => readInput(progressBody, body),
      (workerId, lease, { fraction, stage, message }) =>
        broker.reportProgress(workerId, lease, { fraction, stage, message }),
    ),
    'POST /api/v1/workers/:worker_id/tasks/:task_id/log': underLease(
      (body) => readInput(logBody, body),
      (workerId, lease, { lines }) => broker.writeLog(workerId, lease, lines),
    ),
    'POST /api/v1/workers/:worker_id/tasks/:task_id/checkpoint': underLease(
      (body) => readInput(checkpointBody, body),
      (workerId, lease, { data }) => broker.saveCheckpoint(workerId, lease, toJsonText(data)),
    ),
    'POST /api/v1/workers/:worker_id/tasks/:task_id/complete': underLease(
      (body) => readInput(completeBody, body),
      (workerId, lease, { result }) => broker.completeTask(workerId, lease, toJsonText(result)),
    ),
    'POST /api/v1/workers/:worker_id/tasks/:task_id/fail': underLease(
      (body) => readInput(failBody, body),
      (workerId, lease, body) => broker.failTask(workerId, lease, toFailure(body)),
    ),
    'POST /api/v1/workers/:worker_id/tasks/:task_id/release': underLease(
      (body) => readInput(holderBody, body),
      (workerId, lease) => broker.releaseTask(workerId, lease),
    ),
  }
}
