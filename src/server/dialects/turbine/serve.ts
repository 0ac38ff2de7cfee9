import type { FastifyInstance } from 'fastify'
import type { Broker } from '../../../shared/domain/broker.ts'
import { BrokerError } from '../../../shared/domain/errors.ts'
import type { Worker } from '../../../shared/domain/worker.ts'
import {
  type Dialect,
  type DialectDependencies,
  type OperationHandler,
  type OperationHandlers,
  pathParameter,
  serveOperations,
} from '../dialect.ts'
import { readInput } from '../read-input.ts'
import { turbineDescription } from './describe.ts'
import { turbineErrorShape } from './errors.ts'
import { METRICS_CONTENT_TYPE } from '../prometheus.ts'
import { listDeadLetters } from './list-dead-letters.ts'
import { toMetrics } from './metrics.ts'
import { reprocess } from './reprocess.ts'
import { cancelTask } from '../cancel-task.ts'
import { fromTurbineState, toTurbineState } from './states.ts'
import { streamEvents } from './stream-events.ts'
import {
  toHealth,
  toOverview,
  toQueueDetail,
  toQueueItem,
  toQueueStats,
  toWorkerDetail,
  toWorkerItem,
  toWorkerStatus,
} from './system-wire.ts'
import {
  queueStatsQuery,
  reprocessBody,
  revokeBody,
  successEnvelope,
  taskListQuery,
  toTaskDetail,
  toTaskItem,
  TURBINE_OPERATIONS,
  type SystemOperation,
  type TaskOperation,
  wantsEnvelope,
  workerListQuery,
} from './wire.ts'

export const turbine: Dialect = {
  name: 'turbine',
  operations: TURBINE_OPERATIONS,
  description: turbineDescription,
  serve: serveTurbine,
}

/** Serves the dialect `turbine` (docs/dialects.md) on `app`. */
function serveTurbine(app: FastifyInstance, dependencies: DialectDependencies): void {
  const handlers = { ...systemHandlers(dependencies), ...taskHandlers(dependencies) }
  const enveloped = Object.fromEntries(
    Object.entries<OperationHandler>(handlers).map(([operation, handler]) => [
      operation,
      inEnvelope(handler),
    ]),
  )
  serveOperations<string>(app, turbineErrorShape, enveloped)
}

function systemHandlers({ broker, clock, version }: DialectDependencies): OperationHandlers<SystemOperation> {
  return {
    'GET /api/health': async () => {
      const health = await broker.health()
      if (health.status === 'unhealthy')
        throw unhealthy(health.components.find(({ isHealthy }) => !isHealthy)?.name)
      return toHealth(health, clock.now(), version)
    },
    'GET /api/overview': async () => toOverview(await broker.overview()),
    'GET /api/workers': async (request) => {
      const { status } = readInput(workerListQuery, request.query)
      const workers = await broker.listWorkers()
      const listed = workers.filter((worker) => status === undefined || toWorkerStatus(worker) === status)
      const queueNames = await queueNamesFor(broker, listed)
      return { workers: listed.map((worker) => toWorkerItem(worker, queueNames)) }
    },
    'GET /api/workers/:id': async (request) => {
      const worker = await broker.getWorker(pathParameter(request, 'id'))
      return toWorkerDetail(worker, await queueNamesFor(broker, [worker]))
    },
    'GET /api/queues': async () => ({ queues: (await broker.listQueues()).map(toQueueItem) }),
    'GET /api/queues/:name': async (request) =>
      toQueueDetail(await broker.getQueue(pathParameter(request, 'name'))),
    'GET /api/queues/:name/stats': async (request) => {
      const { period } = readInput(queueStatsQuery, request.query)
      const queue = pathParameter(request, 'name')
      return toQueueStats(queue, period, await broker.stats({ queue, period }))
    },
    'POST /api/queues/:name/purge': async (request) => {
      const queue = pathParameter(request, 'name')
      return { queue, purged: await broker.purgeQueue(queue) }
    },
    'GET /api/metrics': async (_request, reply) => {
      const [totals, overview, queues] = await Promise.all([
        broker.taskTotals(),
        broker.overview(),
        broker.listQueues(),
      ])
      void reply.type(METRICS_CONTENT_TYPE)
      return toMetrics({ totals, overview, queues })
    },
    'GET /api/events': (request, reply) => streamEvents(broker, request, reply),
  }
}

function taskHandlers({ broker }: DialectDependencies): OperationHandlers<TaskOperation> {
  return {
    'GET /api/tasks': async (request) => {
      const { limit, offset, state, queue, since } = readInput(taskListQuery, request.query)
      const filter = { states: state && fromTurbineState(state), queue, createdAfter: since }
      const [page, total] = await Promise.all([
        limit === 0 ? { tasks: [] } : broker.listTasks({ ...filter, limit, offset, order: 'newest' }),
        broker.countTasks(filter),
      ])
      return { tasks: page.tasks.map(toTaskItem), total, limit, offset }
    },
    'GET /api/tasks/:id': async (request) => toTaskDetail(await broker.getTask(pathParameter(request, 'id'))),
    'POST /api/tasks/:id/revoke': async (request) => {
      const { terminate } = readInput(revokeBody, request.body)
      const task = await cancelTask(broker, pathParameter(request, 'id'), terminate)
      return { task_id: task.id, revoked: true, state: toTurbineState(task.state) }
    },
    'GET /api/dlq/:queue': (request, reply) => listDeadLetters(broker, request, reply),
    'POST /api/dlq/:queue/reprocess': async (request) => {
      const { task_ids: ids, all } = readInput(reprocessBody, request.body ?? {})
      const queue = pathParameter(request, 'queue')
      const receipts = await reprocess(broker, queue, all ? 'all' : ids!)
      return { queue, reprocessed: receipts.length, new_task_ids: receipts.map(({ id }) => id) }
    },
    'POST /api/dlq/:queue/purge': async (request) => {
      const queue = pathParameter(request, 'queue')
      await broker.getQueue(queue)
      return { queue, purged: await broker.purgeDeadLetters(queue, 'all') }
    },
  }
}

function inEnvelope(handler: OperationHandler): OperationHandler {
  return async (request, reply) => {
    const answer = await handler(request, reply)
    const isBody = typeof answer === 'object' && answer !== reply
    return isBody && wantsEnvelope(request.url) ? successEnvelope(answer) : answer
  }
}

/** Names of all queues, when one of `workers` takes from every queue. */
async function queueNamesFor(broker: Broker, workers: readonly Worker[]): Promise<readonly string[]> {
  if (!workers.some(({ queues }) => queues === null)) return []
  return (await broker.listQueues()).map(({ name }) => name)
}

function unhealthy(component = 'store'): BrokerError {
  return new BrokerError(
    'SERVICE_UNAVAILABLE',
    `The ${component} does not work at the moment; try again later.`,
    {
      component,
    },
  )
}
