import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dtqs } from '../../src/server/dialects/dtqs/serve.ts'
import { untilWorkflow } from '../conformance/until-workflow.ts'
import { expectRefusal, INSTANT, UUID } from './dtqs-answers.ts'
import { openServer, type TestServer } from './open-server.ts'

const nap = { task_name: 'sleep', task_kwargs: { ms: 1 } }

describe('workflows of dtqs', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await openServer({ dialects: [dtqs], threads: 3 })
  })
  afterAll(() => server[Symbol.asyncDispose]())

  const read = async (id: string) => (await server.get(`/api/v1/workflows/${id}`)).body

  it('are created with tasks that depend on each other, and run in that order', async () => {
    const { status, body } = await server.post('/api/v1/workflows', {
      workflow_name: 'report',
      tasks: [
        { name: 'fetch', ...nap, priority: 8, max_retries: 1, timeout_seconds: 60, queue_name: 'reports' },
        { name: 'left', ...nap },
        { name: 'right', ...nap, task_args: [1] },
        { name: 'join', ...nap },
      ],
      dependencies: { left: ['fetch'], right: ['fetch'], join: ['left', 'right'] },
    })

    expect([status, body]).toEqual([
      201,
      {
        workflow_id: expect.stringMatching(UUID),
        workflow_name: 'report',
        total_tasks: 4,
        task_ids: expect.arrayContaining([expect.stringMatching(UUID)]),
        task_ids_by_name: {
          fetch: body.task_ids[0],
          left: body.task_ids[1],
          right: body.task_ids[2],
          join: body.task_ids[3],
        },
        created_at: expect.stringMatching(INSTANT),
      },
    ])
    await untilWorkflow(server.broker, body.workflow_id)
    const done = await read(body.workflow_id)
    expect(done).toMatchObject({
      workflow_id: body.workflow_id,
      workflow_name: 'report',
      status: 'COMPLETED',
      total_tasks: 4,
      completed: 4,
      failed: 0,
      running: 0,
      pending: 0,
      cancelled: 0,
      progress_percent: 100,
      completed_at: expect.stringMatching(INSTANT),
      edges: [
        { from: 'fetch', to: 'left' },
        { from: 'fetch', to: 'right' },
        { from: 'left', to: 'join' },
        { from: 'right', to: 'join' },
      ],
    })
    expect(done.nodes.map(({ name, task_id: id }: never) => [name, id])).toEqual(
      Object.entries(body.task_ids_by_name),
    )
    expect(done.nodes[3]).toMatchObject({
      task_name: 'sleep',
      status: 'COMPLETED',
      waits_for: 0,
      retry_count: 0,
    })
    expect(await server.broker.getTask(body.task_ids[0])).toMatchObject({
      queue: 'reports',
      priority: 8,
      maxRetries: 1,
      timeoutMs: 60_000,
      workflowId: body.workflow_id,
    })
    expect((await server.get(`/api/v1/tasks/${body.task_ids[0]}`)).body.workflow_id).toBe(body.workflow_id)
  })

  it('tell how far they are, and what they wait for, and are cancelled', async () => {
    const { body } = await server.post('/api/v1/workflows', {
      workflow_name: 'long',
      tasks: [
        { name: 'first', ...nap },
        { name: 'second', task_name: 'sleep', task_kwargs: { seconds: 60 } },
        { name: 'third', ...nap },
        { name: 'fourth', ...nap },
      ],
      dependencies: { second: ['first'], third: ['second'], fourth: ['third'] },
    })
    await untilWorkflow(server.broker, body.workflow_id, ({ nodes }) => nodes[1]!.startedAt !== null)

    expect(await read(body.workflow_id)).toMatchObject({
      status: 'RUNNING',
      completed: 1,
      running: 1,
      pending: 2,
      progress_percent: 25,
      completed_at: null,
      nodes: [
        { name: 'first', status: 'COMPLETED' },
        { name: 'second', status: 'RUNNING', waits_for: 0 },
        { name: 'third', status: 'PENDING', waits_for: 1 },
        { name: 'fourth', status: 'PENDING', waits_for: 1 },
      ],
    })
    const cancelled = await server.post(`/api/v1/workflows/${body.workflow_id}/cancel`)
    expect([cancelled.status, cancelled.body]).toEqual([
      200,
      { workflow_id: body.workflow_id, status: 'CANCELLED', message: 'Workflow cancelled successfully' },
    ])
    expect(await read(body.workflow_id)).toMatchObject({
      status: 'CANCELLED',
      cancelled: 3,
      running: 0,
      pending: 0,
    })
    expectRefusal(await server.post(`/api/v1/workflows/${body.workflow_id}/cancel`), 409, 'INVALID_STATE')
  })

  it('fail with a task that fails, unless it is to be skipped', async () => {
    const failing = { name: 'broken', task_name: 'fail', max_retries: 0 }
    const create = async (tasks: object[]) =>
      (
        await server.post('/api/v1/workflows', {
          workflow_name: 'w',
          tasks,
          dependencies: { after: ['broken'] },
        })
      ).body.workflow_id
    const strict = await create([failing, { name: 'after', ...nap }])
    const lenient = await create([
      { ...failing, on_failure: 'skip' },
      { name: 'after', ...nap },
    ])
    await untilWorkflow(server.broker, strict)
    await untilWorkflow(server.broker, lenient)

    expect(await read(strict)).toMatchObject({ status: 'FAILED', failed: 1, cancelled: 1, completed: 0 })
    expect(await read(lenient)).toMatchObject({ status: 'COMPLETED', failed: 1, completed: 1 })
  })

  it('as a batch run side by side, up to a hundred tasks', async () => {
    const { status, body } = await server.post('/api/v1/workflows/batch', {
      tasks: Array.from({ length: 100 }, () => nap),
    })

    expect([status, body.workflow_name, body.total_tasks]).toEqual([201, 'batch', 100])
    expect(new Set(body.task_ids).size).toBe(100)
    expect((await untilWorkflow(server.broker, body.workflow_id)).state).toBe('succeeded')
    expect((await read(body.workflow_id)).edges).toEqual([])
    const tooMany = await server.post('/api/v1/workflows/batch', {
      tasks: Array.from({ length: 101 }, () => nap),
    })
    expectRefusal(tooMany, 400, 'INVALID_REQUEST')
    expect(tooMany.body.detail).toContain("'tasks'")
  })

  it('as a chain run one after the other', async () => {
    const { status, body } = await server.post('/api/v1/workflows/chain', {
      workflow_name: 'steps',
      tasks: [nap, { name: 'middle', ...nap }, nap],
    })

    expect([status, body.workflow_name, Object.keys(body.task_ids_by_name)]).toEqual([
      201,
      'steps',
      ['task-1', 'middle', 'task-3'],
    ])
    const { nodes } = await untilWorkflow(server.broker, body.workflow_id)
    expect((await read(body.workflow_id)).edges).toEqual([
      { from: 'task-1', to: 'middle' },
      { from: 'middle', to: 'task-3' },
    ])
    expect(nodes[1]!.startedAt).toBeGreaterThanOrEqual(nodes[0]!.finishedAt!)
    expect(nodes[2]!.startedAt).toBeGreaterThanOrEqual(nodes[1]!.finishedAt!)
  })

  it.each([
    ['workflow_name', { tasks: [nap] }],
    ['workflow_name', { workflow_name: '', tasks: [nap] }],
    ['tasks', { workflow_name: 'w' }],
    ['tasks', { workflow_name: 'w', tasks: [] }],
    ['tasks', { workflow_name: 'w', tasks: {} }],
    ['tasks[0].task_name', { workflow_name: 'w', tasks: [{ name: 'a' }] }],
    ['tasks[1].priority', { workflow_name: 'w', tasks: [nap, { ...nap, priority: 0 }] }],
    [
      'tasks[1].name',
      {
        workflow_name: 'w',
        tasks: [
          { name: 'a', ...nap },
          { name: 'a', ...nap },
        ],
      },
    ],
    ['tasks[0].on_failure', { workflow_name: 'w', tasks: [{ ...nap, on_failure: 'ignore' }] }],
    ['dependencies', { workflow_name: 'w', tasks: [nap], dependencies: [] }],
    ['dependencies.a', { workflow_name: 'w', tasks: [{ name: 'a', ...nap }], dependencies: { a: 'b' } }],
    ['dependencies.a', { workflow_name: 'w', tasks: [{ name: 'a', ...nap }], dependencies: { a: ['b'] } }],
    ['dependencies.b', { workflow_name: 'w', tasks: [{ name: 'a', ...nap }], dependencies: { b: ['a'] } }],
    ['dependencies.a', { workflow_name: 'w', tasks: [{ name: 'a', ...nap }], dependencies: { a: ['a'] } }],
  ])('are refused with a wrong %s (%j), and nothing is submitted', async (field, body) => {
    const before = await server.broker.countTasks({})

    const answer = await server.post('/api/v1/workflows', body)

    expectRefusal(answer, 400, 'INVALID_REQUEST')
    expect(answer.body.detail).toContain(`'${field}'`)
    expect(await server.broker.countTasks({})).toBe(before)
  })

  it('are refused with a cycle, told task by task', async () => {
    const answer = await server.post('/api/v1/workflows', {
      workflow_name: 'w',
      tasks: ['a', 'b', 'c'].map((name) => ({ name, ...nap })),
      dependencies: { b: ['a'], c: ['b'], a: ['c'] },
    })

    expectRefusal(answer, 400, 'INVALID_REQUEST')
    expect(answer.body.detail).toMatch(/closes a cycle: (a → b → c → a|b → c → a → b|c → a → b → c)/)
  })

  it('are listed, newest first, by status and a page at a time', async () => {
    await using other = await openServer({ dialects: [dtqs] })
    const ids: string[] = []
    for (let count = 0; count < 5; count += 1) {
      const tasks = [{ task_name: 'elsewhere' }]
      ids.push(
        (await other.post('/api/v1/workflows/batch', { workflow_name: `w${count}`, tasks })).body.workflow_id,
      )
    }
    await other.post(`/api/v1/workflows/${ids[0]}/cancel`)
    const listed = async (query: string) => {
      const { body } = await other.get(`/api/v1/workflows?${query}`)
      expect(body.data).toEqual(body.workflows)
      return [body.total, body.workflows.map(({ workflow_id: id }: { workflow_id: string }) => id)]
    }

    expect(await listed('')).toEqual([5, ids.toReversed()])
    expect(await listed('limit=2&offset=1')).toEqual([5, [ids[3], ids[2]]])
    expect(await listed('status=CANCELLED')).toEqual([1, [ids[0]]])
    expect(await listed('status=RUNNING&limit=3&offset=3')).toEqual([4, [ids[1]]])
    expect(await listed('status=FAILED')).toEqual([0, []])
    expectRefusal(await other.get('/api/v1/workflows?status=LOST'), 400, 'INVALID_REQUEST')
    expect((await other.get('/api/v1/workflows?limit=1')).body.workflows[0]).toMatchObject({
      workflow_name: 'w4',
      status: 'RUNNING',
      total_tasks: 1,
      progress_percent: 0,
    })
  })

  it('are 404 when they are not there', async () => {
    expectRefusal(await server.get('/api/v1/workflows/nope'), 404, 'WORKFLOW_NOT_FOUND')
    expectRefusal(await server.post('/api/v1/workflows/nope/cancel'), 404, 'WORKFLOW_NOT_FOUND')
  })
})
