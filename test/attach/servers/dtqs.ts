import type { RequestListener } from 'node:http'
import { type Answered, type Routes, serveRoutes } from './route.ts'

const ID = '550e8400-e29b-41d4-a716-446655440000'

/** As the document prints it. */
const refusal = (status: number, detail: string, code: string): Answered => ({
  status,
  body: { detail, code, request_id: 'req-uuid', timestamp: '2026-01-25T14:00:00Z' },
})
const TASK_LOST = refusal(404, 'Task not found', 'TASK_NOT_FOUND')
const WORKER_LOST = refusal(404, 'Worker not found', 'WORKER_NOT_FOUND')
const NOT_THERE: Answered = { status: 404, body: { detail: 'Not Found' } }

/** The document's example, then one of each other status. */
const newTasks = (): Record<string, unknown>[] => [
  {
    task_id: ID,
    task_name: 'process_payment',
    status: 'RUNNING',
    priority: 8,
    worker_id: 'worker-1',
    created_at: '2026-01-25T14:00:00Z',
    started_at: '2026-01-25T14:05:00Z',
    completed_at: null,
    retry_count: 0,
    max_retries: 3,
  },
  // Its keys in another order, its instants with an offset and microseconds, and nothing that is not there yet.
  {
    created_at: '2026-01-25T15:00:00.250125+01:00',
    priority: 5,
    status: 'PENDING',
    task_name: 'send_email',
    task_id: 'pending-task',
  },
  {
    task_id: 'task-uuid',
    task_name: 'process_data',
    status: 'COMPLETED',
    priority: 5,
    worker_id: 'worker-1',
    created_at: '2026-01-25T14:00:00Z',
    started_at: '2026-01-25T14:05:00Z',
    completed_at: '2026-01-25T14:10:00Z',
    retry_count: 2,
    max_retries: 3,
  },
  {
    task_id: 'failed-task',
    task_name: 'process_payment',
    status: 'FAILED',
    priority: 8,
    worker_id: 'worker-1',
    created_at: '2026-01-25T14:00:00Z',
    started_at: '2026-01-25T14:05:00Z',
    completed_at: '2026-01-25T14:10:00Z',
    retry_count: 3,
    max_retries: 3,
  },
]

const WORKER = {
  worker_id: 'worker-uuid',
  hostname: 'compute-1',
  status: 'ACTIVE',
  capacity: 5,
  current_load: 3,
  current_tasks: 3,
  last_heartbeat: '2026-01-25T14:15:00Z',
  is_draining: false,
}

