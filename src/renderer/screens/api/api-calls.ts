/** The wire formats that a listener can speak, in the order in which they are shown. */
export const DIALECTS = ['turbine', 'asynq', 'dtqs', 'taskmanager', 'taskqueue'] as const
export type DialectName = (typeof DIALECTS)[number]

/** One call to show. */
export interface ApiCall {
  readonly title: string
  readonly method: 'GET' | 'POST'
  /** `{id}` stands for a task's id, `{number}` for its number. */
  readonly path: string
  /** Sent as JSON. */
  readonly body?: Readonly<Record<string, unknown>> | undefined
  /** The answer goes on for as long as there is something to tell. */
  readonly isStream?: boolean
}

interface DialectInfo {
  readonly about: string
  readonly calls: readonly ApiCall[]
}

const INPUT = { message: 'Hello', count: 3 }

/** What each dialect is for, and its main calls. Every one of them is run by test/docs/api-examples.test.ts. */
export const DIALECT_INFO: Readonly<Record<DialectName, DialectInfo>> = {
  turbine: {
    about: 'For watching and steering: numbers, workers, queues, dead letters, metrics, live events.',
    calls: [
      { title: 'The numbers at a glance', method: 'GET', path: '/api/overview' },
      { title: 'The newest tasks', method: 'GET', path: '/api/tasks?limit=10' },
      { title: 'One task', method: 'GET', path: '/api/tasks/{id}' },
      { title: 'Everything that happens', method: 'GET', path: '/api/events', isStream: true },
    ],
  },
  asynq: {
    about: 'For submitting typed tasks, uniqueness, and following the progress of one.',
    calls: [
      {
        title: 'Submit a task',
        method: 'POST',
        path: '/api/v1/tasks',
        body: { type: 'demo', payload: INPUT, queue: 'default' },
      },
      { title: 'One task', method: 'GET', path: '/api/v1/tasks/{id}' },
      {
        title: 'Its progress, from the start',
        method: 'GET',
        path: '/api/v1/tasks/{id}/progress/stream?history=true',
        isStream: true,
      },
      { title: 'The queues', method: 'GET', path: '/api/v1/queues/stats' },
    ],
  },
  dtqs: {
    about: 'For submitting with arguments, searching, exporting, and working through many tasks at once.',
    calls: [
      {
        title: 'Submit a task',
        method: 'POST',
        path: '/api/v1/tasks',
        body: { task_name: 'demo', task_kwargs: INPUT, queue_name: 'default', priority: 8 },
      },
      { title: 'One task', method: 'GET', path: '/api/v1/tasks/{id}' },
      { title: 'What failed', method: 'GET', path: '/api/v1/search/tasks?status=FAILED&limit=10' },
    ],
  },
  taskmanager: {
    about: 'For submitting and waiting for the result in one call.',
    calls: [
      {
        title: 'Submit a task and wait for its result',
        method: 'POST',
        path: '/api/v1/tasks',
        body: { task_name: 'demo', kwargs: INPUT, sync: true },
      },
      { title: 'One task', method: 'GET', path: '/api/v1/tasks/{id}' },
      { title: 'Whether it is well', method: 'GET', path: '/health' },
    ],
  },
  taskqueue: {
    about: 'For tasks with numbers as ids, and for workers in other languages.',
    calls: [
      {
        title: 'Submit a task',
        method: 'POST',
        path: '/api/tasks/',
        body: { name: 'demo', payload: INPUT, priority: 3 },
      },
      { title: 'One task', method: 'GET', path: '/api/tasks/{number}' },
      { title: 'Ten tasks', method: 'GET', path: '/api/tasks/?limit=10' },
      { title: 'The workers', method: 'GET', path: '/api/workers/' },
    ],
  },
}
