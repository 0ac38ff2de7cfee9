import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'

/**
 * A server as `Turbine Dashboard API Documentation` describes it, written from that page alone: its printed
 * answers field for field. What the page leaves open is done as other systems do it: times with an offset or
 * microseconds, fields that have no value left out, keys in another order.
 */
export interface TurbineServer {
  readonly listener: RequestListener
  /** What it was asked to do, as `abc-123 terminated`. */
  readonly done: readonly string[]
  /** Tells every stream that is open an event. */
  tell(event: object, id?: string): void
  /** Resolves when so many streams have been opened. */
  untilOpened(streams: number): Promise<void>
  /** Breaks every stream off. */
  hangUp(): void
  /** `Last-Event-ID` of each stream that was opened. */
  readonly resumedFrom: readonly (string | undefined)[]
}

const SENT = {
  task_id: 'abc-123',
  task_name: 'send_email',
  state: 'success',
  queue: 'emails',
  args: ['user@example.com', 'Welcome!'],
  kwargs: { html: true, priority: 'high' },
  result: { message_id: 'msg-xyz', sent: true },
  error: null,
  traceback: null,
  retries: 0,
  max_retries: 3,
  created_at: '2024-01-09T12:00:00Z',
  started_at: '2024-01-09T12:00:05Z',
  finished_at: '2024-01-09T12:00:06Z',
  duration_ms: 1050,
  worker_id: 'worker-abc123',
}
/** With its keys the other way round, an offset, microseconds, and what it does not have left out. */
const RUNNING = {
  worker_id: 'worker-abc123',
  started_at: '2024-01-09T13:29:45.123456+01:00',
  created_at: '2024-01-09T13:29:40+01:00',
  max_retries: 3,
  retries: 2,
  kwargs: {},
  args: [12345678901234567890n],
  queue: 'emails',
  state: 'running',
  task_name: 'send_email',
  task_id: 'task-xyz',
}
const WAITING = {
  task_id: 'waits-1',
  task_name: 'send_email',
  state: 'pending',
  queue: 'default',
  args: [],
  kwargs: {},
  retries: 0,
  max_retries: 3,
  created_at: '2024-01-09T12:30:00.5Z',
}
const LETTERS = ['failed-123', 'failed-456'].map((task_id) => ({
  task_id,
  task_name: 'send_email',
  args: ['invalid@email'],
  kwargs: {},
  error: 'Invalid email address',
  traceback: 'Traceback...',
  retries: 3,
  failed_at: '2024-01-09T12:00:00Z',
  worker_id: 'worker-abc123',
}))
const WORKER = {
  id: 'worker-abc123',
  hostname: 'server-01',
  pid: 12345,
  status: 'active',
  queues: ['default', 'emails'],
  concurrency: 4,
  tasks_processed: 1240,
  started_at: '2024-01-09T10:00:00Z',
  last_heartbeat: '2024-01-09T12:30:00Z',
}
const QUEUES = [
  { name: 'default', pending: 45, processing: 12, consumers: 8, throughput: 15.3 },
  { name: 'emails', pending: 120, processing: 5, consumers: 3, throughput: 8.7 },
]

