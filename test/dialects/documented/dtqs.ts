import { expect } from 'vitest'
import { dtqs } from '../../../src/server/dialects/dtqs/serve.ts'
import type { Broker } from '../../../src/shared/domain/broker.ts'
import { toJsonText } from '../../../src/shared/domain/json.ts'
import { untilFinal, untilTask } from '../../support/until.ts'
import type { TaskLease } from '../../../src/shared/domain/worker-port.ts'
import { documentedDialect, type Request } from './documented-dialect.ts'

interface World {
  readonly completed: string
  readonly failed: string
  readonly running: string
  readonly waiting: string
  readonly worker: string
  /** Another worker, that may leave. */
  readonly other: string
  readonly workflow: string
  readonly operation: string
  readonly alert: string
  /** What the worker holds. */
  readonly held: readonly TaskLease[]
}

/** As the document prints it. */
const SUBMIT = {
  task_name: 'process_payment',
  task_args: [1234],
  task_kwargs: { currency: 'USD', amount: 99.99 },
  priority: 8,
  queue_name: 'payments',
  max_retries: 3,
  timeout_seconds: 300,
  scheduled_at: '2026-01-25T14:30:00Z',
}

async function build(broker: Broker): Promise<World> {
  const submit = async (name: string, kwargs = {}) => {
    const [receipt] = await broker.submit([
      { name, queue: 'payments', priority: 8, kwargs: toJsonText(kwargs), maxRetries: 0 },
    ])
    return receipt!.id
  }
  const completed = await submit('sleep', { ms: 1 })
  const failed = await submit('fail', { message: 'payment refused' })
  await untilFinal(broker, completed)
  await untilFinal(broker, failed)
  const running = await submit('sleep', { seconds: 60 })
  await untilTask(broker, running, ({ startedAt }) => startedAt !== null)
  const waiting = await submit('nobody_knows_this')
  const { id: worker } = await broker.registerWorker({ hostname: 'compute-1', concurrency: 5 })
  // Alerts are looked at anew whenever a rule is changed.
  await broker.updateAlertRule('HIGH_QUEUE_DEPTH', { threshold: 0 })
  await broker.markDegraded({ component: 'scheduler', strategy: 'skip_enrichment' })
  const workflow = await broker.submitWorkflow({
    name: 'report',
    nodes: [
      { key: 'fetch', parents: [], onFailure: 'fail', task: { name: 'nobody_knows_this' } },
      { key: 'render', parents: ['fetch'], onFailure: 'skip', task: { name: 'nobody_knows_this' } },
    ],
  })
  const operation = await broker.startBulk({ action: 'cancel', query: { name: 'not_there' } })
  await broker.submit(
    ['one', 'two', 'three'].map((queue) => ({ name: 'nobody_knows_this', queue, priority: 10 })),
  )
  const held = await broker.leaseTasks(worker, { limit: 3, leaseMs: 60_000 })
  const [alert] = await broker.listAlerts({})
  return {
    completed,
    failed,
    running,
    waiting,
    worker,
    other: (await broker.registerWorker({ hostname: 'compute-2', concurrency: 5 })).id,
    workflow: workflow.id,
    operation: operation.id,
    alert: alert!.id,
    held,
  }
}

const underLease = (index: number, what: string, fields: object = {}) =>
  [
    `POST /api/v1/workers/:worker_id/tasks/:task_id/${what}`,
    ({ worker, held }: World): Request => [
      `/api/v1/workers/${worker}/tasks/${held[index]!.taskId}/${what}`,
      { json: { lease_token: held[index]!.leaseToken, ...fields } },
    ],
  ] as const

const invalid = (path: string) => [path] as const

