import type { OperationDescription } from '../../http/docs/description.ts'
import {
  cancelAnswer,
  comparisonAnswer,
  replayAnswer,
  submitAnswer,
  taskAnswer,
  taskListAnswer,
  timelineAnswer,
} from './answers.ts'
import type { DtqsOperation } from './operations.ts'
import { submitQuery, taskFields } from './submit-wire.ts'
import { taskListQuery } from './task-query-wire.ts'

const ID = '550e8400-e29b-41d4-a716-446655440000'
const taskId = { task_id: { description: 'Id of a task.', example: ID } }
const notFound = [404, 'TASK_NOT_FOUND', 'There is no such task.'] as const
const invalid = [400, 'INVALID_REQUEST', 'A parameter or a field that is not understood.'] as const

type Described = Extract<DtqsOperation, `${string} /api/v1/tasks${string}`>

export const taskDescriptions: Readonly<Record<Described, OperationDescription>> = {
  'POST /api/v1/tasks': {
    summary: 'Submit a task',
    group: 'Tasks',
    description: '201 means that it is on disk. Fields that are null are as left out.',
    query: submitQuery,
    body: {
      schema: taskFields,
      example: {
        task_name: 'process_payment',
        task_args: [1234],
        task_kwargs: { currency: 'USD', amount: 99.99 },
        priority: 8,
        queue_name: 'payments',
        max_retries: 3,
        timeout_seconds: 300,
        scheduled_at: '2026-01-25T14:30:00Z',
      },
    },
    answers: {
      201: {
        description: 'The task; with `async=false` the whole of it, as one task is read.',
        schema: submitAnswer,
        example: {
          task_id: ID,
          task_name: 'process_payment',
          status: 'PENDING',
          priority: 8,
          queue_name: 'payments',
          created_at: '2026-01-25T14:00:00Z',
        },
      },
    },
    errors: [invalid],
  },
  'GET /api/v1/tasks/:task_id': {
    summary: 'Read a task',
    group: 'Tasks',
    path: taskId,
    answers: { 200: { description: 'The task.', schema: taskAnswer } },
    errors: [notFound],
  },
  'GET /api/v1/tasks': {
    summary: 'List tasks',
    group: 'Tasks',
    description: 'Newest first, unless it is sorted otherwise. What has no value to sort by comes last.',
    query: taskListQuery,
    queryExample: { status: 'FAILED', priority: '8', limit: '10' },
    answers: { 200: { description: 'A page of tasks, and how many match.', schema: taskListAnswer } },
    errors: [invalid],
  },
  'POST /api/v1/tasks/:task_id/cancel': {
    summary: 'Cancel a pending or running task',
    group: 'Tasks',
    description: 'A running one is told, and stopped when it does not end within half a second.',
    path: taskId,
    answers: {
      200: {
        description: 'It is cancelled.',
        schema: cancelAnswer,
        example: { task_id: ID, status: 'CANCELLED', message: 'Task cancelled successfully' },
      },
    },
    errors: [notFound, [409, 'INVALID_STATE', 'It has ended already.']],
  },
  'POST /api/v1/tasks/:task_id/replay': {
    summary: 'Run a task again',
    group: 'Debugging',
    description: 'As a new task, linked to this one.',
    path: taskId,
    answers: {
      201: {
        description: 'The new task.',
        schema: replayAnswer,
        example: { task_id: 'new-task-uuid', status: 'PENDING', original_task_id: 'original-uuid' },
      },
    },
    errors: [notFound, [409, 'INVALID_STATE', 'It has not ended yet.']],
  },
  'GET /api/v1/tasks/:task_id/timeline': {
    summary: 'What ran of a task, and when',
    group: 'Debugging',
    path: taskId,
    answers: { 200: { description: 'Its attempts, in order of time.', schema: timelineAnswer } },
    errors: [notFound],
  },
  'GET /api/v1/tasks/:task_id1/compare/:task_id2': {
    summary: 'Compare two tasks',
    group: 'Debugging',
    path: {
      task_id1: { description: 'Id of a task.', example: ID },
      task_id2: { description: 'Id of another.', example: '550e8400-e29b-41d4-a716-446655440001' },
    },
    answers: { 200: { description: 'Where they are alike.', schema: comparisonAnswer } },
    errors: [notFound],
  },
}
