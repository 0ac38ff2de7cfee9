import type { FastifyInstance } from 'fastify'
import {
  type Dialect,
  type DialectDependencies,
  type OperationHandler,
  type OperationHandlers,
  serveOperations,
} from '../dialect.ts'
import { joinTaskRoutes, SHARED_TASK_OPERATIONS, type SharedTaskOperation } from '../shared-task-routes.ts'
import { dtqsDescription } from './describe.ts'
import { createDtqsErrorShape } from './errors.ts'
import { DTQS_OPERATIONS, type DtqsOperation, WORK_OPERATIONS } from './operations.ts'
import { createRateGuard, guarded } from './rate-limit.ts'
import { alertHandlers, figureHandlers } from './monitoring-handlers.ts'
import { resilienceHandlers } from './resilience-handlers.ts'
import { searchHandlers } from './search-handlers.ts'
import { taskHandlers, taskRoutes } from './task-handlers.ts'
import { workHandlers } from './work-handlers.ts'
import { workerHandlers } from './worker-handlers.ts'
import { workflowHandlers } from './workflow-handlers.ts'

export const dtqs: Dialect = {
  name: 'dtqs',
  operations: [...DTQS_OPERATIONS, ...WORK_OPERATIONS],
  sharedOperations: SHARED_TASK_OPERATIONS,
  description: dtqsDescription,
  serve: serveDtqs,
}

/** Serves the dialect `dtqs` (docs/dialects.md) on `app`. */
function serveDtqs(app: FastifyInstance, dependencies: DialectDependencies): void {
  const { broker, clock, requestsPerMinute } = dependencies
  const guard = createRateGuard(requestsPerMinute, clock)
  const handlers: OperationHandlers<Exclude<DtqsOperation, SharedTaskOperation>> = {
    ...taskHandlers(dependencies),
    ...workerHandlers(dependencies),
    ...workflowHandlers(dependencies),
    ...searchHandlers(dependencies),
    ...figureHandlers(dependencies),
    ...alertHandlers(dependencies),
    ...resilienceHandlers(dependencies),
  }
  const all = Object.entries<OperationHandler>(handlers).map(([operation, handler]) => [
    operation,
    guarded(guard, handler),
  ])
  serveOperations<string>(app, createDtqsErrorShape(clock, dtqs.operations), {
    ...Object.fromEntries(all),
    // A worker that were refused could not say that it is done.
    ...workHandlers(dependencies),
  })
  joinTaskRoutes(app, broker, taskRoutes(dependencies, guard))
}
