import { type ErrorShape, PLAIN_ERRORS } from '../../http/error-shapes.ts'
import { TASKQUEUE_OPERATIONS } from './operations.ts'

/** What the document writes, word for word. */
const DOCUMENTED: Readonly<Record<string, string>> = {
  TASK_NOT_FOUND: 'Task not found',
  WORKER_NOT_FOUND: 'Worker not found',
}

export const taskqueueErrorShape: ErrorShape = {
  prefixes: ['/api/tasks', '/api/workers'],
  operations: TASKQUEUE_OPERATIONS,
  errors: PLAIN_ERRORS,
  toBody: ({ code, message }) => ({ detail: DOCUMENTED[code] ?? message }),
}
