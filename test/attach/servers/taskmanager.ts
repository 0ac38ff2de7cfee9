import type { RequestListener } from 'node:http'
import { serveRoutes } from './route.ts'

const ID = '550e8400-e29b-41d4-a716-446655440000'
const lost = (id: string | undefined) => ({ status: 404, body: { detail: `Task ${id} not found` } })

/** What FastAPI, in which the original is written, answers to input that does not fit. */
const notAList = (field: string) => ({
  status: 422,
  body: { detail: [{ type: 'list_type', loc: ['body', field], msg: 'Input should be a valid list' }] },
})

/** The document's example, then what a task looks like before and when it goes wrong. */
const newTasks = (): Record<string, unknown>[] => [
  {
    task_id: ID,
    state: 'SUCCESS',
    progress: 1.0,
    result: {
      task_id: ID,
      input_url: 'https://example.com/input.jpg',
      output_url: 'https://s3.amazonaws.com/bucket/output.jpg',
      classification: { category: 'portrait', width: 1920, height: 1080, aspect_ratio: 1.78 },
    },
    error: null,
    submitted_at: '2025-01-15T10:30:00Z',
    started_at: '2025-01-15T10:30:05Z',
    completed_at: '2025-01-15T10:30:11Z',
    subtasks: [],
  },
  // Its keys in another order, its instants with an offset and microseconds, and nothing that is not there yet.
  {
    submitted_at: '2025-01-15T11:30:00.123456+01:00',
    state: 'RECEIVED',
    task_id: 'received',
  },
  {
    task_id: 'failed',
    state: 'FAILURE',
    progress: 0.4,
    result: null,
    error: 'CUDA out of memory',
    submitted_at: '2025-01-15T10:30:00Z',
    started_at: '2025-01-15T10:30:05Z',
    completed_at: '2025-01-15T10:30:11Z',
    subtasks: ['a', 'b'],
  },
  { task_id: 'late', state: 'TIMEOUT', submitted_at: '2025-01-15T10:30:00Z', error: 'waited for 30 s' },
  { task_id: 'revoked', state: 'REVOKED', submitted_at: '2025-01-15T10:30:00Z', result: null },
]

/** A server of the document taskmanager.md: its operations, its examples, and nothing besides. */
export function taskmanagerServer(): RequestListener {
  const tasks = newTasks()
  const find = (id: string | undefined) => tasks.find((task) => task['task_id'] === id)
  return serveRoutes(
    {
      'POST /api/v1/tasks': ({ body }) => {
        if (body.task_name !== 'image_super_resolution_pipeline')
          return { status: 400, body: { detail: `Invalid task name: task_name ${body.task_name}` } }
        if (!Array.isArray(body.args ?? [])) return notAList('args')
        const task = { task_id: 'submitted', state: 'PENDING', submitted_at: '2025-01-15T10:30:00Z' }
        tasks.push(task)
        return { status: 202, body: task }
      },
      'GET /api/v1/tasks/:task_id': ({ params: [id] }) => {
        const task = find(id)
        return task === undefined ? lost(id) : { status: 200, body: task }
      },
      'DELETE /api/v1/tasks/:task_id': ({ params: [id] }) => {
        const task = find(id)
        if (task === undefined) return lost(id)
        tasks.splice(tasks.indexOf(task), 1)
        return { status: 200, body: { status: 'success', message: `Task ${id} cleaned up` } }
      },
      'GET /health': () => ({
        status: 200,
        body: { status: 'healthy', service: 'task-manager-api', version: '0.1.0' },
      }),
    },
    { status: 404, body: { detail: 'Not Found' } },
  )
}
