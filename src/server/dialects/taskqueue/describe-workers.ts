import type { OperationDescription } from '../../http/docs/description.ts'
import { leaseAnswer, renewAnswer, spokenAnswer, workerAnswer, workerListAnswer } from './answers.ts'
import type { TaskqueueOperation } from './operations.ts'
import {
  checkpointBody,
  completeBody,
  failBody,
  holderBody,
  leaseBody,
  logBody,
  progressBody,
} from '../work-fields.ts'
import { registerBody, renewBody, statusBody } from './worker-wire.ts'

const worker = { worker_id: { description: 'Id of a worker, an integer.', example: '1' } }
const held = { ...worker, task_id: { description: 'Id of a task that it leased.', example: '17' } }
const invalid = [400, 'INVALID_REQUEST', 'A field that is not understood.'] as const
const notFound = [404, 'WORKER_NOT_FOUND', '`Worker not found`.'] as const
const lost = [409, 'LEASE_LOST', 'The lease is over, or was taken away.'] as const

const WORKER = {
  id: 1,
  name: 'worker-1',
  status: 'active',
  last_heartbeat: '2023-09-28T15:30:00',
  created_at: '2023-09-28T15:30:00',
  updated_at: '2023-09-28T15:30:00',
}
const answer = (description: string, status = 'active') => ({
  description,
  schema: workerAnswer,
  example: { ...WORKER, status },
})

/** What a worker says of a task that it holds. */
const spoken = (
  summary: string,
  body: NonNullable<OperationDescription['body']>,
  status = 'running',
): OperationDescription => ({
  summary,
  group: 'Work',
  path: held,
  body,
  answers: {
    200: { description: 'How the task stands.', schema: spokenAnswer, example: { id: 17, status } },
  },
  errors: [invalid, [404, 'WORKER_NOT_FOUND', 'There is no such worker, or no such task.'], lost],
})

const lease_token = '0c1ad2f3'

type Described = Extract<TaskqueueOperation, `${string} /api/workers${string}`>

export const workerDescriptions: Readonly<Record<Described, OperationDescription>> = {
  'POST /api/workers/': {
    summary: 'Create a worker',
    group: 'Workers',
    description:
      'Each registration is a worker of its own. Without `task_names` it takes every task, without `queues` from every queue.',
    body: { schema: registerBody, example: { name: 'worker-1' } },
    answers: { 201: answer('The worker.') },
    errors: [invalid],
  },
  'GET /api/workers/': {
    summary: 'Get all workers',
    group: 'Workers',
    answers: { 200: { description: 'The workers, the bundled pool among them.', schema: workerListAnswer } },
  },
  'GET /api/workers/:worker_id': {
    summary: 'Get a worker by its number',
    group: 'Workers',
    path: worker,
    answers: { 200: answer('The worker.') },
    errors: [notFound],
  },
  'PATCH /api/workers/:worker_id/heartbeat': {
    summary: 'Update worker heartbeat',
    group: 'Workers',
    description: 'Owed every 30 s. A lease and a renewal count as well.',
    path: worker,
    answers: { 200: answer('The worker.') },
    errors: [notFound],
  },
  'PATCH /api/workers/:worker_id/status': {
    summary: 'Set worker status',
    group: 'Workers',
    description: '`inactive` gets no tasks; every other word does.',
    path: worker,
    body: { schema: statusBody, example: { status: 'inactive' } },
    answers: { 200: answer('The worker.', 'inactive') },
    errors: [invalid, notFound],
  },
  'DELETE /api/workers/:worker_id': {
    summary: 'Remove a worker',
    group: 'Workers',
    description: 'What it holds is given back at once.',
    path: worker,
    answers: { 204: { description: 'It is gone.' } },
    errors: [notFound],
  },
  'POST /api/workers/:worker_id/lease': {
    summary: 'Lease tasks',
    group: 'Work',
    description: 'The most urgent first. With `wait_seconds` the answer comes as soon as there is a task.',
    path: worker,
    body: { schema: leaseBody, example: { limit: 1, lease_seconds: 60, wait_seconds: 0 }, isOptional: true },
    answers: { 200: { description: 'The tasks; none when there is nothing.', schema: leaseAnswer } },
    errors: [invalid, notFound],
  },
  'POST /api/workers/:worker_id/renew': {
    summary: 'Renew leases',
    group: 'Work',
    path: worker,
    body: { schema: renewBody, example: { leases: [{ id: 17, lease_token }], lease_seconds: 60 } },
    answers: {
      200: {
        description: 'What is kept, what is lost, and what is to be ended.',
        schema: renewAnswer,
        example: { renewed: [{ id: 17, lease_until: '2023-10-01T10:01:00' }], lost: [], abort: [] },
      },
    },
    errors: [invalid, notFound],
  },
  'POST /api/workers/:worker_id/tasks/:task_id/start': spoken('Begin a task', {
    schema: holderBody,
    example: { lease_token },
  }),
  'POST /api/workers/:worker_id/tasks/:task_id/progress': spoken('Tell progress', {
    schema: progressBody,
    example: { lease_token, fraction: 0.5, stage: 'half', message: 'Halfway' },
  }),
  'POST /api/workers/:worker_id/tasks/:task_id/log': spoken('Write log lines', {
    schema: logBody,
    example: { lease_token, lines: [{ level: 'info', message: 'hello' }] },
  }),
  'POST /api/workers/:worker_id/tasks/:task_id/checkpoint': spoken('Save a checkpoint', {
    schema: checkpointBody,
    example: { lease_token, data: { page: 7 } },
  }),
  'POST /api/workers/:worker_id/tasks/:task_id/complete': spoken(
    'Complete a task',
    { schema: completeBody, example: { lease_token, result: { answer: 42 } } },
    'completed',
  ),
  'POST /api/workers/:worker_id/tasks/:task_id/fail': spoken(
    'Fail an attempt',
    { schema: failBody, example: { lease_token, error: 'Connection refused', retry: true } },
    'pending',
  ),
  'POST /api/workers/:worker_id/tasks/:task_id/release': spoken(
    'Give a task back',
    { schema: holderBody, example: { lease_token } },
    'pending',
  ),
}
