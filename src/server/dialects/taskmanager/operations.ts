import { SHARED_TASK_OPERATIONS } from '../shared-task-routes.ts'

/** The documented operations (spec: API Reference of the task manager), in its order. */
export const TASKMANAGER_OPERATIONS = [
  ...SHARED_TASK_OPERATIONS,
  'DELETE /api/v1/tasks/:task_id',
  'GET /health',
  'GET /dashboard',
  'GET /dashboard/metrics',
] as const

export type TaskmanagerOperation = (typeof TASKMANAGER_OPERATIONS)[number]
