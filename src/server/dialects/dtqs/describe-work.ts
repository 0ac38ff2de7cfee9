import type * as z from 'zod'
import type { OperationDescription } from '../../http/docs/description.ts'
import {
  checkpointBody,
  completeBody,
  failBody,
  holderBody,
  leaseBody,
  logBody,
  progressBody,
} from '../work-fields.ts'
import { leaseAnswer, renewAnswer, workedAnswer } from './answers.ts'
import type { WorkOperation } from './operations.ts'
import { renewBody } from './work-wire.ts'

const group = 'Working'
const worker = { worker_id: { description: 'Id of a worker.', example: 'worker-uuid' } }
const task = { ...worker, task_id: { description: 'Id of a task it holds.', example: 'task-uuid' } }
const gone = [404, 'WORKER_NOT_FOUND', 'It was removed: register again.'] as const
const invalid = [400, 'INVALID_REQUEST', 'A field that is not understood.'] as const
const lost = [409, 'LEASE_LOST', 'The task is its no longer; what it says of it counts no more.'] as const
const TOKEN = 'lease-token'

const told = (summary: string, schema: z.ZodType, fields: object = {}): OperationDescription => ({
  summary,
  group,
  path: task,
  body: { schema, example: { lease_token: TOKEN, ...fields } },
  answers: { 200: { description: 'How the task stands.', schema: workedAnswer } },
  errors: [invalid, gone, lost],
})

export const workDescriptions: Readonly<Record<WorkOperation, OperationDescription>> = {
  'DELETE /api/v1/workers/:worker_id': {
    summary: 'Say good-bye',
    group,
    description: 'What the worker still holds is given back.',
    path: worker,
    answers: { 204: { description: 'It is gone.' } },
    errors: [gone],
  },
  'POST /api/v1/workers/:worker_id/lease': {
    summary: 'Ask for tasks',
    group,
    description:
      'With `wait_seconds` the answer comes as soon as there is a task. An empty list when there is none.',
    path: worker,
    body: { schema: leaseBody, example: { limit: 4, lease_seconds: 60, wait_seconds: 20 }, isOptional: true },
    answers: { 200: { description: 'The most urgent first.', schema: leaseAnswer } },
    errors: [invalid, gone],
  },
  'POST /api/v1/workers/:worker_id/renew': {
    summary: 'Keep what a worker holds',
    group,
    path: worker,
    body: {
      schema: renewBody,
      example: { leases: [{ task_id: 'task-uuid', lease_token: TOKEN }], lease_seconds: 60 },
    },
    answers: { 200: { description: 'Kept, lost, and to be given up.', schema: renewAnswer } },
    errors: [invalid, gone],
  },
  'POST /api/v1/workers/:worker_id/tasks/:task_id/start': told('Say that an attempt begins', holderBody),
  'POST /api/v1/workers/:worker_id/tasks/:task_id/progress': told('Tell how far a task is', progressBody, {
    fraction: 0.5,
    stage: 'half',
  }),
  'POST /api/v1/workers/:worker_id/tasks/:task_id/log': told('Write log lines of a task', logBody, {
    lines: [{ message: 'on its way' }],
  }),
  'POST /api/v1/workers/:worker_id/tasks/:task_id/checkpoint': told(
    'Save what the next attempt must know',
    checkpointBody,
    { data: { page: 3 } },
  ),
  'POST /api/v1/workers/:worker_id/tasks/:task_id/complete': told('End a task well', completeBody, {
    result: { sent: true },
  }),
  'POST /api/v1/workers/:worker_id/tasks/:task_id/fail': told('End an attempt badly', failBody, {
    error: { type: 'TimeoutError', message: 'no answer' },
  }),
  'POST /api/v1/workers/:worker_id/tasks/:task_id/release': told('Give a task back', holderBody),
}
