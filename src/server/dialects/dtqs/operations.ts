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
  'GET /api/v1/search/tasks',
  'GET /api/v1/search/presets',
  'GET /api/v1/search/presets/:name',
  'GET /api/v1/search/tasks/export/csv',
  'GET /api/v1/dashboard/stats',
  'GET /api/v1/dashboard/workers',
  'GET /api/v1/analytics/trends',
  'GET /api/v1/alerts',
  'POST /api/v1/resilience/degradation/mark',
  'GET /api/v1/resilience/summary',
  'GET /api/v1/health',
  'POST /api/v1/tasks/:task_id/replay',
  'GET /api/v1/tasks/:task_id/timeline',
  'GET /api/v1/tasks/:task_id1/compare/:task_id2',

  'GET /api/v1/workers',
  'POST /api/v1/workers/:worker_id/heartbeat',
  'POST /api/v1/workflows',
  'POST /api/v1/workflows/batch',
  'POST /api/v1/workflows/chain',
  'GET /api/v1/workflows',
  'GET /api/v1/workflows/:workflow_id',
  'POST /api/v1/workflows/:workflow_id/cancel',
  'POST /api/v1/search/tasks/bulk-action',
  'GET /api/v1/search/tasks/bulk-action/:operation_id',
  'GET /api/v1/alerts/history',
  'POST /api/v1/alerts/:alert_id/acknowledge',
  'GET /api/v1/alerts/rules',
  'PATCH /api/v1/alerts/rules/:type',
  'GET /api/v1/resilience/degradation/status',
  'POST /api/v1/resilience/degradation/clear',
] as const

/** How workers that registered get and do their work. */
export const WORK_OPERATIONS = [
  'DELETE /api/v1/workers/:worker_id',
  'POST /api/v1/workers/:worker_id/lease',
  'POST /api/v1/workers/:worker_id/renew',
  'POST /api/v1/workers/:worker_id/tasks/:task_id/start',
  'POST /api/v1/workers/:worker_id/tasks/:task_id/progress',
  'POST /api/v1/workers/:worker_id/tasks/:task_id/log',
  'POST /api/v1/workers/:worker_id/tasks/:task_id/checkpoint',
  'POST /api/v1/workers/:worker_id/tasks/:task_id/complete',
  'POST /api/v1/workers/:worker_id/tasks/:task_id/fail',
  'POST /api/v1/workers/:worker_id/tasks/:task_id/release',
] as const

export type WorkOperation = (typeof WORK_OPERATIONS)[number]

export type DtqsOperation = (typeof DTQS_OPERATIONS)[number]
