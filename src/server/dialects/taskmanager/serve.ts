import type { FastifyInstance } from 'fastify'
import type { Broker } from '../../../shared/domain/broker.ts'
import { reasonOf } from '../../../shared/domain/capabilities.ts'
import { BrokerError } from '../../../shared/domain/errors.ts'
import { isFinal } from '../../../shared/domain/state.ts'
import type { Task } from '../../../shared/domain/task.ts'
import {
  type Dialect,
  type DialectDependencies,
  type OperationHandlers,
  pathParameter,
  serveOperations,
} from '../dialect.ts'
import { createKnownHandlers } from '../known-handlers.ts'
import { METRICS_CONTENT_TYPE } from '../prometheus.ts'
import { readInput } from '../read-input.ts'
import {
  joinTaskRoutes,
  SHARED_TASK_OPERATIONS,
  type SharedTaskOperation,
  type TaskRoutes,
} from '../shared-task-routes.ts'
import { waitForTask } from '../wait-for-task.ts'
import { DASHBOARD_POLICY, dashboardPage } from './dashboard.ts'
import { taskmanagerDescription } from './describe.ts'
import { taskmanagerErrorShape } from './errors.ts'
import { toMetrics } from './metrics.ts'
import { TASKMANAGER_OPERATIONS, type TaskmanagerOperation } from './operations.ts'
import { OWN_FIELDS, submitBody, toCleanup, toHealth, toReceipt, toSubmitTask, toTask } from './wire.ts'

/** How long a `sync` request waits, as in the original. */
const SYNC_LIMIT_MS = 300_000
const MAX_SUBTASKS = 1000

/** @param options `syncLimitMs`: how long a `sync` request waits for the end of its task. */
export function createTaskmanager({ syncLimitMs }: { readonly syncLimitMs: number }): Dialect {
  return {
    name: 'taskmanager',
    operations: TASKMANAGER_OPERATIONS,
    sharedOperations: SHARED_TASK_OPERATIONS,
    description: taskmanagerDescription,
    serve: (app, dependencies) => serveTaskmanager(app, dependencies, syncLimitMs),
  }
}

export const taskmanager: Dialect = createTaskmanager({ syncLimitMs: SYNC_LIMIT_MS })

/** Serves the dialect `taskmanager` (docs/dialects.md) on `app`. */
function serveTaskmanager(
  app: FastifyInstance,
  dependencies: DialectDependencies,
  syncLimitMs: number,
): void {
  const { broker } = dependencies
  serveOperations<Exclude<TaskmanagerOperation, SharedTaskOperation>>(
    app,
    taskmanagerErrorShape,
    ownHandlers(dependencies),
  )
  joinTaskRoutes(app, broker, taskRoutes(broker, syncLimitMs))
}

function taskRoutes(broker: Broker, syncLimitMs: number): TaskRoutes {
  const handlers = createKnownHandlers(broker)
  const mayExpire = broker.coverage.submitFields.includes('queueTimeoutMs')
  return {
    ownFields: OWN_FIELDS,
    async submit(request, reply) {
      const body = readInput(submitBody, request.body)
      await handlers.find(body.task_name)
      const [receipt] = await broker.submit([toSubmitTask(body, mayExpire)])
      void reply.code(202)
      if (body.sync !== true) return { receipt: receipt! }
      const task = await waitForTask(broker, receipt!.id, { reply, limitMs: syncLimitMs })
      if (!isFinal(task.state)) return { receipt: { ...task, isRepeat: false } }
      void reply.code(200)
      return { task }
    },
    toReceipt,
    toTask: async (task) => toTask(task, await subtasksOf(broker, task)),
  }
}

async function subtasksOf(broker: Broker, { id }: Task): Promise<readonly string[]> {
  if (reasonOf(broker.capabilities.subtasks) !== null) return []
  const { tasks } = await broker.subtasks(id, { limit: MAX_SUBTASKS })
  return tasks.map((subtask) => subtask.id)
}

function ownHandlers({
  broker,
  clock,
  version,
}: DialectDependencies): OperationHandlers<Exclude<TaskmanagerOperation, SharedTaskOperation>> {
  return {
    'DELETE /api/v1/tasks/:task_id': async (request) => {
      const { id, state } = await broker.getTask(pathParameter(request, 'task_id'))
      if (!isFinal(state)) throw notOver(id, state)
      await broker.deleteTask(id)
      return toCleanup(id)
    },
    'GET /health': async (_request, reply) => {
      const health = await broker.health()
      if (health.status === 'unhealthy') void reply.code(503)
      return toHealth(health, version)
    },
    'GET /dashboard': async (_request, reply) => {
      const [health, overview, workers, queues] = await Promise.all([
        broker.health(),
        broker.overview(),
        broker.listWorkers(),
        broker.listQueues(),
      ])
      void reply
        .type('text/html; charset=utf-8')
        .headers({ 'content-security-policy': DASHBOARD_POLICY, 'cache-control': 'no-store' })
      return dashboardPage({ now: clock.now(), version, health, overview, workers, queues })
    },
    'GET /dashboard/metrics': async (_request, reply) => {
      const [totals, queues, workers] = await Promise.all([
        broker.taskTotals(),
        broker.listQueues(),
        broker.listWorkers(),
      ])
      void reply.type(METRICS_CONTENT_TYPE)
      return toMetrics({ totals, queues, workers })
    },
  }
}

const notOver = (taskId: string, state: string) =>
  new BrokerError(
    'INVALID_STATE',
    `Task '${taskId}' is ${state} and can be cleaned up when it is over; cancel it first, or wait.`,
    { taskId, state, wanted: 'deleted' },
  )
