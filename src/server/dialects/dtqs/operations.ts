/**
 * The documented operations (spec: API Reference, Distributed Task Queue System), in its order, then
 * what it names without describing, and what its lists cannot be used without.
 */
export const DTQS_OPERATIONS = [
  'POST /api/v1/tasks',
  'GET /api/v1/tasks/:task_id',
  'GET /api/v1/tasks',
  'POST /api/v1/tasks/:task_id/cancel',
  'POST /api/v1/workers',
  'GET /api/v1/workers/:worker_id/status',
  'PATCH /api/v1/workers/:worker_id/pause',
  'PATCH /api/v1/workers/:worker_id/resume',
  'POST /api/v1/workers/:worker_id/drain',
  'PATCH /api/v1/workers/:worker_id/capacity',
  'POST /api/v1/tasks/:task_id/replay',
  'GET /api/v1/tasks/:task_id/timeline',
  'GET /api/v1/tasks/:task_id1/compare/:task_id2',

  'GET /api/v1/workers',
  'POST /api/v1/workers/:worker_id/heartbeat',
] as const

export type DtqsOperation = (typeof DTQS_OPERATIONS)[number]
