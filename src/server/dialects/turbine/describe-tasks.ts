import type { OperationDescription } from '../../http/docs/description.ts'
import {
  deadLetterListAnswer,
  purgeAnswer,
  reprocessAnswer,
  revokeAnswer,
  taskDetail,
  taskListAnswer,
} from './answers.ts'
import { pageQuery, reprocessBody, revokeBody, taskListQuery, type TaskOperation } from './wire.ts'

const taskId = { id: { description: 'Id of a task.', example: 'abc-123' } }
const deadLetterQueue = { queue: { description: 'Name of a queue.', example: 'emails' } }
const taskErrors = [[404, 'TASK_NOT_FOUND', 'There is no such task.']] as const
const queueErrors = [[404, 'QUEUE_NOT_FOUND', 'There is no such queue.']] as const

export const taskDescriptions: Readonly<Record<TaskOperation, OperationDescription>> = {
  'GET /api/tasks': {
    summary: 'List recent tasks',
    group: 'Tasks',
    description: 'Newest first.',
    query: taskListQuery,
    queryExample: { limit: '100', offset: '0' },
    answers: { 200: { description: 'A page of tasks, and how many match.', schema: taskListAnswer } },
    errors: [[400, 'INVALID_REQUEST', 'A parameter that is not understood.']],
  },
  'GET /api/tasks/:id': {
    summary: 'Details of a task',
    group: 'Tasks',
    path: taskId,
    answers: { 200: { description: 'The task.', schema: taskDetail } },
    errors: taskErrors,
  },
  'POST /api/tasks/:id/revoke': {
    summary: 'Revoke a pending or running task',
    group: 'Tasks',
    description: `A task that waits is revoked at once. One that runs is told; with \`terminate\` it is stopped when it does not
end within half a second, without it is revoked when its handler ends, and the answer says \`running\` until then.`,
    path: taskId,
    body: { schema: revokeBody, example: { terminate: true }, isOptional: true },
    answers: {
      200: {
        description: 'It is revoked, or will be.',
        schema: revokeAnswer,
        example: { task_id: 'abc-123', revoked: true, state: 'revoked' },
      },
    },
    errors: [
      [400, 'INVALID_REQUEST', 'The body is not understood.'],
      ...taskErrors,
      [409, 'INVALID_REQUEST', 'The task has ended already; the message names its state.'],
    ],
  },
  'GET /api/dlq/:queue': {
    summary: 'Failed tasks of a queue',
    group: 'Dead letters',
    description: `Newest first. A page ends early when its tasks together are large; go on with \`offset\` by as many as there were.`,
    path: deadLetterQueue,
    query: pageQuery,
    queryExample: { limit: '100', offset: '0' },
    answers: {
      200: { description: 'A page of them, and how many there are.', schema: deadLetterListAnswer },
    },
    errors: [[400, 'INVALID_REQUEST', 'A parameter that is not understood.'], ...queueErrors],
  },
  'POST /api/dlq/:queue/reprocess': {
    summary: 'Run failed tasks again',
    group: 'Dead letters',
    description: `Each becomes a new task, linked to the old one; the new ids are in the order asked. Give \`task_ids\` or \`all: true\`. If
one of the ids is no dead letter of that queue, nothing is done.`,
    path: deadLetterQueue,
    body: { schema: reprocessBody, example: { task_ids: ['failed-123', 'failed-456'], all: false } },
    answers: {
      200: {
        description: 'The new tasks.',
        schema: reprocessAnswer,
        example: { queue: 'emails', reprocessed: 2, new_task_ids: ['new-123', 'new-456'] },
      },
    },
    errors: [
      [400, 'INVALID_REQUEST', 'Neither ids nor `all`, or both.'],
      ...queueErrors,
      [404, 'TASK_NOT_FOUND', 'Some ids are no dead letters of that queue; `details.task_ids` names them.'],
    ],
  },
  'POST /api/dlq/:queue/purge': {
    summary: 'Remove all failed tasks of a queue',
    group: 'Dead letters',
    path: deadLetterQueue,
    answers: { 200: { description: 'How many were removed.', schema: purgeAnswer } },
    errors: queueErrors,
  },
}
