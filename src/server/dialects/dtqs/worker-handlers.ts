import { tellOrigin } from '../answer-origin.ts'
import { type DialectDependencies, type OperationHandlers, pathParameter } from '../dialect.ts'
import { readInput } from '../read-input.ts'
import type { DtqsOperation } from './operations.ts'
import { pageOf, pageQuery } from './query-fields.ts'
import { capacityBody, registerQuery, toRegistered, toWorkerAnswer } from './worker-wire.ts'

export type WorkerOperation = Extract<DtqsOperation, `${string} /api/v1/workers${string}`>

export function workerHandlers({ broker }: DialectDependencies): OperationHandlers<WorkerOperation> {
  return {
    'POST /api/v1/workers': async (request, reply) => {
      const { hostname, capacity, task_names, queue_names } = readInput(registerQuery, request.query)
      const worker = await broker.registerWorker({
        hostname,
        concurrency: capacity,
        names: task_names,
        queues: queue_names,
      })
      void reply.code(201)
      return toRegistered(worker)
    },
    'GET /api/v1/workers': async (request, reply) => {
      const page = readInput(pageQuery, request.query)
      const workers = tellOrigin(broker, reply, await broker.listWorkers())
      return pageOf('workers', workers.map(toWorkerAnswer), page)
    },
    'GET /api/v1/workers/:worker_id/status': async (request) =>
      toWorkerAnswer(await broker.getWorker(pathParameter(request, 'worker_id'))),
    'PATCH /api/v1/workers/:worker_id/pause': async (request) => {
      const { id } = await broker.setWorkerPaused(pathParameter(request, 'worker_id'), true)
      return { worker_id: id, status: 'paused' }
    },
    'PATCH /api/v1/workers/:worker_id/resume': async (request) => {
      const { id } = await broker.setWorkerPaused(pathParameter(request, 'worker_id'), false)
      return { worker_id: id, status: 'resumed' }
    },
    'POST /api/v1/workers/:worker_id/drain': async (request) => {
      const { id } = await broker.drainWorker(pathParameter(request, 'worker_id'))
      return { worker_id: id, status: 'draining' }
    },
    'PATCH /api/v1/workers/:worker_id/capacity': async (request) => {
      const { capacity } = readInput(capacityBody, request.body)
      const worker = await broker.resizeWorker(pathParameter(request, 'worker_id'), capacity)
      return { worker_id: worker.id, capacity: worker.concurrency }
    },
    'POST /api/v1/workers/:worker_id/heartbeat': async (request) => {
      const { worker, abort } = await broker.heartbeat(pathParameter(request, 'worker_id'))
      return { ...toWorkerAnswer(worker), abort_task_ids: abort }
    },
  }
}