export function turbineServer(): TurbineServer {
  const tasks = new Map<string, { state: string; queue: string; created_at: string }>(
    [WAITING, RUNNING, SENT].map((task) => [task.task_id, { ...task }]),
  )
  let letters = LETTERS
  const done: string[] = []
  const resumedFrom: (string | undefined)[] = []
  const streams = new Set<ServerResponse>()
  let onOpen = () => {}

  function answer(method: string, url: URL, body: Record<string, unknown>): readonly [number, object] {
    const [, , kind, name = '', call] = url.pathname.split('/').map(decodeURIComponent)
    const query = url.searchParams
    switch (`${method} ${kind}/${name === '' ? '' : ':'}${call === undefined ? '' : `/${call}`}`) {
      case 'GET health/':
        return [200, { status: 'healthy', uptime_seconds: 3600, version: '0.1.0' }]
      case 'GET overview/':
        return [
          200,
          {
            tasks: { total_processed: 15420, pending: 45, running: 12, success: 14890, failed: 530 },
            queues: { total: 5, active: 4 },
            workers: { total: 8, active: 7, idle: 1 },
            throughput: { tasks_per_second: 15.3, tasks_per_minute: 918 },
          },
        ]
      case 'GET workers/':
        return [200, { workers: [{ ...WORKER, current_task: 'send_email[task-xyz]' }] }]
      case 'GET workers/:':
        if (name !== WORKER.id) return missing('WORKER', `Worker with ID '${name}' not found`)
        return [
          200,
          {
            ...WORKER,
            current_task: {
              task_id: 'task-xyz',
              task_name: 'send_email',
              started_at: '2024-01-09T12:29:45Z',
            },
            statistics: { success_count: 1200, failure_count: 40, avg_duration_ms: 523.5 },
          },
        ]
      case 'GET queues/':
        return [200, { queues: QUEUES }]
      case 'GET queues/:': {
        const queue = QUEUES.find((each) => each.name === name)
        if (queue === undefined) return missing('QUEUE', `Queue '${name}' not found`)
        return [
          200,
          {
            ...queue,
            completed_total: 14890,
            failed_total: 530,
            avg_wait_time_ms: 125.3,
            avg_processing_time_ms: 543.2,
          },
        ]
      }
      case 'POST queues/:/purge':
        done.push(`${name} purged`)
        return [200, { queue: name, purged: 45 }]
      case 'GET tasks/': {
        const matching = [...tasks.values()].filter(
          (task) =>
            (query.get('state') ?? task.state) === task.state &&
            (query.get('queue') ?? task.queue) === task.queue &&
            Date.parse(query.get('since') ?? task.created_at) <= Date.parse(task.created_at),
        )
        const [limit, offset] = [Number(query.get('limit') ?? 100), Number(query.get('offset') ?? 0)]
        const page = matching.slice(offset, offset + limit)
        return [200, { tasks: page.map(asItem), total: matching.length, limit, offset }]
      }
      case 'GET tasks/:':
        return tasks.has(name) ? [200, tasks.get(name)!] : missing('TASK', `Task with ID '${name}' not found`)
      case 'POST tasks/:/revoke': {
        const task = tasks.get(name)
        if (task === undefined) return missing('TASK', `Task with ID '${name}' not found`)
        if (task.state === 'success') return refused(400, 'INVALID_REQUEST', 'The task has ended already.')
        done.push(`${name} ${body['terminate'] === true ? 'terminated' : 'revoked'}`)
        tasks.set(name, { ...task, state: 'revoked' })
        return [200, { task_id: name, revoked: true, state: 'revoked' }]
      }
      case 'GET dlq/:':
        if (!QUEUES.some((queue) => queue.name === name)) return missing('QUEUE', `Queue '${name}' not found`)
        return [
          200,
          name === 'emails'
            ? { queue: name, total_failed: letters.length, tasks: letters }
            : { queue: name, total_failed: 0, tasks: [] },
        ]
      case 'POST dlq/:/reprocess': {
        const ids = (body['task_ids'] ?? letters.map(({ task_id }) => task_id)) as string[]
        if (ids.some((id) => letters.every(({ task_id }) => task_id !== id)))
          return missing('TASK', `Task with ID '${ids[0]}' not found`)
        letters = letters.filter(({ task_id }) => !ids.includes(task_id))
        return [
          200,
          {
            queue: name,
            reprocessed: ids.length,
            new_task_ids: ids.map((id) => id.replace('failed', 'new')),
          },
        ]
      }
      case 'POST dlq/:/purge': {
        const purged = letters.length
        letters = []
        return [200, { queue: name, purged }]
      }
      default:
        return missing('TASK', 'Not found')
    }
  }

  function openStream(request: IncomingMessage, response: ServerResponse): void {
    resumedFrom.push(request.headers['last-event-id'] as string | undefined)
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
    response.flushHeaders()
    streams.add(response)
    response.on('close', () => streams.delete(response))
    onOpen()
  }

  return {
    done,
    resumedFrom,
    tell(event, id) {
      const frame = `${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify(event)}\n\n`
      for (const stream of streams) stream.write(frame)
    },
    untilOpened(count) {
      return new Promise((resolve) => {
        onOpen = () => (resumedFrom.length >= count ? resolve() : undefined)
        onOpen()
      })
    },
    hangUp() {
      for (const stream of streams) stream.destroy()
    },
    listener(request, response) {
      const url = new URL(request.url ?? '/', 'http://localhost')
      if (url.pathname === '/api/events') return openStream(request, response)
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        const text = Buffer.concat(chunks).toString()
        const body = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>)
        const [status, told] = answer(request.method ?? 'GET', url, body)
        response.writeHead(status, { 'content-type': 'application/json' })
        response.end(asJson(told))
      })
    },
  }
}

function asItem(task: object): object {
  const { args: _args, kwargs: _kwargs, result: _result, ...item } = task as Record<string, unknown>
  const { error: _error, traceback: _traceback, max_retries: _most, ...listed } = item
  return listed
}

const refused = (status: number, code: string, message: string): readonly [number, object] => [
  status,
  { error: { code, message, details: {} } },
]
const missing = (what: string, message: string) => refused(404, `${what}_NOT_FOUND`, message)

/** Integers of any size. */
function asJson(value: object): string {
  const text = JSON.stringify(value, (_key, item: unknown) =>
    typeof item === 'bigint' ? `integer:${item}` : item,
  )
  return text.replace(/"integer:(\d+)"/g, '$1')
}
