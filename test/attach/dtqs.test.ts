import { describe, expect, it } from 'vitest'
import { attachDtqs } from '../../src/server/dialects/dtqs/attach.ts'
import { dtqs } from '../../src/server/dialects/dtqs/serve.ts'
import { COMPONENTS } from '../../src/shared/domain/resilience.ts'
import { expectRefusal } from '../conformance/expect-refusal.ts'
import { FAR_AWAY, json } from '../conformance/submit-one.ts'
import { openServer } from '../dialects/open-server.ts'
import { attachTo, attachToAddress } from './attach-to.ts'
import { describeMisbehaviours } from './describe-misbehaviours.ts'
import { dtqsServer } from './servers/dtqs.ts'

const ID = '550e8400-e29b-41d4-a716-446655440000'
const open = () => attachTo(dtqsServer(), attachDtqs)

describe('attached to a server written from dtqs.md', () => {
  it('reads the task of its example in the words of the domain', async () => {
    await using fixture = await open()
    expect(await fixture.broker.getTask(ID)).toMatchObject({
      id: ID,
      name: 'process_payment',
      state: 'running',
      priority: 8,
      workerId: 'worker-1',
      attempt: 1,
      maxRetries: 3,
      createdAt: Date.UTC(2026, 0, 25, 14),
      startedAt: Date.UTC(2026, 0, 25, 14, 5),
      finishedAt: null,
      result: null,
      error: null,
    })
    expect(await fixture.broker.getTask('pending-task')).toMatchObject({
      state: 'pending',
      attempt: 0,
      workerId: null,
      createdAt: Date.UTC(2026, 0, 25, 14, 0, 0, 250),
    })
    for (const id of ['nope', '..', '', 'a/b?c'])
      expect(await expectRefusal(fixture.broker.getTask(id), 'TASK_NOT_FOUND')).toEqual({ taskId: id })
  })

  it('says what it does not tell: the document shows neither input nor result', async () => {
    await using fixture = await open()
    const { untold } = fixture.broker.coverage
    expect(untold.task).toEqual(expect.arrayContaining(['queue', 'args', 'kwargs', 'result', 'error']))
    expect(untold.task).not.toContain('workerId')
    expect(untold.worker).toEqual(expect.arrayContaining(['concurrency', 'running']))
    for (const name of ['workflows', 'bulk', 'trends', 'resilience', 'alertHistory', 'alertRules'] as const)
      expect(fixture.broker.capabilities[name]).toMatchObject({ available: false })
  })

  it('submits, and says which field was refused', async () => {
    await using fixture = await open()
    const { broker } = fixture
    const [receipt] = await broker.submit([
      {
        name: 'process_payment',
        args: json([1234]),
        kwargs: json({ currency: 'USD', amount: 99.99 }),
        priority: 8,
        queue: 'payments',
        maxRetries: 3,
        timeoutMs: 300_000,
        runAt: Date.UTC(2026, 0, 25, 14, 30),
      },
    ])
    expect(receipt).toMatchObject({ id: 'task-5', name: 'process_payment', queue: 'payments', priority: 8 })
    expect(JSON.parse(fixture.bodies[0]!)).toEqual({
      task_name: 'process_payment',
      task_args: [1234],
      task_kwargs: { currency: 'USD', amount: 99.99 },
      priority: 8,
      queue_name: 'payments',
      max_retries: 3,
      timeout_seconds: 300,
      scheduled_at: '2026-01-25T14:30:00.000Z',
    })
    expect(await expectRefusal(broker.submit([{ name: '' }]), 'INVALID_REQUEST')).toEqual({ path: 'name' })
    expect(await expectRefusal(broker.submit([{ name: 'a', timeoutMs: 1500 }]), 'INVALID_REQUEST')).toEqual({
      path: 'timeoutMs',
    })
    await expectRefusal(broker.submit([{ name: 'a', metadata: { team: 'x' } }]), 'NOT_SUPPORTED')
  })

  it('lists, sorts, searches and counts, whichever name its page goes by', async () => {
    await using fixture = await open()
    const { broker } = fixture
    const ids = async (query: Parameters<typeof broker.listTasks>[0]) =>
      (await broker.listTasks(query)).tasks.map(({ id }) => id)
    expect(await ids({})).toEqual(['failed-task', 'task-uuid', 'pending-task', ID])
    expect(await ids({ order: 'oldest', limit: 2 })).toEqual([ID, 'pending-task'])
    expect(await ids({ text: 'pay' })).toEqual(['failed-task', ID])
    expect(await ids({ text: 'pay', order: 'oldest' })).toEqual([ID, 'failed-task'])
    expect(await ids({ name: 'send_email', states: ['pending', 'scheduled', 'retrying', 'paused'] })).toEqual(
      ['pending-task'],
    )
    expect(await broker.countTasks({ minPriority: 8, maxPriority: 8 })).toBe(2)
    expect(await ids({ sort: { by: 'priority', isDescending: false } })).toHaveLength(4)
    expect(fixture.requests.at(-1)).toBe(
      'GET /api/v1/tasks?sort_by=priority&sort_order=asc&limit=100&offset=0',
    )
    const pages: string[][] = []
    let cursor: string | undefined
    do {
      const page = await broker.listTasks({ limit: 3, cursor })
      pages.push(page.tasks.map(({ id }) => id))
      cursor = page.next ?? undefined
    } while (cursor !== undefined)
    expect(pages).toEqual([['failed-task', 'task-uuid', 'pending-task'], [ID]])
    for (const query of [
      { minPriority: 3 },
      { text: 'a', queue: 'b' },
      { text: 'a', sort: { by: 'priority', isDescending: true } },
      { states: ['failed'] },
      { isDeadLetter: true },
    ] as const)
      await expectRefusal(broker.listTasks(query), 'NOT_SUPPORTED')
  })

  it('cancels and runs again; a refusal names the state', async () => {
    await using fixture = await open()
    const { broker } = fixture
    expect(await broker.cancel(ID, { terminate: true })).toMatchObject({ id: ID, state: 'cancelled' })
    expect(await expectRefusal(broker.cancel('task-uuid', { terminate: false }), 'INVALID_STATE')).toEqual({
      taskId: 'task-uuid',
      state: 'succeeded',
      wanted: 'cancelled',
    })
    expect(await broker.replay('failed-task', {})).toMatchObject({
      id: 'new-task-uuid',
      name: 'process_payment',
      state: 'pending',
      priority: 8,
    })
    await expectRefusal(broker.replay('pending-task', {}), 'INVALID_STATE')
    await expectRefusal(broker.replay('failed-task', { priority: 1 }), 'NOT_SUPPORTED')
  })

  it('tells the attempt of its example from its start to the end of its task', async () => {
    await using fixture = await open()
    expect(await fixture.broker.attempts('task-uuid')).toMatchObject([
      {
        attempt: 1,
        workerId: 'worker-1',
        startedAt: Date.UTC(2026, 0, 25, 14, 5),
        finishedAt: Date.UTC(2026, 0, 25, 14, 10),
        outcome: 'succeeded',
        error: null,
      },
    ])
  })

  it('steers workers', async () => {
    await using fixture = await open()
    const { broker } = fixture
    expect(await broker.listWorkers()).toMatchObject([
      { id: 'worker-1', hostname: 'compute-1', status: 'active' },
    ])
    const id = 'worker-uuid'
    expect(await broker.getWorker(id)).toMatchObject({
      concurrency: 5,
      status: 'active',
      lastHeartbeatAt: Date.UTC(2026, 0, 25, 14, 15),
    })
    expect((await broker.setWorkerPaused(id, true)).status).toBe('paused')
    expect((await broker.setWorkerPaused(id, false)).status).toBe('active')
    expect((await broker.drainWorker(id)).status).toBe('draining')
    expect((await broker.resizeWorker(id, 10)).concurrency).toBe(10)
    expect(await expectRefusal(broker.resizeWorker(id, 0), 'INVALID_REQUEST')).toEqual({
      path: 'concurrency',
    })
    await expectRefusal(broker.getWorker('nope'), 'WORKER_NOT_FOUND')
    await expectRefusal(broker.removeWorker(id), 'NOT_SUPPORTED')
  })

  it('tells figures and what is wrong', async () => {
    await using fixture = await open()
    const { broker } = fixture
    expect(await broker.overview()).toMatchObject({
      counts: { pending: 1, running: 1, succeeded: 1, failed: 1, cancelled: 0 },
      totals: { submitted: 10_000, succeeded: 9500, failed: 450 },
      workers: { total: 1, active: 1, idle: 0 },
    })
    expect(await broker.listAlerts({})).toMatchObject([
      {
        id: 'alert-uuid',
        type: 'HIGH_QUEUE_DEPTH',
        severity: 'warning',
        message: 'Queue depth exceeded 1000',
        state: 'active',
        value: null,
        threshold: null,
        raisedAt: Date.UTC(2026, 0, 25, 14),
      },
      {
        id: 'alert-of-its-own',
        type: 'OTHER',
        severity: 'warning',
        message: 'DISK_ALMOST_FULL: 95 % of /var are used',
        value: null,
        threshold: null,
      },
    ])
    expect(await broker.listAlerts({ state: 'acknowledged' })).toEqual([])
    await expectRefusal(broker.acknowledgeAlert('alert-uuid'), 'NOT_SUPPORTED')
    expect(await broker.health()).toMatchObject({ status: 'healthy' })
  })

  it('reads the rules that there are here, and leaves out others', async () => {
    const rule = { severity: 'WARNING', enabled: true, threshold: 90, minimum_count: 0, cooldown_seconds: 60 }
    const answers: Readonly<Record<string, object>> = {
      '/api/v1/health': {
        status: 'healthy',
        version: '1.0.0',
        checks: Object.fromEntries(COMPONENTS.map((name) => [name, 'healthy'])),
      },
      '/api/v1/alerts/rules': {
        rules: [
          { type: 'DISK_ALMOST_FULL', ...rule },
          { type: 'WORKER_DOWN', ...rule },
          { type: 'NO_NUMBERS_AT_ALL' },
        ],
      },
    }
    await using fixture = await attachTo(
      (request, response) =>
        response
          .writeHead(200, { 'content-type': 'application/json' })
          .end(JSON.stringify(answers[request.url ?? ''])),
      attachDtqs,
    )
    expect(await fixture.broker.alertRules()).toMatchObject([{ type: 'WORKER_DOWN', threshold: 90_000 }])
  })

  it('hears how long to wait when it has asked too much', async () => {
    await using fixture = await attachTo((request, response) => {
      if (request.url === '/api/v1/health') return dtqsServer()(request, response)
      response.writeHead(429, { 'content-type': 'application/json', 'retry-after': '17' })
      return response.end('{"detail":"Too Many Requests","code":"RATE_LIMITED"}')
    }, attachDtqs)
    expect(await expectRefusal(fixture.broker.getTask(ID), 'RATE_LIMITED')).toEqual({ retryAfterMs: 17_000 })
  })
})

