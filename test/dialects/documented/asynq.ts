import { asynq } from '../../../src/server/dialects/asynq/serve.ts'
import { turbine } from '../../../src/server/dialects/turbine/serve.ts'
import { expect } from 'vitest'
import { buildWorld, documentedTasks, type DocumentedWorld } from '../documented-world.ts'
import { documentedDialect } from './documented-dialect.ts'

export const documentedAsynq = documentedDialect<DocumentedWorld>({
  dialect: asynq,
  port: [turbine, asynq],
  taskFiles: documentedTasks,
  build: buildWorld,
  requests: {
    'POST /api/v1/tasks': () => [
      '/api/v1/tasks',
      {
        json: {
          type: 'demo',
          payload: { message: 'Hello', count: 5 },
          queue: 'default',
          max_retries: 3,
          timeout: '30s',
          process_at: '2024-01-15T10:00:00Z',
          unique: '1h',
          metadata: { user_id: '123' },
        },
      },
    ],
    'GET /api/v1/tasks/:id': ({ running }) => [`/api/v1/tasks/${running}?queue=default`],
    'GET /api/v1/tasks/:id/progress': ({ running }) => [`/api/v1/tasks/${running}/progress`],
    'GET /api/v1/tasks/:id/progress/history': ({ running }) => [
      `/api/v1/tasks/${running}/progress/history?start_id=-`,
    ],
    'GET /api/v1/tasks/:id/progress/info': ({ running }) => [`/api/v1/tasks/${running}/progress/info`],
    'GET /api/v1/queues/stats': () => ['/api/v1/queues/stats'],
    'GET /health': () => ['/health'],
    'GET /ready': () => ['/ready'],
    'GET /live': () => ['/live'],
    'POST /api/v1/tasks/:id/cancel': ({ waiting }) => [`/api/v1/tasks/${waiting}/cancel`],
    'DELETE /api/v1/tasks/:id': ({ succeeded }) => [`/api/v1/tasks/${succeeded}?queue=emails`],
  },
  streams: {
    'GET /api/v1/tasks/:id/progress/stream': ({ running }) => `/api/v1/tasks/${running}/progress/stream`,
    'GET /api/v1/progress/stream': ({ running, waiting }) =>
      `/api/v1/progress/stream?task_ids=${running},${waiting}`,
  },
  provocations: {
    'POST /api/v1/tasks INVALID_REQUEST': ['/api/v1/tasks', { json: { payload: {} } }],
    'POST /api/v1/tasks INVALID_TASK_TYPE': [
      '/api/v1/tasks',
      { json: { type: 'nobody-knows', payload: {} } },
    ],
    'POST /api/v1/tasks INVALID_PAYLOAD': ['/api/v1/tasks', { json: { type: 'demo' } }],
    'POST /api/v1/tasks INVALID_TIMEOUT': [
      '/api/v1/tasks',
      { json: { type: 'demo', payload: {}, timeout: 'soon' } },
    ],
    'POST /api/v1/tasks INVALID_PROCESS_AT': [
      '/api/v1/tasks',
      { json: { type: 'demo', payload: {}, process_at: 'tomorrow' } },
    ],
    'POST /api/v1/tasks INVALID_UNIQUE': [
      '/api/v1/tasks',
      { json: { type: 'demo', payload: {}, unique: '-1h' } },
    ],
    'GET /api/v1/tasks/:id TASK_NOT_FOUND': ['/api/v1/tasks/abc-123'],
    'GET /api/v1/tasks/:id/progress PROGRESS_NOT_FOUND': ['/api/v1/tasks/abc-123/progress'],
  },
  shownElsewhere: ['GET /ready 503'],
  takesAnyJson: ['payload'],
  bodies: { 'POST /api/v1/tasks': { type: 'demo', payload: {} } },
  errorBody: (code) => ({ error: expect.stringMatching(/\w/), code, details: expect.any(Object) }),
})
