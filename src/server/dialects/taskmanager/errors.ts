import { type ErrorShape, PLAIN_ERRORS } from '../../http/error-shapes.ts'
import { TASKMANAGER_OPERATIONS } from './operations.ts'

export const taskmanagerErrorShape: ErrorShape = {
  prefixes: ['/api/v1', '/health', '/dashboard'],
  operations: TASKMANAGER_OPERATIONS,
  errors: PLAIN_ERRORS,
  toBody: ({ message }) => ({ detail: message }),
}
