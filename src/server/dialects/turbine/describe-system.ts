import * as z from 'zod'
import type { OperationDescription } from '../../http/docs/description.ts'
import {
  healthAnswer,
  overviewAnswer,
  purgeAnswer,
  queueDetail,
  queueListAnswer,
  queueStatsAnswer,
  workerDetail,
  workerListAnswer,
} from './answers.ts'
import { METRICS_CONTENT_TYPE } from '../prometheus.ts'
import { queueStatsQuery, type SystemOperation, workerListQuery } from './wire.ts'

const queueName = { name: { description: 'Name of a queue.', example: 'default' } }
const queueErrors = [[404, 'QUEUE_NOT_FOUND', 'No task or setting has named the queue yet.']] as const

export const systemDescriptions: Readonly<Record<SystemOperation, OperationDescription>> = {
  'GET /api/health': {
    summary: 'Health check',
    group: 'Health and overview',
    description: '`degraded` when tasks cannot run at the moment.',
    answers: {
      200: {
        description: 'The broker works.',
        schema: healthAnswer,
        example: { status: 'healthy', uptime_seconds: 3600, version: '0.1.0' },
      },
    },
    errors: [[503, 'SERVICE_UNAVAILABLE', 'The store does not work at the moment.']],
  },
  'GET /api/overview': {
    summary: 'Dashboard overview statistics',
    group: 'Health and overview',
    description:
      '`success`, `failed` and `total_processed` count what ever happened; `pending` and `running` what there is now.',
    answers: { 200: { description: 'The figures.', schema: overviewAnswer } },
  },
  'GET /api/workers': {
    summary: 'List all workers',
    group: 'Workers',
    query: workerListQuery,
    answers: { 200: { description: 'The workers.', schema: workerListAnswer } },
    errors: [[400, 'INVALID_REQUEST', 'Another status.']],
  },
  'GET /api/workers/:id': {
    summary: 'Details of a worker',
    group: 'Workers',
    path: { id: { description: 'Id of a worker.', example: 'worker-abc123' } },
    answers: { 200: { description: 'The worker.', schema: workerDetail } },
    errors: [[404, 'WORKER_NOT_FOUND', 'There is no such worker.']],
  },
  'GET /api/queues': {
    summary: 'List all queues',
    group: 'Queues',
    answers: { 200: { description: 'The queues.', schema: queueListAnswer } },
  },
  'GET /api/queues/:name': {
    summary: 'Details of a queue',
    group: 'Queues',
    path: queueName,
    answers: { 200: { description: 'The queue.', schema: queueDetail } },
    errors: queueErrors,
  },
  'GET /api/queues/:name/stats': {
    summary: 'Statistics of a queue over a period',
    group: 'Queues',
    description: 'The last step of the timeline is still filling. `state_distribution` is of the period.',
    path: queueName,
    query: queueStatsQuery,
    queryExample: { period: '24h' },
    answers: { 200: { description: 'The statistics.', schema: queueStatsAnswer } },
    errors: [[400, 'INVALID_REQUEST', 'Another period.'], ...queueErrors],
  },
  'POST /api/queues/:name/purge': {
    summary: 'Remove everything that waits in a queue',
    group: 'Queues',
    description: 'What runs goes on, and what is done stays.',
    path: queueName,
    answers: { 200: { description: 'How many were removed.', schema: purgeAnswer } },
    errors: queueErrors,
  },
  'GET /api/metrics': {
    summary: 'Metrics for Prometheus',
    group: 'Metrics and events',
    answers: {
      200: {
        description: 'Text exposition format.',
        contentType: METRICS_CONTENT_TYPE.split(';')[0],
        example: `# HELP turbine_tasks_total Tasks that ended, by state.
# TYPE turbine_tasks_total counter
turbine_tasks_total{state="success"} 14890
turbine_tasks_total{state="failed"} 530
`,
      },
    },
  },
  'GET /api/events': {
    summary: 'Live events',
    group: 'Metrics and events',
    description: `Server-sent events. Each has one line of JSON, whose \`type\` tells what it is:

| type | fields |
|---|---|
| \`task_started\` | \`task_id\`, \`task_name\`, \`queue\`, \`worker_id\`, \`timestamp\` |
| \`task_completed\` | \`task_id\`, \`task_name\`, \`state\`, \`duration_ms\`, \`timestamp\` |
| \`task_failed\` | \`task_id\`, \`task_name\`, \`error\`, \`retries\`, \`will_retry\`, \`timestamp\` |
| \`worker_connected\` | \`worker_id\`, \`hostname\`, \`queues\`, \`timestamp\` |
| \`worker_disconnected\` | \`worker_id\`, \`reason\`, \`timestamp\` |
| \`events_missed\` | \`missed\`: how many events there were that this client will not see |

and others under their own names, as \`task.submitted\`. A stream goes on until one side closes it:

\`\`\`js
const events = new EventSource('/api/events')
events.onmessage = (event) => console.log(JSON.parse(event.data))
\`\`\``,
    query: z.object({
      named: z
        .literal('true')
        .optional()
        .describe('Adds the `event:` line; named events do not reach `onmessage`.'),
    }),
    headers: z.object({
      'Last-Event-ID': z
        .string()
        .optional()
        .describe('Goes on after this event; an EventSource sends it itself.'),
    }),
    answers: {
      200: {
        description: 'A stream of events.',
        contentType: 'text/event-stream',
        example:
          'data: {"type":"task_started","task_id":"abc-123","task_name":"send_email","queue":"emails","worker_id":"worker-abc123","timestamp":"2024-01-09T12:00:00.000Z"}\nid: 17\n\n',
      },
    },
  },
}
