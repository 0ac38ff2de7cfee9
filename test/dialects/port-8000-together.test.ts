import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dtqs } from '../../src/server/dialects/dtqs/serve.ts'
import { taskmanager } from '../../src/server/dialects/taskmanager/serve.ts'
import type { Task } from '../../src/shared/domain/task.ts'
import { untilFinal } from '../support/until.ts'
import { PORT_8000 } from './documented/port-8000.ts'
import { openServer, serveBroker, type TestServer } from './open-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await openServer({
    dialects: PORT_8000,
    taskFiles: {
      'tasks.ts': `
        export const echo = ({ args, kwargs }) => ({ args, kwargs })
        export const fail_once = () => { throw new Error('declined') }`,
    },
  })
})
afterAll(() => server[Symbol.asyncDispose]())

const submit = (json: object) => server.post('/api/v1/tasks', json)
const stored = (id: string): Promise<Task> => server.broker.getTask(id)

describe('POST /api/v1/tasks on the port of both', () => {
  it.each([
    { task_args: [1] },
    { task_kwargs: { a: 1 } },
    { queue_name: 'payments' },
    { max_retries: 1 },
    { timeout_seconds: 60 },
    { scheduled_at: '2099-01-25T14:30:00Z' },
    {},
    { priority: 8 },
  ])('is of dtqs with %j: 201, and it waits as long as it must', async (fields) => {
    const { status, body } = await submit({ task_name: 'echo', ...fields })

    expect(status).toBe(201)
    expect(await stored(body.task_id)).toMatchObject({ name: 'echo', queueTimeoutMs: null })
  })

  it.each([{ args: [1] }, { kwargs: { a: 1 } }, { sync: false }])(
    'is of taskmanager with %j: 202, and it waits 30 s',
    async (fields) => {
      const { status, body } = await submit({ task_name: 'echo', ...fields })

      expect(status).toBe(202)
      expect(await stored(body.task_id)).toMatchObject({ name: 'echo', queueTimeoutMs: 30_000 })
    },
  )

  it.each([
    [{ task_args: [], args: [] }, ["'task_args'", "'args'"]],
    [{ queue_name: 'q', max_retries: 0, sync: true }, ["'queue_name', 'max_retries'", "'sync'"]],
    [{ scheduled_at: null, kwargs: null }, ["'scheduled_at'", "'kwargs'"]],
  ])('refuses the mixture %j, naming the fields that clash, and makes no task', async (fields, named) => {
    const before = await server.broker.countTasks({})

    const { status, body } = await submit({ task_name: 'echo', ...fields })

    expect([status, body.code]).toEqual([400, 'INVALID_REQUEST'])
    for (const words of named) expect(body.detail).toContain(words)
    expect(await server.broker.countTasks({})).toBe(before)
  })

  it.each([
    { task_name: 'echo', priority: 3 },
    { task_name: 'echo', priority: 3, args: [] },
  ])('answers with the fields of both to %j', async (json) => {
    const { body } = await submit(json)

    expect(body).toMatchObject({
      task_id: expect.any(String),
      task_name: 'echo',
      status: 'PENDING',
      priority: 3,
      created_at: expect.any(String),
      state: 'PENDING',
      submitted_at: body.created_at,
    })
  })

  it('answers a sync submit with the whole task in the words of both', async () => {
    const { status, body } = await submit({ task_name: 'echo', args: [7], sync: true })

    expect(status).toBe(200)
    expect(body).toMatchObject({
      status: 'COMPLETED',
      state: 'SUCCESS',
      progress: 1,
      result: { args: [7], kwargs: {} },
      retry_count: 0,
      subtasks: [],
    })
  })

  it('takes a name that nobody knows from dtqs, and refuses it from taskmanager', async () => {
    expect((await submit({ task_name: 'nobody', task_args: [] })).status).toBe(201)
    const refused = await submit({ task_name: 'nobody', args: [] })

    expect([refused.status, refused.body]).toEqual([
      400,
      {
        detail: expect.stringContaining("Unknown task type 'nobody'"),
        code: 'INVALID_REQUEST',
        request_id: expect.any(String),
        timestamp: expect.any(String),
      },
    ])
  })
})

describe('GET /api/v1/tasks/{task_id} on the port of both', () => {
  it.each(['echo', 'fail_once'])('has what each of them says alone, of %s', async (name) => {
    const { body } = await submit({ task_name: name, max_retries: 0 })
    await untilFinal(server.broker, body.task_id)
    await using aloneDtqs = await serveBroker(server.broker, { dialects: [dtqs] })
    await using aloneTaskmanager = await serveBroker(server.broker, { dialects: [taskmanager] })
    const path = `/api/v1/tasks/${body.task_id}`

    const together = (await server.get(path)).body
    const ofDtqs = (await aloneDtqs.get(path)).body
    const ofTaskmanager = (await aloneTaskmanager.get(path)).body

    expect(together).toEqual({ ...ofDtqs, ...ofTaskmanager })
    expect(together).toEqual({ ...ofTaskmanager, ...ofDtqs })
    expect(Object.keys(ofDtqs)).toEqual(expect.arrayContaining(['status', 'created_at', 'worker_id']))
    expect(Object.keys(ofTaskmanager)).toEqual(expect.arrayContaining(['state', 'submitted_at', 'subtasks']))
  })

  it('refuses with the fields of both', async () => {
    const { status, body } = await server.get('/api/v1/tasks/abc')

    expect([status, body]).toEqual([
      404,
      {
        detail: expect.stringContaining('abc'),
        code: 'TASK_NOT_FOUND',
        request_id: expect.any(String),
        timestamp: expect.any(String),
      },
    ])
  })

  it('knows the methods of both', async () => {
    const { status, headers } = await server.call('PATCH', '/api/v1/tasks/abc')

    expect([status, headers.get('allow')?.split(', ').toSorted()]).toEqual([405, ['DELETE', 'GET', 'HEAD']])
  })
})

describe('the documentation of the port', () => {
  it('describes every operation of all three, and what two share once, for both', async () => {
    const { paths } = (await server.get('/openapi.json')).body
    const listed = Object.entries<Record<string, { summary: string }>>(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { summary }]) => ({
        operation: `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`,
        summary,
      })),
    )
    const served = new Set(PORT_8000.flatMap(({ operations }) => operations))

    expect(listed.map(({ operation }) => operation).toSorted()).toEqual([...served].toSorted())
    expect(listed.filter(({ operation, summary }) => summary === operation)).toEqual([])

    const { tags, requestBody, responses } = paths['/api/v1/tasks'].post
    expect(tags).toEqual([expect.stringMatching(/^dtqs: /), expect.stringMatching(/^taskmanager: /)])
    const [one, other] = requestBody.content['application/json'].schema.anyOf
    expect(Object.keys(one.properties)).toContain('task_args')
    expect(Object.keys(other.properties)).toContain('sync')
    expect(Object.keys(responses)).toEqual(expect.arrayContaining(['200', '201', '202', '400']))
  })

  it.each(['/docs', '/redoc'])('is at %s', async (path) => {
    const { status, headers } = await server.get(path)

    expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
  })
})

describe('a dialect alone on its port', () => {
  it('takes a bare name in its own way, and reads its own fields only', async () => {
    await using alone = await serveBroker(server.broker, { dialects: [taskmanager] })

    const { status, body } = await alone.post('/api/v1/tasks', { task_name: 'echo', task_args: [1] })

    expect([status, Object.keys(body)]).toEqual([202, ['task_id', 'state', 'submitted_at']])
    expect(await stored(body.task_id)).toMatchObject({ args: '[]' })
  })
})
