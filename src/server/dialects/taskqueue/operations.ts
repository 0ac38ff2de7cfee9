/** The documented operations (spec: Task Queue System API), in its order. */
const DOCUMENTED = [
  'POST /api/tasks/',
  'GET /api/tasks/',
  'GET /api/tasks/:task_id',
  'PUT /api/tasks/:task_id',
  'DELETE /api/tasks/:task_id',
  'PATCH /api/tasks/:task_id/pause',
  'PATCH /api/tasks/:task_id/resume',
  'POST /api/workers/',
  'GET /api/workers/:worker_id',
  'PATCH /api/workers/:worker_id/heartbeat',
  'PATCH /api/workers/:worker_id/status',
] as const

/** How workers that registered get and do their work (docs/workers.md). */
const WORK = [
  'GET /api/workers/',
  'DELETE /api/workers/:worker_id',
  'POST /api/workers/:worker_id/lease',
  'POST /api/workers/:worker_id/renew',
  'POST /api/workers/:worker_id/tasks/:task_id/start',
  'POST /api/workers/:worker_id/tasks/:task_id/progress',
  'POST /api/workers/:worker_id/tasks/:task_id/log',
  'POST /api/workers/:worker_id/tasks/:task_id/checkpoint',
  'POST /api/workers/:worker_id/tasks/:task_id/complete',
  'POST /api/workers/:worker_id/tasks/:task_id/fail',
  'POST /api/workers/:worker_id/tasks/:task_id/release',
] as const

export const TASKQUEUE_OPERATIONS = [...DOCUMENTED, ...WORK] as const

export type TaskqueueOperation = (typeof TASKQUEUE_OPERATIONS)[number]
export type WorkOperation = (typeof WORK)[number]
