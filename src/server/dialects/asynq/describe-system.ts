import type { OperationDescription } from '../../http/docs/description.ts'
import { healthAnswer, liveAnswer, notReadyAnswer, queueStatsAnswer, readyAnswer } from './answers.ts'
import { queueQuery, type SystemOperation } from './wire.ts'

export const systemDescriptions: Readonly<Record<SystemOperation, OperationDescription>> = {
  'GET /api/v1/queues/stats': {
    summary: 'Statistics of all queues, or of one',
    group: 'Queues',
    description: 'How many tasks there are now, by state.',
    query: queueQuery,
    answers: { 200: { description: 'One entry a queue.', schema: queueStatsAnswer } },
    errors: [
      [404, 'QUEUE_NOT_FOUND', 'There is no such queue.'],
      [500, 'STATS_FAILED', 'Something broke inside.'],
    ],
  },
  'GET /health': {
    summary: 'Health',
    group: 'Health checks',
    description:
      '`services.redis` is kept for clients that look for it; it says how the store in use is, as `store` does.',
    answers: {
      200: { description: 'The broker works.', schema: healthAnswer },
      503: { description: 'The store does not work; `status` is `unhealthy`.', schema: healthAnswer },
    },
  },
  'GET /ready': {
    summary: 'Readiness',
    group: 'Health checks',
    answers: {
      200: { description: 'The store works.', schema: readyAnswer, example: { status: 'ready' } },
      503: {
        description: 'It does not.',
        schema: notReadyAnswer,
        example: { status: 'not ready', reason: 'store unavailable' },
      },
    },
  },
  'GET /live': {
    summary: 'Liveness',
    group: 'Health checks',
    answers: { 200: { description: 'The process runs.', schema: liveAnswer, example: { status: 'alive' } } },
  },
}