export const documentedDtqs = documentedDialect<World>({
  dialect: dtqs,
  // What it shares with another dialect of its port is shown where that is served too.
  port: [dtqs],
  taskFiles: {},
  build,
  requests: {
    'POST /api/v1/tasks': () => ['/api/v1/tasks?async=true', { json: SUBMIT }],
    'GET /api/v1/tasks/:task_id': ({ running }) => [`/api/v1/tasks/${running}`],
    'GET /api/v1/tasks': () => ['/api/v1/tasks?status=FAILED&priority=8&limit=10'],
    'GET /api/v1/tasks/:task_id/timeline': ({ completed }) => [`/api/v1/tasks/${completed}/timeline`],
    'GET /api/v1/tasks/:task_id1/compare/:task_id2': ({ completed, failed }) => [
      `/api/v1/tasks/${completed}/compare/${failed}`,
    ],
    'POST /api/v1/workers': () => ['/api/v1/workers?hostname=compute-1&capacity=5'],
    'GET /api/v1/workers/:worker_id/status': ({ worker }) => [`/api/v1/workers/${worker}/status`],
    'PATCH /api/v1/workers/:worker_id/pause': ({ worker }) => [`/api/v1/workers/${worker}/pause`],
    'PATCH /api/v1/workers/:worker_id/resume': ({ worker }) => [`/api/v1/workers/${worker}/resume`],
    'PATCH /api/v1/workers/:worker_id/capacity': ({ worker }) => [
      `/api/v1/workers/${worker}/capacity`,
      { json: { capacity: 10 } },
    ],
    'GET /api/v1/search/tasks': () => [
      '/api/v1/search/tasks?status=FAILED&created_after=2026-01-24&search=payment&limit=50',
    ],
    'GET /api/v1/search/presets': () => ['/api/v1/search/presets'],
    'GET /api/v1/search/presets/:name': () => ['/api/v1/search/presets/failed_today'],
    'GET /api/v1/search/tasks/export/csv': () => ['/api/v1/search/tasks/export/csv?status=FAILED'],
    'GET /api/v1/dashboard/stats': () => ['/api/v1/dashboard/stats'],
    'GET /api/v1/dashboard/workers': () => ['/api/v1/dashboard/workers'],
    'GET /api/v1/analytics/trends': () => ['/api/v1/analytics/trends?hours=24&interval=hourly'],
    'GET /api/v1/alerts': () => ['/api/v1/alerts'],
    'GET /api/v1/resilience/summary': () => ['/api/v1/resilience/summary'],
    'GET /api/v1/health': () => ['/api/v1/health'],
    'POST /api/v1/tasks/:task_id/replay': ({ failed }) => [`/api/v1/tasks/${failed}/replay`],
    'POST /api/v1/tasks/:task_id/cancel': ({ running }) => [`/api/v1/tasks/${running}/cancel`],
    'POST /api/v1/workers/:worker_id/drain': ({ worker }) => [`/api/v1/workers/${worker}/drain`],
    'POST /api/v1/resilience/degradation/mark': () => [
      '/api/v1/resilience/degradation/mark',
      { json: { service_name: 'events', strategy: 'skip_enrichment', duration_seconds: 300 } },
    ],

    'POST /api/v1/workers/:worker_id/lease': ({ other }) => [`/api/v1/workers/${other}/lease`],
    'DELETE /api/v1/workers/:worker_id': ({ other }) => [`/api/v1/workers/${other}`],

    // What the document names without describing, and what was added to it.
    'GET /api/v1/workers': () => ['/api/v1/workers'],
    'POST /api/v1/workers/:worker_id/heartbeat': ({ worker }) => [`/api/v1/workers/${worker}/heartbeat`],
    'POST /api/v1/workers/:worker_id/renew': ({ worker, held }) => [
      `/api/v1/workers/${worker}/renew`,
      { json: { leases: [{ task_id: held[0]!.taskId, lease_token: held[0]!.leaseToken }] } },
    ],
    ...Object.fromEntries([
      underLease(0, 'start'),
      underLease(0, 'progress', { fraction: 0.5 }),
      underLease(0, 'log', { lines: [{ message: 'on its way' }] }),
      underLease(0, 'checkpoint', { data: 1 }),
      underLease(0, 'complete', { result: 1 }),
      underLease(1, 'fail', { error: 'no answer' }),
      underLease(2, 'release'),
    ]),
    'POST /api/v1/workflows': () => [
      '/api/v1/workflows',
      {
        json: {
          workflow_name: 'report',
          tasks: [
            { name: 'fetch', task_name: 'nobody_knows_this' },
            { name: 'render', task_name: 'nobody_knows_this' },
          ],
          dependencies: { render: ['fetch'] },
        },
      },
    ],
    'POST /api/v1/workflows/batch': () => [
      '/api/v1/workflows/batch',
      { json: { tasks: [{ task_name: 'nobody_knows_this' }] } },
    ],
    'POST /api/v1/workflows/chain': () => [
      '/api/v1/workflows/chain',
      { json: { tasks: [{ task_name: 'nobody_knows_this' }] } },
    ],
    'GET /api/v1/workflows': () => ['/api/v1/workflows'],
    'GET /api/v1/workflows/:workflow_id': ({ workflow }) => [`/api/v1/workflows/${workflow}`],
    'POST /api/v1/workflows/:workflow_id/cancel': ({ workflow }) => [`/api/v1/workflows/${workflow}/cancel`],
    'POST /api/v1/search/tasks/bulk-action': () => [
      '/api/v1/search/tasks/bulk-action',
      { json: { action: 'priority_boost', search: 'nobody' } },
    ],
    'GET /api/v1/search/tasks/bulk-action/:operation_id': ({ operation }) => [
      `/api/v1/search/tasks/bulk-action/${operation}`,
    ],
    'GET /api/v1/alerts/history': () => ['/api/v1/alerts/history'],
    'POST /api/v1/alerts/:alert_id/acknowledge': ({ alert }) => [`/api/v1/alerts/${alert}/acknowledge`],
    'GET /api/v1/alerts/rules': () => ['/api/v1/alerts/rules'],
    'PATCH /api/v1/alerts/rules/:type': () => [
      '/api/v1/alerts/rules/WORKER_DOWN',
      { json: { threshold: 300 } },
    ],
    'GET /api/v1/resilience/degradation/status': () => ['/api/v1/resilience/degradation/status'],
    'POST /api/v1/resilience/degradation/clear': () => [
      '/api/v1/resilience/degradation/clear',
      { json: { service_name: 'events' } },
    ],
  },
  provocations: {
    'GET /api/v1/tasks/:task_id TASK_NOT_FOUND': ['/api/v1/tasks/abc-123'],
    'POST /api/v1/tasks/:task_id/cancel TASK_NOT_FOUND': ['/api/v1/tasks/abc-123/cancel'],
    'POST /api/v1/tasks/:task_id/replay TASK_NOT_FOUND': ['/api/v1/tasks/abc-123/replay'],
    'GET /api/v1/tasks/:task_id/timeline TASK_NOT_FOUND': ['/api/v1/tasks/abc-123/timeline'],
    'GET /api/v1/tasks/:task_id1/compare/:task_id2 TASK_NOT_FOUND': ['/api/v1/tasks/abc-123/compare/abc-124'],
    'GET /api/v1/workers/:worker_id/status WORKER_NOT_FOUND': ['/api/v1/workers/nobody/status'],
    'PATCH /api/v1/workers/:worker_id/pause WORKER_NOT_FOUND': ['/api/v1/workers/nobody/pause'],
    'PATCH /api/v1/workers/:worker_id/resume WORKER_NOT_FOUND': ['/api/v1/workers/nobody/resume'],
    'POST /api/v1/workers/:worker_id/drain WORKER_NOT_FOUND': ['/api/v1/workers/nobody/drain'],
    'PATCH /api/v1/workers/:worker_id/capacity WORKER_NOT_FOUND': [
      '/api/v1/workers/nobody/capacity',
      { json: { capacity: 10 } },
    ],
    'GET /api/v1/search/presets/:name 404': ['/api/v1/search/presets/nope'],
    'POST /api/v1/tasks 400': ['/api/v1/tasks', { json: {} }],
    'GET /api/v1/tasks 400': invalid('/api/v1/tasks?status=LOST'),
    'POST /api/v1/workers 400': invalid('/api/v1/workers'),
    'PATCH /api/v1/workers/:worker_id/capacity 400': [
      '/api/v1/workers/nobody/capacity',
      { json: { capacity: 101 } },
    ],
    'GET /api/v1/search/tasks 400': invalid('/api/v1/search/tasks?created_after=soon'),
    'GET /api/v1/search/tasks/export/csv 400': invalid('/api/v1/search/tasks/export/csv?priority=0'),
    'GET /api/v1/analytics/trends 400': invalid('/api/v1/analytics/trends?hours=0'),
    'POST /api/v1/resilience/degradation/mark 400': [
      '/api/v1/resilience/degradation/mark',
      { json: { service_name: 'database', strategy: 'pray' } },
    ],
  },
  bodies: {
    'POST /api/v1/tasks': SUBMIT,
    'PATCH /api/v1/workers/:worker_id/capacity': { capacity: 10 },
    'POST /api/v1/resilience/degradation/mark': { service_name: 'events', strategy: 'skip_enrichment' },
  },
  errorBody: (code) => ({
    detail: expect.stringMatching(/\w/),
    code: code ?? expect.stringMatching(/^[A-Z_]+$/),
    request_id: expect.stringMatching(/^req-[0-9a-f-]{36}$/),
    timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
  }),
})
