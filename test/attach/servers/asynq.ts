import type { RequestListener, ServerResponse } from 'node:http'

/**
 * A server as the `API Reference` of asynq describes it, written from that page alone: its printed answers
 * field for field. What the page leaves open is done as other systems do it: a task is found in the queue that
 * is named, `default` unless one is; an instant that there is not is the first of all.
 */
export interface AsynqServer {
  readonly listener: RequestListener
  /** The bodies of the tasks that were created. */
  readonly created: readonly Readonly<Record<string, unknown>>[]
  /** What else was done, as `cancelled xyz`. */
  readonly done: readonly string[]
}

const RUNNING = 'f47ac10b-58cc-4372-a567-0e02b2c3d479'
const CANCELLABLE = ['pending', 'scheduled']

export function asynqServer(): AsynqServer {
  const tasks = new Map<string, Readonly<Record<string, unknown>> & { queue: string; state: string }>(
    [
      {
        id: RUNNING,
        queue: 'default',
        type: 'demo',
        state: 'active',
        max_retry: 3,
        retried: 0,
        last_err: '',
        next_process_at: '2024-01-15T10:00:00Z',
      },
      {
        next_process_at: '0001-01-01T00:00:00Z',
        last_err: 'Connection timeout',
        retried: 3,
        max_retry: 3,
        state: 'archived',
        type: 'demo',
        queue: 'critical',
        id: 'archived-1',
      },
      {
        id: 'scheduled-1',
        queue: 'default',
        type: 'demo',
        state: 'scheduled',
        max_retry: 3,
        retried: 0,
        last_err: '',
        next_process_at: '2024-01-15T11:00:00.123456+01:00',
      },
    ].map((task) => [task.id, task]),
  )
  const created: Record<string, unknown>[] = []
  const done: string[] = []

  function answer(method: string, url: URL, body: Record<string, unknown>): readonly [number, unknown] {
    const [, , , kind, id = '', ...call] = url.pathname.split('/').map(decodeURIComponent)
    if (url.pathname === '/health')
      return [200, { status: 'healthy', timestamp: '2026-01-29T12:00:00Z', services: { redis: 'healthy' } }]
    if (kind === 'queues' && method === 'GET') {
      const queue = url.searchParams.get('queue')
      return [200, QUEUES.filter((each) => queue === null || each.queue === queue)]
    }
    const found = tasks.get(id)
    const isHere = found?.queue === (url.searchParams.get('queue') ?? 'default')
    switch (`${method} ${kind}${id === '' ? '' : '/:'}${call.map((part) => `/${part}`).join('')}`) {
      case 'POST tasks': {
        if (body['type'] !== 'demo') return refused(400, 'INVALID_TASK_TYPE', 'Unknown task type')
        if (body['timeout'] === '7ms') return refused(400, 'INVALID_TIMEOUT', 'Invalid timeout format')
        if (body['unique'] !== undefined && created.some(({ unique }) => unique !== undefined))
          return refused(409, 'DUPLICATE_TASK', 'Task already exists')
        created.push(body)
        const state = body['process_at'] === undefined ? 'pending' : 'scheduled'
        return [
          201,
          { task_id: `created-${created.length}`, queue: body['queue'] ?? 'default', status: state },
        ]
      }
      case 'GET tasks/:':
        return isHere ? [200, found] : refused(404, 'TASK_NOT_FOUND', 'Task not found')
      case 'POST tasks/:/cancel':
        if (found === undefined || !CANCELLABLE.includes(found.state))
          return refused(500, 'CANCEL_FAILED', 'Failed to cancel task')
        done.push(`cancelled ${id}`)
        tasks.set(id, { ...found, state: 'archived' })
        return [200, { message: 'task cancelled' }]
      case 'DELETE tasks/:':
        if (!isHere || found.state === 'active') return refused(500, 'DELETE_FAILED', 'Failed to delete task')
        done.push(`deleted ${id}`)
        tasks.delete(id)
        return [200, { message: 'task deleted' }]
      case 'GET tasks/:/progress':
        return id === RUNNING
          ? [
              200,
              {
                progress: {
                  task_id: id,
                  percentage: 50,
                  stage: 'processing',
                  message: 'Processing data...',
                  timestamp_ms: 1737884800000,
                },
                is_final: false,
                stream_id: '1737884800000-0',
              },
            ]
          : refused(404, 'PROGRESS_NOT_FOUND', 'No progress found for this task')
      case 'GET tasks/:/progress/history':
        return [200, { task_id: id, count: id === RUNNING ? 2 : 0, history: id === RUNNING ? HISTORY : [] }]
      default:
        return [404, { message: 'Cannot route that' }]
    }
  }

  return {
    created,
    done,
    listener(request, response) {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        const text = Buffer.concat(chunks).toString()
        const body = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>)
        send(response, answer(request.method ?? 'GET', new URL(request.url ?? '/', 'http://localhost'), body))
      })
    },
  }
}

function send(response: ServerResponse, [status, body]: readonly [number, unknown]): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body))
}

const refused = (status: number, code: string, error: string): readonly [number, unknown] => [
  status,
  { error, code },
]

const QUEUES = [
  { queue: 'default', pending: 10, active: 2, scheduled: 5, retry: 1, archived: 0, completed: 100 },
  { queue: 'critical', pending: 0, active: 1, scheduled: 0, retry: 0, archived: 0, completed: 50 },
]

const HISTORY = [
  {
    stream_id: '1737884800000-0',
    progress: { percentage: 10, stage: 'init', message: 'Starting...' },
    is_final: false,
  },
  {
    stream_id: '1737884810000-0',
    progress: { percentage: 100, stage: 'completed', message: 'Done' },
    is_final: true,
    status: 'completed',
  },
]
