import type { OperationDescription } from '../../http/docs/description.ts'
import { latestProgressAnswer, progressHistoryAnswer, progressInfoAnswer } from './answers.ts'
import { historyQuery, manyProgressQuery, progressStreamQuery } from './progress-wire.ts'
import type { ProgressOperation } from './wire.ts'

const ID = 'f47ac10b-58cc-4372-a567-0e02b2c3d479'
const taskId = { id: { description: 'Id of a task.', example: ID } }

export const progressDescriptions: Readonly<Record<ProgressOperation, OperationDescription>> = {
  'GET /api/v1/tasks/:id/progress': {
    summary: 'Latest progress of a task',
    group: 'Progress',
    path: taskId,
    answers: {
      200: {
        description: 'Its last entry.',
        schema: latestProgressAnswer,
        example: {
          progress: {
            task_id: ID,
            percentage: 50,
            stage: 'processing',
            message: 'Processing data...',
            timestamp_ms: 1737884800000,
          },
          is_final: false,
          stream_id: '1737884800000-0',
        },
      },
    },
    errors: [
      [404, 'PROGRESS_NOT_FOUND', 'There is no such task, or it has told nothing yet.'],
      [500, 'PROGRESS_FETCH_ERROR', 'Something broke inside.'],
    ],
  },
  'GET /api/v1/tasks/:id/progress/stream': {
    summary: 'Stream the progress of a task',
    group: 'Progress',
    description: `Server-sent events, until the task has ended: \`progress\`, \`history\` (with \`history=true\`), \`done\` with
\`{"task_id", "status": "completed" | "failed" | "cancelled"}\`, \`error\`. An EventSource that reconnects goes on where it was.

\`\`\`js
const stream = new EventSource('/api/v1/tasks/' + taskId + '/progress/stream')
stream.addEventListener('progress', (event) => console.log(JSON.parse(event.data)))
stream.addEventListener('done', () => stream.close())
\`\`\``,
    path: taskId,
    query: progressStreamQuery,
    answers: {
      200: {
        description: 'A stream of events.',
        contentType: 'text/event-stream',
        example: `event: progress
data: {"task_id":"xxx","percentage":30,"stage":"processing","message":"Processing...","timestamp_ms":1737884800000}
id: 1737884800000-0

event: done
data: {"task_id":"xxx","status":"completed"}

`,
      },
    },
    errors: [
      [400, 'INVALID_REQUEST', '`start_id` is no stream id.'],
      [404, 'TASK_NOT_FOUND', 'There is no such task.'],
    ],
  },
  'GET /api/v1/progress/stream': {
    summary: 'Stream the progress of several tasks',
    group: 'Progress',
    description:
      'Server-sent events, until all of them have ended: `progress` with `{"task_id", "progress"}`; the last one of a task has `is_final` and `status` too.',
    query: manyProgressQuery,
    queryExample: { task_ids: 'id1,id2' },
    answers: {
      200: {
        description: 'A stream of events.',
        contentType: 'text/event-stream',
        example: 'event: progress\ndata: {"task_id":"id1","progress":{"percentage":30}}\n\n',
      },
    },
    errors: [[400, 'INVALID_REQUEST', 'No ids, or more than ten.']],
  },
  'GET /api/v1/tasks/:id/progress/history': {
    summary: 'Progress history of a task',
    group: 'Progress',
    description: 'Oldest first; empty for an unknown task.',
    path: taskId,
    query: historyQuery,
    answers: { 200: { description: 'Its entries.', schema: progressHistoryAnswer } },
    errors: [[400, 'INVALID_REQUEST', '`start_id` is no stream id.']],
  },
  'GET /api/v1/tasks/:id/progress/info': {
    summary: 'About the progress stream of a task',
    group: 'Progress',
    path: taskId,
    answers: {
      200: {
        description: 'How many entries, and which.',
        schema: progressInfoAnswer,
        example: {
          task_id: ID,
          has_progress: true,
          length: 5,
          first_entry: '1737884800000-0',
          last_entry: '1737884810000-0',
        },
      },
    },
  },
}
