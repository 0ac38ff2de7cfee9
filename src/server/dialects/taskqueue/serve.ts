import type { FastifyInstance } from 'fastify'
import type { Broker } from '../../../shared/domain/broker.ts'
import type { Task } from '../../../shared/domain/task.ts'
import {
  type Dialect,
  type DialectDependencies,
  type OperationHandlers,
  serveOperations,
} from '../dialect.ts'
import { readInput } from '../read-input.ts'
import { taskqueueDescription } from './describe.ts'
import { taskqueueErrorShape } from './errors.ts'
import { taskOf, workerNumbers, workerOf } from './numbers.ts'
import { TASKQUEUE_OPERATIONS, type TaskqueueOperation, type WorkOperation } from './operations.ts'
import { fromTaskqueueState } from './states.ts'
import { deleteTask, pauseTask, resumeTask } from './steer-task.ts'
import { createBody, toChanges, toCreated, toSubmitTask, updateBody } from './task-input.ts'
import { taskListQuery, toTask } from './wire.ts'
import { workHandlers } from './work-handlers.ts'
import { registerBody, statusBody, toRegistration, toWorker } from './worker-wire.ts'

export const taskqueue: Dialect = {
  name: 'taskqueue',
  operations: TASKQUEUE_OPERATIONS,
  description: taskqueueDescription,
  serve: serveTaskqueue,
}

/** Serves the dialect `taskqueue` (docs/dialects.md) on `app`. */
function serveTaskqueue(app: FastifyInstance, { broker }: DialectDependencies): void {
  serveOperations<TaskqueueOperation>(app, taskqueueErrorShape, {
    ...taskHandlers(broker),
    ...workerHandlers(broker),
    ...workHandlers(broker),
  })
}

type TaskOperation = Extract<TaskqueueOperation, `${string} /api/tasks${string}`>

function taskHandlers(broker: Broker): OperationHandlers<TaskOperation> {
  const toAnswer = async (task: Task) => toTask(task, await workerNumbers(broker, [task]))
  return {
    'POST /api/tasks/': async (request, reply) => {
      const body = readInput(createBody, request.body)
      const [receipt] = await broker.submit([toSubmitTask(body)])
      void reply.code(201)
      return toCreated(receipt!, body)
    },
    'GET /api/tasks/': async (request) => {
      const { skip, limit, status } = readInput(taskListQuery, request.query)
      if (limit === 0) return []
      const { tasks } = await broker.listFullTasks({
        states: status && fromTaskqueueState(status),
        order: 'oldest',
        limit,
        offset: skip,
      })
      const numbers = await workerNumbers(broker, tasks)
      return tasks.map((task) => toTask(task, numbers))
    },
    'GET /api/tasks/:task_id': async (request) => toAnswer(await taskOf(broker, request)),
    'PUT /api/tasks/:task_id': async (request) => {
      const body = readInput(updateBody, request.body)
      const task = await taskOf(broker, request)
      const changes = toChanges(task, body)
      return toAnswer(changes === null ? task : await broker.updateTask(task.id, changes))
    },
    'DELETE /api/tasks/:task_id': async (request, reply) => {
      await deleteTask(broker, await taskOf(broker, request))
      void reply.code(204)
    },
    'PATCH /api/tasks/:task_id/pause': async (request) => toAnswer(await pauseTask(broker, request)),
    'PATCH /api/tasks/:task_id/resume': async (request) => toAnswer(await resumeTask(broker, request)),
  }
}

function workerHandlers(
  broker: Broker,
): OperationHandlers<Exclude<TaskqueueOperation, TaskOperation | WorkOperation>> {
  return {
    'POST /api/workers/': async (request, reply) => {
      const worker = await broker.registerWorker(toRegistration(readInput(registerBody, request.body)))
      void reply.code(201)
      return toWorker(worker)
    },
    'GET /api/workers/:worker_id': async (request) => toWorker(await workerOf(broker, request)),
    'PATCH /api/workers/:worker_id/heartbeat': async (request) => {
      const { id } = await workerOf(broker, request)
      return toWorker((await broker.heartbeat(id)).worker)
    },
    'PATCH /api/workers/:worker_id/status': async (request) => {
      const { status } = readInput(statusBody, request.body)
      const { id } = await workerOf(broker, request)
      return toWorker(await broker.setWorkerStatus(id, status))
    },
  }
}
