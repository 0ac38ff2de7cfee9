import { expect } from 'vitest'
import { taskqueue } from '../../../src/server/dialects/taskqueue/serve.ts'
import type { Broker } from '../../../src/shared/domain/broker.ts'
import { toJsonText } from '../../../src/shared/domain/json.ts'
import { untilFinal } from '../../support/until.ts'
import { documentedDialect } from './documented-dialect.ts'
import { PORT_8000 } from './port-8000.ts'

interface World {
  /** Numbers of tasks. */
  readonly completed: number
  readonly waiting: number
  readonly paused: number
  readonly worker: number
}

const EXAMPLE = {
  name: 'example_task',
  payload: { key: 'value' },
  priority: 2,
  scheduled_at: '2023-10-01T10:00:00',
}

async function build(broker: Broker): Promise<World> {
  const submit = async (name: string) => {
    const [receipt] = await broker.submit([{ name, kwargs: toJsonText({ key: 'value' }) }])
    return receipt!
  }
  const completed = await submit('example_task')
  await untilFinal(broker, completed.id)
  const paused = await submit('nobody_knows_this')
  await broker.pauseTask(paused.id)
  return {
    completed: completed.number,
    waiting: (await submit('nobody_knows_this')).number,
    paused: paused.number,
    worker: (await broker.registerWorker({ hostname: 'worker-1', concurrency: 1 })).number,
  }
}

export const documentedTaskqueue = documentedDialect<World>({
  dialect: taskqueue,
  port: PORT_8000,
  taskFiles: { 'example.ts': 'export const example_task = ({ kwargs }) => ({ seen: kwargs.key })' },
  build,
  requests: {
    'POST /api/tasks/': () => ['/api/tasks/', { json: EXAMPLE }],
    'GET /api/tasks/': () => ['/api/tasks/?skip=0&limit=1&status=completed'],
    'GET /api/tasks/:task_id': ({ completed }) => [`/api/tasks/${completed}`],
    'PUT /api/tasks/:task_id': ({ waiting }) => [
      `/api/tasks/${waiting}`,
      { json: { ...EXAMPLE, name: 'nobody_knows_this' } },
    ],
    'PATCH /api/tasks/:task_id/pause': ({ waiting }) => [`/api/tasks/${waiting}/pause`],
    'PATCH /api/tasks/:task_id/resume': ({ paused }) => [`/api/tasks/${paused}/resume`],
    'POST /api/workers/': () => ['/api/workers/', { json: { name: 'worker-1' } }],
    'GET /api/workers/:worker_id': ({ worker }) => [`/api/workers/${worker}`],
    'PATCH /api/workers/:worker_id/heartbeat': ({ worker }) => [`/api/workers/${worker}/heartbeat`],
    'PATCH /api/workers/:worker_id/status': ({ worker }) => [
      `/api/workers/${worker}/status`,
      { json: { status: 'inactive' } },
    ],
    'DELETE /api/tasks/:task_id': ({ completed }) => [`/api/tasks/${completed}`],
  },
  provocations: {
    'GET /api/tasks/:task_id 404': ['/api/tasks/999999'],
    'PUT /api/tasks/:task_id 404': ['/api/tasks/999999', { json: {} }],
    'DELETE /api/tasks/:task_id 404': ['/api/tasks/999999'],
    'PATCH /api/tasks/:task_id/pause 404': ['/api/tasks/999999/pause'],
    'PATCH /api/tasks/:task_id/resume 404': ['/api/tasks/999999/resume'],
    'GET /api/workers/:worker_id 404': ['/api/workers/999999'],
    'PATCH /api/workers/:worker_id/heartbeat 404': ['/api/workers/999999/heartbeat'],
    'PATCH /api/workers/:worker_id/status 404': [
      '/api/workers/999999/status',
      { json: { status: 'inactive' } },
    ],
  },
  bodies: {},
  errorBody: () => ({ detail: expect.stringMatching(/\w/) }),
})
