import { asynq } from '../../../src/server/dialects/asynq/serve.ts'
import { turbine } from '../../../src/server/dialects/turbine/serve.ts'
import { expect } from 'vitest'
import { buildWorld, documentedTasks, type DocumentedWorld } from '../documented-world.ts'
import { documentedDialect } from './documented-dialect.ts'

export const documentedTurbine = documentedDialect<DocumentedWorld>({
  dialect: turbine,
  port: [turbine, asynq],
  taskFiles: documentedTasks,
  build: buildWorld,
  requests: {
    'GET /api/health': () => ['/api/health'],
    'GET /api/overview': () => ['/api/overview'],
    'GET /api/workers': () => ['/api/workers?status=active'],
    'GET /api/workers/:id': ({ workerId }) => [`/api/workers/${workerId}`],
    'GET /api/queues': () => ['/api/queues'],
    'GET /api/queues/:name': () => ['/api/queues/emails'],
    'GET /api/queues/:name/stats': () => ['/api/queues/emails/stats?period=24h'],
    'GET /api/tasks': () => [
      '/api/tasks?limit=100&offset=0&state=success&queue=emails&since=2024-01-09T12:00:00Z',
    ],
    'GET /api/tasks/:id': ({ succeeded }) => [`/api/tasks/${succeeded}`],
    'GET /api/dlq/:queue': () => ['/api/dlq/emails?limit=100&offset=0'],
    'POST /api/dlq/:queue/reprocess': ({ deadLetter }) => [
      '/api/dlq/emails/reprocess',
      { json: { task_ids: [deadLetter], all: false } },
    ],
    'POST /api/dlq/:queue/purge': () => ['/api/dlq/emails/purge'],
    'POST /api/queues/:name/purge': () => ['/api/queues/held/purge'],
    'GET /api/metrics': () => ['/api/metrics'],
    'POST /api/tasks/:id/revoke': ({ running }) => [
      `/api/tasks/${running}/revoke`,
      { json: { terminate: true } },
    ],
  },
  streams: {
    'GET /api/events': () => '/api/events',
  },
  provocations: {
    'GET /api/workers INVALID_REQUEST': ['/api/workers?status=asleep'],
    'GET /api/workers/:id WORKER_NOT_FOUND': ['/api/workers/nobody'],
    'GET /api/queues/:name QUEUE_NOT_FOUND': ['/api/queues/nowhere'],
    'GET /api/queues/:name/stats INVALID_REQUEST': ['/api/queues/default/stats?period=1y'],
    'GET /api/queues/:name/stats QUEUE_NOT_FOUND': ['/api/queues/nowhere/stats'],
    'POST /api/queues/:name/purge QUEUE_NOT_FOUND': ['/api/queues/nowhere/purge'],
    'GET /api/tasks INVALID_REQUEST': ['/api/tasks?state=lost'],
    'GET /api/tasks/:id TASK_NOT_FOUND': ['/api/tasks/abc-123'],
    'POST /api/tasks/:id/revoke INVALID_REQUEST': [
      '/api/tasks/abc-123/revoke',
      { json: { terminate: 'yes' } },
    ],
    'POST /api/tasks/:id/revoke TASK_NOT_FOUND': ['/api/tasks/abc-123/revoke', { json: { terminate: true } }],
    'GET /api/dlq/:queue QUEUE_NOT_FOUND': ['/api/dlq/nowhere'],
    'POST /api/dlq/:queue/reprocess INVALID_REQUEST': [
      '/api/dlq/default/reprocess',
      { json: { task_ids: 'all' } },
    ],
    'POST /api/dlq/:queue/reprocess TASK_NOT_FOUND': [
      '/api/dlq/default/reprocess',
      { json: { task_ids: ['abc-123'] } },
    ],
    'POST /api/dlq/:queue/reprocess QUEUE_NOT_FOUND': ['/api/dlq/nowhere/reprocess', { json: { all: true } }],
    'POST /api/dlq/:queue/purge QUEUE_NOT_FOUND': ['/api/dlq/nowhere/purge'],
  },
  bodies: { 'POST /api/dlq/:queue/reprocess': { all: true } },
  errorBody: (code) => ({
    error: { code, message: expect.stringMatching(/\w/), details: expect.any(Object) },
  }),
})
