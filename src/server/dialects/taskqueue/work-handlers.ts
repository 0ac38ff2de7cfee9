import type { FastifyRequest } from 'fastify'
import type { Broker } from '../../../shared/domain/broker.ts'
import { isBrokerError } from '../../../shared/domain/errors.ts'
import { toJsonText } from '../../../shared/domain/json.ts'
import type { TaskState } from '../../../shared/domain/state.ts'
import type { Task } from '../../../shared/domain/task.ts'
import type { TaskLease } from '../../../shared/domain/worker-port.ts'
import { type OperationHandler, type OperationHandlers } from '../dialect.ts'
import { hangUpOf } from '../hang-up.ts'
import { readInput } from '../read-input.ts'
import { leaseWhenDue } from '../lease-when-due.ts'
import { taskOf, workerOf } from './numbers.ts'
import type { WorkOperation } from './operations.ts'
import { toTaskqueueState } from './states.ts'
import { naiveInstant } from './wire.ts'
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
import { renewBody, toLeasedTask, toWorker } from './worker-wire.ts'

/** How workers that registered get and do their work. */
export function workHandlers(broker: Broker): OperationHandlers<WorkOperation> {
  /** Runs what a worker says of a task that it holds, and answers how the task stands. */
  const underLease =
    (act: (workerId: string, lease: (token: string) => TaskLease, body: unknown) => Promise<TaskState>) =>
    async (request: FastifyRequest) => {
      const worker = await workerOf(broker, request)
      const task = await taskOf(broker, request)
      const lease = (leaseToken: string): TaskLease => ({ taskId: task.id, leaseToken })
      const state = await act(worker.id, lease, request.body)
      return { id: task.number, status: toTaskqueueState(state) }
    }
  /** The same for what does not end the attempt. */
  const told = <Body extends { readonly lease_token: string }>(
    read: (body: unknown) => Body,
    act: (workerId: string, lease: TaskLease, body: Body) => Promise<void>,
  ): OperationHandler =>
    underLease(async (workerId, lease, given) => {
      const body = read(given)
      await act(workerId, lease(body.lease_token), body)
      return 'running'
    })

  return {
    'GET /api/workers/': async () => (await broker.listWorkers()).map(toWorker),
    'DELETE /api/workers/:worker_id': async (request, reply) => {
      const { id } = await workerOf(broker, request)
      await broker.removeWorker(id)
      void reply.code(204)
    },
    'POST /api/workers/:worker_id/lease': async (request, reply) => {
      const { limit, lease_seconds, wait_seconds } = readInput(leaseBody, request.body)
      const tasks = await leaseWhenDue(broker, await workerOf(broker, request), {
        limit,
        leaseMs: Math.round(lease_seconds * 1000),
        waitMs: Math.round(wait_seconds * 1000),
        signal: hangUpOf(reply),
      })
      return { tasks: tasks.map(toLeasedTask) }
    },
    'POST /api/workers/:worker_id/renew': async (request) => {
      const { leases, lease_seconds } = readInput(renewBody, request.body)
      const worker = await workerOf(broker, request)
      const held = await Promise.all(
        leases.map(async ({ id, lease_token }) => ({
          number: id,
          taskId: (await taskIfAny(broker, id))?.id ?? '',
          leaseToken: lease_token,
        })),
      )
      const { renewed, abort } = await broker.renewLeases(worker.id, held, Math.round(lease_seconds * 1000))
      const untilOf = new Map(renewed.map(({ taskId, leaseUntil }) => [taskId, leaseUntil]))
      const isKept = ({ taskId }: { readonly taskId: string }) => untilOf.has(taskId)
      return {
        renewed: held.filter(isKept).map(({ number, taskId }) => ({
          id: number,
          lease_until: naiveInstant(untilOf.get(taskId)!),
        })),
        lost: held.filter((each) => !isKept(each)).map(({ number }) => number),
        abort: held.filter(({ taskId }) => abort.includes(taskId)).map(({ number }) => number),
      }
    },
    'POST /api/workers/:worker_id/tasks/:task_id/start': told(
      (body) => readInput(holderBody, body),
      (workerId, lease) => broker.startTask(workerId, lease),
    ),
    'POST /api/workers/:worker_id/tasks/:task_id/progress': told(
      (body) => readInput(progressBody, body),
      (workerId, lease, { fraction, stage, message }) =>
        broker.reportProgress(workerId, lease, { fraction, stage, message }),
    ),
    'POST /api/workers/:worker_id/tasks/:task_id/log': told(
      (body) => readInput(logBody, body),
      (workerId, lease, { lines }) => broker.writeLog(workerId, lease, lines),
    ),
    'POST /api/workers/:worker_id/tasks/:task_id/checkpoint': told(
      (body) => readInput(checkpointBody, body),
      (workerId, lease, { data }) => broker.saveCheckpoint(workerId, lease, toJsonText(data)),
    ),
    'POST /api/workers/:worker_id/tasks/:task_id/complete': underLease((workerId, lease, given) => {
      const { lease_token, result } = readInput(completeBody, given)
      return broker.completeTask(workerId, lease(lease_token), toJsonText(result))
    }),
    'POST /api/workers/:worker_id/tasks/:task_id/fail': underLease((workerId, lease, given) => {
      const body = readInput(failBody, given)
      return broker.failTask(workerId, lease(body.lease_token), toFailure(body))
    }),
    'POST /api/workers/:worker_id/tasks/:task_id/release': underLease((workerId, lease, given) =>
      broker.releaseTask(workerId, lease(readInput(holderBody, given).lease_token)),
    ),
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
