import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Broker } from '../../../shared/domain/broker.ts'
import { BrokerError, taskNotFound } from '../../../shared/domain/errors.ts'
import { NO_ARGS, NO_KWARGS } from '../../../shared/domain/json.ts'
import type { SubmitTask, Task } from '../../../shared/domain/task.ts'
import {
  type Dialect,
  type DialectDependencies,
  type OperationHandlers,
  pathParameter,
  serveOperations,
} from '../dialect.ts'
import { readInput } from '../read-input.ts'
import { asynqDescription } from './describe.ts'
import { asynqErrorShape, failingAs } from './errors.ts'
import { createKnownHandlers } from '../known-handlers.ts'
import { compareStreamIds, historyQuery, toHistoryItem, toInfo, toLatest } from './progress-wire.ts'
import { latestProgress, readProgressIfAny } from './read-progress.ts'
import { fromAsynqState } from './states.ts'
import { streamManyProgress, streamProgress } from './stream-progress.ts'
import { readSubmit, submitHeaders, toSubmitTask } from './submit-wire.ts'
import {
  ASYNQ_OPERATIONS,
  type AsynqOperation,
  type ProgressOperation,
  queueQuery,
  storeOf,
  type SystemOperation,
  taskListQuery,
  type TaskOperation,
  toHealthAnswer,
  toQueueStats,
  toSubmitAnswer,
  toTaskAnswer,
  toTaskItem,
} from './wire.ts'

export const asynq: Dialect = {
  name: 'asynq',
  operations: ASYNQ_OPERATIONS,
  description: asynqDescription,
  serve: serveAsynq,
}

/** Serves the dialect `asynq` (docs/dialects.md) on `app`. */
function serveAsynq(app: FastifyInstance, dependencies: DialectDependencies): void {
  serveOperations<AsynqOperation>(app, asynqErrorShape, {
    ...taskHandlers(dependencies),
    ...progressHandlers(dependencies),
    ...systemHandlers(dependencies),
  })
}

function taskHandlers({ broker }: DialectDependencies): OperationHandlers<TaskOperation> {
  const handlers = createKnownHandlers(broker)
  const mayLimit = broker.coverage.submitFields.includes('timeoutMs')
  return {
    'POST /api/v1/tasks': async (request, reply) => {
      const idempotencyKey = idempotencyKeyOf(request)
      const submit = readSubmit(request.body)
      const { timeoutMs, checksInput } = await handlers.find(submit.type)
      const task = toSubmitTask(submit, { handlerTimeoutMs: timeoutMs, idempotencyKey, mayLimit })
      if (checksInput) await checkPayload(broker, task)
      const receipts = await broker.submit([task])
      void reply.code(201)
      return toSubmitAnswer(receipts[0]!)
    },
    'GET /api/v1/tasks': async (request) => {
      const { queue, status, page, size } = readInput(taskListQuery, request.query)
      const { tasks } = await broker.listTasks({
        queue,
        states: status && fromAsynqState(status),
        order: 'newest',
        limit: size,
        offset: (page - 1) * size,
      })
      return tasks.map(toTaskItem)
    },
    'GET /api/v1/tasks/:id': async (request) => toTaskAnswer(await taskInQueue(broker, request)),
    'POST /api/v1/tasks/:id/cancel': failingAs('CANCEL_FAILED', async (request) => {
      await broker.cancel(pathParameter(request, 'id'), { terminate: true })
      return { message: 'task cancelled' }
    }),
    'DELETE /api/v1/tasks/:id': failingAs('DELETE_FAILED', async (request) => {
      const { id } = await taskInQueue(broker, request)
      await broker.deleteTask(id)
      return { message: 'task deleted' }
    }),
  }
}

function progressHandlers({ broker }: DialectDependencies): OperationHandlers<ProgressOperation> {
  return {
    'GET /api/v1/tasks/:id/progress': failingAs('PROGRESS_FETCH_ERROR', async (request) =>
      toLatest(await latestProgress(broker, pathParameter(request, 'id'))),
    ),
    'GET /api/v1/tasks/:id/progress/stream': (request, reply) => streamProgress(broker, request, reply),
    'GET /api/v1/progress/stream': (request, reply) => streamManyProgress(broker, request, reply),
    'GET /api/v1/tasks/:id/progress/history': failingAs('PROGRESS_HISTORY_ERROR', async (request) => {
      const { start_id: start = { kind: 'beginning' } } = readInput(historyQuery, request.query)
      const taskId = pathParameter(request, 'id')
      const records = start.kind === 'now' ? [] : await readProgressIfAny(broker, taskId)
      const wanted =
        start.kind === 'id'
          ? records.filter(({ streamId }) => compareStreamIds(streamId, start.id) >= 0)
          : records
      return { task_id: taskId, count: wanted.length, history: wanted.map(toHistoryItem) }
    }),
    'GET /api/v1/tasks/:id/progress/info': failingAs('STREAM_INFO_ERROR', async (request) => {
      const taskId = pathParameter(request, 'id')
      return toInfo(taskId, await readProgressIfAny(broker, taskId))
    }),
  }
}

function systemHandlers({ broker, clock }: DialectDependencies): OperationHandlers<SystemOperation> {
  return {
    'GET /api/v1/queues/stats': failingAs('STATS_FAILED', async (request) => {
      const { queue } = readInput(queueQuery, request.query)
      const queues = queue === undefined ? await broker.listQueues() : [await broker.getQueue(queue)]
      return queues.map(toQueueStats)
    }),
    'GET /health': async (_request, reply) => {
      const health = await broker.health()
      if (health.status === 'unhealthy') void reply.code(503)
      return toHealthAnswer(health, clock.now())
    },
    'GET /ready': async (_request, reply) => {
      if (storeOf(await broker.health())) return { status: 'ready' }
      void reply.code(503)
      return { status: 'not ready', reason: 'store unavailable' }
    },
    'GET /live': () => ({ status: 'alive' }),
  }
}

/** @throws INVALID_PAYLOAD when the type's handler says that it would not take it. */
async function checkPayload(
  broker: Broker,
  { name, args = NO_ARGS, kwargs = NO_KWARGS }: SubmitTask,
): Promise<void> {
  const refusal = await broker.checkInput(name, { args, kwargs })
  if (refusal === null) return
  const message = `The handler of '${name}' does not take this payload (its kwargs): ${refusal}`
  throw new BrokerError('INVALID_PAYLOAD', message, { path: 'payload' })
}

/** @throws TASK_NOT_FOUND, also when the request names a queue and the task is in another. */
async function taskInQueue(broker: Broker, request: FastifyRequest): Promise<Task> {
  const { queue } = readInput(queueQuery, request.query)
  const task = await broker.getTask(pathParameter(request, 'id'))
  if (queue !== undefined && queue !== task.queue) throw taskNotFound(task.id)
  return task
}

/** A repeated submit with the same key answers the first task. An empty one is none. */
function idempotencyKeyOf(request: FastifyRequest): string | undefined {
  const { 'Idempotency-Key': key } = readInput(submitHeaders, {
    'Idempotency-Key': request.headers['idempotency-key'],
  })
  return key === '' ? undefined : key
}
