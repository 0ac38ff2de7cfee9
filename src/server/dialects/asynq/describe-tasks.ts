import type { OperationDescription } from '../../http/docs/description.ts'
import { messageAnswer, submitAnswer, taskAnswer, taskListAnswer } from './answers.ts'
import { submitBody, submitHeaders } from './submit-wire.ts'
import { queueQuery, taskListQuery, type TaskOperation } from './wire.ts'

const ID = 'f47ac10b-58cc-4372-a567-0e02b2c3d479'
const taskId = { id: { description: 'Id of a task.', example: ID } }
const notFound = [
  404,
  'TASK_NOT_FOUND',
  'There is no such task, or not in the queue that was named.',
] as const

export const taskDescriptions: Readonly<Record<TaskOperation, OperationDescription>> = {
  'POST /api/v1/tasks': {
    summary: 'Create a task',
    group: 'Tasks',
    description:
      'Enqueues it for processing. 201 means that it is on disk. Optional fields that are null or empty text are as left out.',
    headers: submitHeaders,
    body: {
      schema: submitBody,
      example: {
        type: 'demo',
        payload: { message: 'Hello', count: 5 },
        queue: 'default',
        max_retries: 3,
        timeout: '30s',
        process_at: '2024-01-15T10:00:00Z',
        metadata: { user_id: '123' },
      },
    },
    answers: {
      201: {
        description: 'The task.',
        schema: submitAnswer,
        example: { task_id: ID, queue: 'default', status: 'pending' },
      },
    },
    errors: [
      [400, 'INVALID_REQUEST', 'The body, or one of its fields, is not understood.'],
      [
        400,
        'INVALID_TASK_TYPE',
        'No handler and no connected worker knows the type; `details.known` lists them.',
      ],
      [400, 'INVALID_PAYLOAD', "The payload is missing, or is not what the type's handler takes."],
      [400, 'INVALID_TIMEOUT', '`timeout` is no duration.'],
      [400, 'INVALID_PROCESS_AT', '`process_at` is no instant.'],
      [400, 'INVALID_UNIQUE', '`unique` is no duration.'],
      [409, 'DUPLICATE_TASK', "`unique` still holds; `details.existing_task_id` is the first task's."],
      [503, 'SERVICE_UNAVAILABLE', 'Nothing that runs tasks has started yet.'],
    ],
  },
  'GET /api/v1/tasks': {
    summary: 'List tasks',
    group: 'Tasks',
    description: 'Newest first.',
    query: taskListQuery,
    queryExample: { page: '1', size: '30' },
    answers: { 200: { description: 'A page of tasks.', schema: taskListAnswer } },
    errors: [[400, 'INVALID_REQUEST', 'A parameter that is not understood.']],
  },
  'GET /api/v1/tasks/:id': {
    summary: 'Get a task',
    group: 'Tasks',
    description: 'It is found whatever its queue.',
    path: taskId,
    query: queueQuery,
    answers: {
      200: {
        description: 'The task.',
        schema: taskAnswer,
        example: {
          id: ID,
          queue: 'default',
          type: 'demo',
          state: 'active',
          max_retry: 3,
          retried: 0,
          last_err: '',
          next_process_at: '2024-01-15T10:00:00.000Z',
        },
      },
    },
    errors: [notFound],
  },
  'POST /api/v1/tasks/:id/cancel': {
    summary: 'Cancel a task',
    group: 'Tasks',
    description: 'One that runs is told, and stopped when it does not end within half a second.',
    path: taskId,
    answers: {
      200: { description: 'It is cancelled.', schema: messageAnswer, example: { message: 'task cancelled' } },
    },
    errors: [
      [404, 'TASK_NOT_FOUND', 'There is no such task.'],
      [409, 'CANCEL_FAILED', 'It has ended already.'],
      [500, 'CANCEL_FAILED', 'Something broke inside.'],
    ],
  },
  'DELETE /api/v1/tasks/:id': {
    summary: 'Delete a task',
    group: 'Tasks',
    path: taskId,
    query: queueQuery,
    answers: {
      200: { description: 'It is gone.', schema: messageAnswer, example: { message: 'task deleted' } },
    },
    errors: [
      notFound,
      [409, 'DELETE_FAILED', 'It runs; cancel it first.'],
      [500, 'DELETE_FAILED', 'Something broke inside.'],
    ],
  },
}
