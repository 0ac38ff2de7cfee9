import type { OperationDescription } from '../../http/docs/description.ts'
import { taskAnswer, taskListAnswer } from './answers.ts'
import type { TaskqueueOperation } from './operations.ts'
import { createBody, updateBody } from './task-input.ts'
import { taskListQuery } from './wire.ts'

const group = 'Tasks'
const path = { task_id: { description: 'Id of a task, an integer.', example: '1' } }
const notFound = [404, 'TASK_NOT_FOUND', '`Task not found`.'] as const
const invalid = [400, 'INVALID_REQUEST', 'A field or a parameter that is not understood.'] as const

const EXAMPLE = {
  name: 'example_task',
  payload: { key: 'value' },
  priority: 2,
  scheduled_at: '2023-10-01T10:00:00',
}
const TASK = {
  id: 1,
  ...EXAMPLE,
  status: 'scheduled',
  created_at: '2023-09-28T15:30:00',
  updated_at: '2023-09-28T15:30:00',
  started_at: null,
  completed_at: null,
  worker_id: null,
  result: null,
  error: null,
}
const task = (description: string, status: string) => ({
  description,
  schema: taskAnswer,
  example: { ...TASK, status },
})

type Described = Extract<TaskqueueOperation, `${string} /api/tasks${string}`>

export const taskDescriptions: Readonly<Record<Described, OperationDescription>> = {
  'POST /api/tasks/': {
    summary: 'Create a task',
    group,
    description:
      '`priority` is 1 LOW, 2 MEDIUM, 3 HIGH or 4 CRITICAL, by number or by name. A time without a zone is UTC; one in the past means now.',
    body: { schema: createBody, example: EXAMPLE },
    answers: { 201: task('The task.', 'scheduled') },
    errors: [invalid],
  },
  'GET /api/tasks/': {
    summary: 'Get all tasks',
    group,
    description: 'Oldest first, at most 1000.',
    query: taskListQuery,
    queryExample: { skip: '0', limit: '100' },
    answers: { 200: { description: 'The tasks.', schema: taskListAnswer } },
    errors: [invalid],
  },
  'GET /api/tasks/:task_id': {
    summary: 'Get a task by its number',
    group,
    path,
    answers: { 200: task('The task.', 'scheduled') },
    errors: [notFound],
  },
  'PUT /api/tasks/:task_id': {
    summary: 'Update a task',
    group,
    description: 'What is left out stays. `scheduled_at: null` means as soon as possible.',
    path,
    body: { schema: updateBody, example: { priority: 4 } },
    answers: { 200: task('The task as it is now.', 'scheduled') },
    errors: [
      invalid,
      notFound,
      [409, 'INVALID_STATE', 'It runs or is over, and the change would alter its run.'],
    ],
  },
  'DELETE /api/tasks/:task_id': {
    summary: 'Delete a task in any state',
    group,
    description: 'One that runs is stopped first.',
    path,
    answers: { 204: { description: 'It is gone.' } },
    errors: [notFound],
  },
  'PATCH /api/tasks/:task_id/pause': {
    summary: 'Pause a task',
    group,
    description: 'One that runs is stopped; resuming starts it again, with the last checkpoint it saved.',
    path,
    answers: { 200: task('The paused task.', 'paused') },
    errors: [[404, 'TASK_NOT_FOUND', 'There is no such task, or it is paused or over.']],
  },
  'PATCH /api/tasks/:task_id/resume': {
    summary: 'Resume a task',
    group,
    path,
    answers: { 200: task('The task, which waits again.', 'pending') },
    errors: [[404, 'TASK_NOT_FOUND', 'There is no such task, or it is not paused.']],
  },
}