/** A server of the document dtqs.md: its operations, its examples, and nothing besides. */
export function dtqsServer(): RequestListener {
  const tasks = newTasks()
  const worker: Record<string, unknown> = { ...WORKER }
  const find = (id: string | undefined) => tasks.find((task) => task['task_id'] === id)
  const steered = (id: string | undefined, status: string, word: string): Answered => {
    if (id !== WORKER.worker_id) return WORKER_LOST
    worker['status'] = status
    return { status: 200, body: { worker_id: id, status: word } }
  }
  const page = (
    query: URLSearchParams,
    matches: (task: Record<string, unknown>) => boolean,
    byDefault: number,
  ) => {
    const limit = Number(query.get('limit') ?? byDefault)
    const offset = Number(query.get('offset') ?? 0)
    const filters = ['status', 'priority', 'task_name', 'worker_id']
    const isAsked = (task: Record<string, unknown>) =>
      filters.every((name) => !query.has(name) || String(task[name]) === query.get(name))
    const found = tasks.filter((task) => isAsked(task) && matches(task))
    if (query.get('sort_order') !== 'asc') found.reverse()
    return { total: found.length, limit, offset, found: found.slice(offset, offset + limit) }
  }
  const routes: Routes = {
    'POST /api/v1/tasks': ({ body }) => {
      if (typeof body?.task_name !== 'string' || body.task_name === '')
        return refusal(400, 'Invalid parameters: task_name must not be empty', 'VALIDATION_ERROR')
      const task = {
        task_id: `task-${tasks.length + 1}`,
        task_name: body.task_name,
        status: 'PENDING',
        priority: body.priority ?? 5,
        created_at: '2026-01-25T14:00:00Z',
      }
      tasks.push(task)
      return { status: 201, body: task }
    },
    'GET /api/v1/tasks': ({ query }) => {
      const { found, ...rest } = page(query, () => true, 50)
      return { status: 200, body: { ...rest, tasks: found } }
    },
    // The section on pagination has it under another name.
    'GET /api/v1/search/tasks': ({ query }) => {
      const text = query.get('search') ?? ''
      const { found, ...rest } = page(query, (task) => String(task['task_name']).includes(text), 50)
      return { status: 200, body: { ...rest, data: found } }
    },
    'GET /api/v1/tasks/:task_id': ({ params: [id] }) => {
      const task = find(id)
      return task === undefined ? TASK_LOST : { status: 200, body: task }
    },
    'POST /api/v1/tasks/:task_id/cancel': ({ params: [id] }) => {
      const task = find(id)
      if (task === undefined) return TASK_LOST
      if (task['status'] !== 'PENDING' && task['status'] !== 'RUNNING')
        return refusal(409, 'Task has ended already', 'CONFLICT')
      task['status'] = 'CANCELLED'
      return {
        status: 200,
        body: { task_id: id, status: 'CANCELLED', message: 'Task cancelled successfully' },
      }
    },
    'POST /api/v1/tasks/:task_id/replay': ({ params: [id] }) => {
      if (find(id) === undefined) return TASK_LOST
      if (find(id)?.['status'] !== 'FAILED')
        return refusal(409, 'Only failed tasks can be replayed', 'CONFLICT')
      return { status: 200, body: { task_id: 'new-task-uuid', status: 'PENDING', original_task_id: id } }
    },
    'GET /api/v1/tasks/:task_id/timeline': ({ params: [id] }) => {
      if (find(id) === undefined) return TASK_LOST
      return {
        status: 200,
        body: {
          task_id: id,
          task_name: 'process_data',
          status: 'COMPLETED',
          created_at: '2026-01-25T14:00:00Z',
          started_at: '2026-01-25T14:05:00Z',
          completed_at: '2026-01-25T14:10:00Z',
          duration_seconds: 300,
          events: [
            {
              timestamp: '2026-01-25T14:05:00Z',
              event_type: 'started',
              details: { worker_id: 'worker-1' },
            },
          ],
        },
      }
    },
    'GET /api/v1/workers/:worker_id/status': ({ params: [id] }) =>
      id === WORKER.worker_id ? { status: 200, body: worker } : WORKER_LOST,
    'PATCH /api/v1/workers/:worker_id/pause': ({ params: [id] }) => steered(id, 'PAUSED', 'paused'),
    'PATCH /api/v1/workers/:worker_id/resume': ({ params: [id] }) => steered(id, 'ACTIVE', 'resumed'),
    'POST /api/v1/workers/:worker_id/drain': ({ params: [id] }) => steered(id, 'DRAINING', 'draining'),
    'PATCH /api/v1/workers/:worker_id/capacity': ({ params: [id], body }) => {
      if (id !== WORKER.worker_id) return WORKER_LOST
      if (!(body.capacity >= 1)) return refusal(400, 'capacity must be positive', 'VALIDATION_ERROR')
      worker['capacity'] = body.capacity
      return { status: 200, body: { worker_id: id, capacity: body.capacity } }
    },
    'GET /api/v1/dashboard/stats': () => ({
      status: 200,
      body: {
        queue_depth: 250,
        active_workers: 5,
        total_workers: 8,
        cpu_usage_percent: 45.2,
        memory_usage_percent: 62.1,
        total_tasks_submitted: 10000,
        tasks_completed: 9500,
        tasks_failed: 450,
      },
    }),
    'GET /api/v1/dashboard/workers': () => ({
      status: 200,
      body: {
        workers: [
          {
            worker_id: 'worker-1',
            hostname: 'compute-1',
            status: 'ACTIVE',
            uptime_seconds: 86400,
            task_rate: 45.2,
            error_rate: 2.1,
            capacity_utilization: 0.6,
          },
        ],
      },
    }),
    'GET /api/v1/alerts': () => ({
      status: 200,
      body: {
        alerts: [
          {
            alert_id: 'alert-uuid',
            type: 'HIGH_QUEUE_DEPTH',
            severity: 'WARNING',
            description: 'Queue depth exceeded 1000',
            created_at: '2026-01-25T14:00:00Z',
            acknowledged: false,
          },
          // The document leaves open which types and severities there are.
          {
            alert_id: 'alert-of-its-own',
            type: 'DISK_ALMOST_FULL',
            severity: 'EMERGENCY',
            description: '95 % of /var are used',
            created_at: '2026-01-25T13:00:00Z',
            acknowledged: false,
            value: -95,
            threshold: '90 %',
          },
        ],
      },
    }),
    'GET /api/v1/health': () => ({
      status: 200,
      body: {
        status: 'healthy',
        version: '1.0.0',
        checks: { database: 'healthy', redis: 'healthy', workers: 'healthy' },
      },
    }),
  }
  return serveRoutes(routes, NOT_THERE)
}