describe('bulk actions through dtqs', () => {
  it('do to what matches what was asked, and tell how it went, as long as they were begun here', async () => {
    await using server = await openServer({ dialects: [dtqs] })
    await using broker = await attachToAddress(server.url, attachDtqs)
    const later = { name: 'elsewhere', runAt: FAR_AWAY }
    await server.broker.submit([later, { ...later, queue: 'q' }, { ...later, queue: 'q' }])
    const raised = await broker.startBulk({ action: 'priority', query: { queue: 'q' }, priority: 9 })
    expect(raised).toMatchObject({ action: 'priority', priority: 9, state: 'done', matched: 2, done: 2 })
    expect((await broker.listTasks({ queue: 'q' })).tasks.map(({ priority }) => priority)).toEqual([9, 9])
    const cancelled = await broker.startBulk({ action: 'cancel', query: {} })
    expect(cancelled).toMatchObject({ state: 'done', matched: 3, done: 3, skipped: 0, query: {} })
    const again = await broker.startBulk({ action: 'cancel', query: { states: ['cancelled'] } })
    expect(again).toMatchObject({ matched: 3, done: 0, skipped: 3, reasons: { INVALID_STATE: 3 } })
    expect((await broker.listOperations()).map(({ id }) => id)).toEqual([again.id, cancelled.id, raised.id])
    expect(await broker.getOperation(raised.id)).toMatchObject({ id: raised.id, matched: 2, done: 2 })
    await expectRefusal(broker.getOperation('nope'), 'OPERATION_NOT_FOUND')
    await expectRefusal(broker.startBulk({ action: 'delete', query: {} }), 'NOT_SUPPORTED')
    await expectRefusal(
      broker.startBulk({ action: 'cancel', query: { isDeadLetter: true } }),
      'NOT_SUPPORTED',
    )
    await expectRefusal(broker.startBulk({ action: 'priority', query: {} }), 'INVALID_REQUEST')
    await expectRefusal(broker.startBulk({ action: 'cancel', query: { states: [] } }), 'INVALID_REQUEST')
    await expectRefusal(broker.cancelOperation(raised.id), 'NOT_SUPPORTED')
  })
})

// A few calls at a time: they are made side by side, within a short limit.
describeMisbehaviours({
  name: 'dtqs, asked for tasks',
  honest: dtqsServer,
  attach: attachDtqs,
  calls: {
    submit: (broker) => broker.submit([{ name: 'a' }]),
    getTask: (broker) => broker.getTask(ID),
    listTasks: (broker) => broker.listTasks({ text: 'a' }),
    replay: (broker) => broker.replay('failed-task', {}),
    attempts: (broker) => broker.attempts('task-uuid'),
  },
})

describeMisbehaviours({
  name: 'dtqs, asked for the rest',
  honest: dtqsServer,
  attach: attachDtqs,
  calls: {
    cancel: (broker) => broker.cancel('pending-task', { terminate: true }),
    listWorkers: (broker) => broker.listWorkers(),
    setWorkerPaused: (broker) => broker.setWorkerPaused('worker-uuid', true),
    listAlerts: (broker) => broker.listAlerts({}),
    health: (broker) => broker.health(),
  },
})
