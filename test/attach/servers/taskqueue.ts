import type { RequestListener } from 'node:http'
import { type Answered, serveRoutes } from './route.ts'

const TASK_LOST = { status: 404, body: { detail: 'Task not found' } }
const WORKER_LOST = { status: 404, body: { detail: 'Worker not found' } }
const CANNOT_PAUSE = 'Task not found or cannot be paused (must be in PENDING, SCHEDULED, or RUNNING state)'
const CANNOT_RESUME = 'Task not found or cannot be resumed (must be in PAUSED state)'
const NOW = '2023-09-28T15:30:00'

/** The document's example, then one of each other status, as a server in Python writes them. */
const newTasks = (): Record<string, unknown>[] => [
  {
    id: 1,
    name: 'example_task',
    payload: { key: 'value' },
    priority: 2,
    scheduled_at: '2023-10-01T10:00:00',
    status: 'scheduled',
    created_at: NOW,
    updated_at: NOW,
    started_at: null,
    completed_at: null,
    worker_id: null,
    result: null,
    error: null,
  },
  // Its keys in another order, its instants to the microsecond, and nothing of what it does not have.
  {
    status: 'running',
    payload: {},
    id: 2,
    worker_id: 1,
    name: 'running_task',
    created_at: '2023-09-28T15:30:00.123456',
    started_at: '2023-09-28T15:31:00.654321',
    updated_at: '2023-09-28T15:31:00.654321',
    priority: 4,
  },
  {
    id: 3,
    name: 'done_task',
    payload: { order: 7, note: 'ü' },
    priority: 1,
    scheduled_at: null,
    status: 'completed',
    created_at: NOW,
    updated_at: '2023-09-28T15:33:00',
    started_at: '2023-09-28T15:32:00',
    completed_at: '2023-09-28T15:33:00+00:00',
    worker_id: 1,
    result: { rows: 12 },
    error: null,
  },
  {
    id: 4,
    name: 'failed_task',
    payload: { key: 'value' },
    priority: 3,
    scheduled_at: null,
    status: 'failed',
    created_at: NOW,
    updated_at: NOW,
    started_at: NOW,
    completed_at: NOW,
    worker_id: 1,
    result: null,
    error: 'division by zero',
  },
  {
    id: 5,
    name: 'waiting_task',
    payload: { key: 'value' },
    priority: 2,
    scheduled_at: null,
    status: 'pending',
    created_at: NOW,
    updated_at: NOW,
    started_at: null,
    completed_at: null,
    worker_id: null,
    result: null,
    error: null,
  },
]

/** A server of the document taskqueue.md: its operations, its examples, and nothing besides. */
export function taskqueueServer(): RequestListener {
  const tasks = newTasks()
  const find = (id: string | undefined) => tasks.find((task) => task['id'] === Number(id))
  const change = (id: string | undefined, fields: Record<string, unknown>): Answered => {
    const task = find(id)
    if (task === undefined) return TASK_LOST
    Object.assign(task, fields)
    return { status: 200, body: task }
  }
  return serveRoutes(
    {
      'POST /api/tasks/': ({ body }) => {
        if (typeof body?.name !== 'string' || body.name === '')
          return {
            status: 422,
            body: {
              detail: [{ type: 'string_too_short', loc: ['body', 'name'], msg: 'should not be empty' }],
            },
          }
        const scheduled_at = body.scheduled_at ?? null
        const task = {
          id: tasks.length + 1,
          name: body.name,
          payload: body.payload,
          priority: body.priority ?? 2,
          scheduled_at,
          status: scheduled_at === null ? 'pending' : 'scheduled',
          created_at: NOW,
          updated_at: NOW,
          started_at: null,
          completed_at: null,
          worker_id: null,
          result: null,
          error: null,
        }
        tasks.push(task)
        return { status: 201, body: task }
      },
      'GET /api/tasks/': ({ query }) => {
        const skip = Number(query.get('skip') ?? 0)
        const limit = Number(query.get('limit') ?? 100)
        const status = query.get('status')
        const found = tasks.filter((task) => status === null || task['status'] === status)
        return { status: 200, body: found.slice(skip, skip + limit) }
      },
      'GET /api/tasks/:task_id': ({ params: [id] }) => {
        const task = find(id)
        return task === undefined ? TASK_LOST : { status: 200, body: task }
      },
      'PUT /api/tasks/:task_id': ({ params: [id], body }) => change(id, body),
      'DELETE /api/tasks/:task_id': ({ params: [id] }) => {
        const task = find(id)
        if (task === undefined) return TASK_LOST
        tasks.splice(tasks.indexOf(task), 1)
        return { status: 204 }
      },
      'PATCH /api/tasks/:task_id/pause': ({ params: [id] }) =>
        ['pending', 'scheduled', 'running'].includes(String(find(id)?.['status']))
          ? change(id, { status: 'paused' })
          : { status: 404, body: { detail: CANNOT_PAUSE } },
      'PATCH /api/tasks/:task_id/resume': ({ params: [id] }) =>
        find(id)?.['status'] === 'paused'
          ? change(id, { status: 'pending' })
          : { status: 404, body: { detail: CANNOT_RESUME } },
      'GET /api/workers/:worker_id': ({ params: [id] }) =>
        id === '1'
          ? {
              status: 200,
              body: {
                id: 1,
                name: 'worker-1',
                status: 'active',
                last_heartbeat: NOW,
                created_at: NOW,
                updated_at: NOW,
              },
            }
          : WORKER_LOST,
    },
    // FastAPI's own words for an address, or a method, that it does not have.
    { status: 405, body: { detail: 'Method Not Allowed' } },
  )
}
