import type { DialectDescription } from '../../http/docs/description.ts'
import { METRICS_CONTENT_TYPE } from '../prometheus.ts'
import { cleanupAnswer, errorAnswer, healthAnswer, receiptAnswer, taskAnswer } from './answers.ts'
import type { TaskmanagerOperation } from './operations.ts'
import { submitBody } from './wire.ts'

const ID = '550e8400-e29b-41d4-a716-446655440000'
const path = { task_id: { description: 'Id of a task.', example: ID } }
const notFound = [404, 'TASK_NOT_FOUND', 'There is no such task.'] as const
const places = ['https://example.com/input.jpg', 'https://s3.amazonaws.com/bucket/output.jpg']

const TASK = {
  task_id: ID,
  state: 'SUCCESS',
  progress: 1,
  result: {
    task_id: ID,
    input_url: places[0],
    output_url: places[1],
    classification: { category: 'landscape', width: 1920, height: 1080, aspect_ratio: 1.78 },
  },
  error: null,
  error_type: null,
  submitted_at: '2025-01-15T10:30:00.000Z',
  started_at: '2025-01-15T10:30:05.000Z',
  completed_at: '2025-01-15T10:30:11.000Z',
  subtasks: [],
}

export const taskmanagerDescription: DialectDescription<TaskmanagerOperation> = {
  title: 'Task Manager API',
  description:
    'Submit tasks and wait for their results, in sync or by polling; a dashboard and metrics. A task that waits longer than 30 s without starting is `TIMEOUT`.',
  errorBody: errorAnswer,
  operations: {
    'POST /api/v1/tasks': {
      summary: 'Submit a task',
      group: 'Tasks',
      description:
        'With `args`, `kwargs` or `sync` a submit is answered in this way; with `sync` the answer comes when the task is over, after 5 minutes at the latest.',
      body: {
        schema: submitBody,
        example: {
          task_name: 'demo',
          args: [],
          kwargs: { message: 'Hello', count: 1 },
          priority: 5,
          sync: false,
        },
      },
      answers: {
        200: { description: 'With `sync`: the whole task.', schema: taskAnswer, example: TASK },
        202: {
          description: 'It is on disk.',
          schema: receiptAnswer,
          example: { task_id: ID, state: 'PENDING', submitted_at: '2025-01-15T10:30:00.000Z' },
        },
      },
      errors: [
        [400, 'INVALID_REQUEST', 'A field that is not understood, or a task name that nobody knows.'],
        [503, 'SERVICE_UNAVAILABLE', 'Nothing that runs tasks has started yet.'],
      ],
    },
    'GET /api/v1/tasks/:task_id': {
      summary: 'Get task status',
      group: 'Tasks',
      path,
      answers: { 200: { description: 'The task.', schema: taskAnswer, example: TASK } },
      errors: [notFound],
    },
    'DELETE /api/v1/tasks/:task_id': {
      summary: 'Cleanup a task',
      group: 'Tasks',
      path,
      answers: {
        200: {
          description: 'It is gone.',
          schema: cleanupAnswer,
          example: { status: 'success', message: `Task ${ID} cleaned up` },
        },
      },
      errors: [notFound, [409, 'INVALID_STATE', 'It waits or runs.']],
    },
    'GET /health': {
      summary: 'Health of the task manager',
      group: 'Monitoring',
      answers: {
        200: {
          description: '`degraded` when tasks cannot run at the moment.',
          schema: healthAnswer,
          example: { status: 'healthy', service: 'task-manager-api', version: '0.1.0' },
        },
        503: { description: 'The store does not work.', schema: healthAnswer },
      },
    },
    'GET /dashboard': {
      summary: 'Metrics dashboard',
      group: 'Monitoring',
      answers: {
        200: {
          description: 'A page: workers, GPU configuration, queues, endpoints.',
          contentType: 'text/html',
          example: '<!doctype html>',
        },
      },
    },
    'GET /dashboard/metrics': {
      summary: 'Prometheus metrics of the task manager',
      group: 'Monitoring',
      answers: {
        200: {
          description: 'Text exposition format.',
          contentType: METRICS_CONTENT_TYPE.split(';')[0],
          example: `# HELP tasks_submitted_total Total number of tasks submitted.
# TYPE tasks_submitted_total counter
tasks_submitted_total{task_name="image_super_resolution_pipeline"} 1234
`,
        },
      },
    },
  },
}
