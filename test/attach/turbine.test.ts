import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { EventsState } from '../../src/server/attach/attach-subscription.ts'
import type { AttachedBroker } from '../../src/server/attach/attach-options.ts'
import { attachTurbine } from '../../src/server/dialects/turbine/attach.ts'
import { describeMisbehaviours } from './describe-misbehaviours.ts'
import { describeStreamMisbehaviours } from './describe-stream-misbehaviours.ts'
import { listen, type LittleServer } from './listen.ts'
import { littleOptions } from './little-options.ts'
import { turbineServer, type TurbineServer } from './servers/turbine.ts'

const at = (text: string) => Date.parse(text)

describe('attached to a turbine of somebody else', () => {
  let turbine: TurbineServer
  let server: LittleServer
  let broker: AttachedBroker
  let states: EventsState['kind'][]
  beforeEach(async () => {
    states = []
    turbine = turbineServer()
    server = await listen(turbine.listener)
    broker = await attachTurbine({
      ...littleOptions(server.address),
      onEvents: ({ kind }) => states.push(kind),
    })
  })
  afterEach(async () => {
    await broker[Symbol.asyncDispose]()
    await server[Symbol.asyncDispose]()
  })

  it('is told how it is and what goes on', async () => {
    expect(broker.serverVersion).toBe('0.1.0')
    const { status, startedAt } = await broker.health()
    expect(status).toBe('healthy')
    expect(Math.abs(Date.now() - 3_600_000 - startedAt)).toBeLessThan(60_000)
    expect(await broker.overview()).toMatchObject({
      counts: { pending: 45, running: 12 },
      totals: { succeeded: 14890, failed: 530 },
      queues: { total: 5, active: 4 },
      workers: { total: 8, active: 7, idle: 1 },
      throughputPerSecond: 15.3,
    })
  })

  it('reads a task with its input and its result', async () => {
    const task = await broker.getTask('abc-123')
    expect(task).toMatchObject({
      id: 'abc-123',
      name: 'send_email',
      queue: 'emails',
      state: 'succeeded',
      args: '["user@example.com","Welcome!"]',
      kwargs: '{"html":true,"priority":"high"}',
      result: '{"message_id":"msg-xyz","sent":true}',
      error: null,
      attempt: 1,
      maxRetries: 3,
      workerId: 'worker-abc123',
      createdAt: at('2024-01-09T12:00:00Z'),
      startedAt: at('2024-01-09T12:00:05Z'),
      finishedAt: at('2024-01-09T12:00:06Z'),
    })
  })

  it('reads offsets, microseconds, large integers, and what is left out', async () => {
    expect(await broker.getTask('task-xyz')).toMatchObject({
      state: 'running',
      args: '[12345678901234567890]',
      attempt: 3,
      result: null,
      error: null,
      createdAt: at('2024-01-09T12:29:40Z'),
      startedAt: at('2024-01-09T12:29:45.123Z'),
      finishedAt: null,
    })
    expect(await broker.getTask('waits-1')).toMatchObject({ attempt: 0, startedAt: null, workerId: null })
  })

  it('lists and counts tasks, of one state, of several, and of all', async () => {
    const ids = async (query: Parameters<typeof broker.listTasks>[0]) =>
      (await broker.listTasks(query)).tasks.map(({ id }) => id)
    expect(await ids({})).toEqual(['waits-1', 'task-xyz', 'abc-123'])
    expect(await ids({ states: ['running', 'succeeded'] })).toEqual(['task-xyz', 'abc-123'])
    expect(await ids({ queue: 'emails', createdAfter: at('2024-01-09T12:10:00Z') })).toEqual(['task-xyz'])
    expect(await broker.countTasks({ states: ['running', 'succeeded'] })).toBe(2)

    const first = await broker.listTasks({ limit: 2 })
    const rest = await broker.listTasks({ limit: 2, cursor: first.next! })
    expect([first, rest].map(({ tasks }) => tasks.length)).toEqual([2, 1])
    expect(rest.next).toBeNull()
    await expect(broker.listTasks({ cursor: 'x' })).rejects.toMatchObject({ code: 'INVALID_REQUEST' })
    await expect(broker.listTasks({ order: 'oldest' })).rejects.toMatchObject({ code: 'NOT_SUPPORTED' })
    await expect(broker.listTasks({ isDeadLetter: true })).rejects.toMatchObject({ code: 'NOT_SUPPORTED' })
  })

  it('revokes a task, with force when asked, and not one that is over', async () => {
    expect(await broker.cancel('waits-1', { terminate: false })).toMatchObject({ state: 'cancelled' })
    expect(await broker.cancel('task-xyz', { terminate: true })).toMatchObject({ state: 'cancelled' })
    expect(turbine.done).toEqual(['waits-1 revoked', 'task-xyz terminated'])
    await expect(broker.cancel('abc-123', { terminate: true })).rejects.toMatchObject({
      code: 'INVALID_STATE',
      details: { taskId: 'abc-123' },
    })
  })

  it('reads queues with their dead letters, and purges one', async () => {
    const [first, second] = await broker.listQueues()
    expect(first).toMatchObject({ name: 'default', deadLetters: 0, throughputPerSecond: 15.3, consumers: 8 })
    expect(second).toMatchObject({
      name: 'emails',
      counts: { pending: 120, running: 5 },
      totals: { succeeded: 14890, failed: 530 },
      deadLetters: 2,
    })
    expect(await broker.purgeQueue('emails')).toBe(45)
    expect(turbine.done).toEqual(['emails purged'])
  })

  it('reads, reprocesses and purges dead letters', async () => {
    const query = { isDeadLetter: true, queue: 'emails' } as const
    const { tasks } = await broker.listTasks(query)
    expect(tasks[0]).toMatchObject({
      id: 'failed-123',
      queue: 'emails',
      state: 'failed',
      isDeadLetter: true,
      attempt: 4,
      error: { message: 'Invalid email address', traceback: 'Traceback...' },
      finishedAt: at('2024-01-09T12:00:00Z'),
    })
    const receipts = await broker.reprocessDeadLetters('emails', { taskIds: ['failed-456'] })
    expect(receipts).toMatchObject([{ id: 'new-456', queue: 'emails', isRepeat: false }])
    await expect(broker.reprocessDeadLetters('emails', { taskIds: ['nope'] })).rejects.toMatchObject({
      code: 'TASK_NOT_FOUND',
      details: { taskId: 'nope' },
    })
    expect(await broker.purgeDeadLetters('emails', 'all')).toBe(1)
    expect(await broker.countTasks(query)).toBe(0)
    expect((await broker.listTasks({ isDeadLetter: true, queue: 'nope' })).tasks).toEqual([])
  })

  it('reads workers with what they run and have done', async () => {
    expect(await broker.listWorkers()).toMatchObject([
      {
        id: 'worker-abc123',
        hostname: 'server-01',
        pid: 12345,
        status: 'active',
        queues: ['default', 'emails'],
        concurrency: 4,
        running: [{ taskId: 'task-xyz', name: 'send_email', queue: 'emails' }],
        succeeded: 1200,
        failed: 40,
        meanRunMs: 523.5,
        lastHeartbeatAt: at('2024-01-09T12:30:00Z'),
      },
    ])
  })

  it('names what is not there', async () => {
    for (const [call, code] of [
      [() => broker.getTask('nope'), 'TASK_NOT_FOUND'],
      [() => broker.getTask('..'), 'TASK_NOT_FOUND'],
      [() => broker.cancel('nope', { terminate: false }), 'TASK_NOT_FOUND'],
      [() => broker.getQueue('nope/../emails'), 'QUEUE_NOT_FOUND'],
      [() => broker.getWorker('nope'), 'WORKER_NOT_FOUND'],
      [() => broker.submit([{ name: 'send_email' }]), 'NOT_SUPPORTED'],
    ] as const)
      await expect(call()).rejects.toMatchObject({ code })
  })

  it('hears the documented events, and goes on after the last one when the stream breaks', async () => {
    const subscription = broker.subscribe({ filter: { queue: 'emails' } })
    const events = subscription[Symbol.asyncIterator]()
    await turbine.untilOpened(1)
    turbine.tell({
      type: 'task_started',
      task_id: 'one',
      task_name: 'send_email',
      queue: 'emails',
      worker_id: 'worker-abc123',
      timestamp: '2024-01-09T12:00:00Z',
    })
    expect((await events.next()).value).toMatchObject({
      missed: 0,
      events: [
        {
          type: 'task.started',
          taskId: 'one',
          queue: 'emails',
          workerId: 'worker-abc123',
          at: at('2024-01-09T12:00:00Z'),
          data: { name: 'send_email', state: 'running' },
        },
      ],
    })
    turbine.tell({ type: 'something_new', timestamp: '2024-01-09T12:00:00Z' })
    const completed = { task_name: 'send_email', state: 'success', duration_ms: 1050 }
    // Its end names no queue: one has been seen before, the other is asked for.
    for (const task_id of ['one', 'waits-1', 'abc-123'])
      turbine.tell({ type: 'task_completed', task_id, ...completed, timestamp: '2024-01-09T12:00:01Z' })
    const ends: unknown[] = []
    while (ends.length < 2) ends.push(...(await events.next()).value!.events)
    expect(ends).toMatchObject([
      { type: 'task.succeeded', taskId: 'one', queue: 'emails', data: { runMs: 1050 } },
      { type: 'task.succeeded', taskId: 'abc-123', queue: 'emails' },
    ])

    turbine.tell(
      {
        type: 'task_failed',
        task_id: 'one',
        task_name: 'send_email',
        error: 'Connection timeout',
        retries: 2,
        will_retry: true,
        timestamp: '2024-01-09T12:00:01Z',
      },
      '77',
    )
    expect((await events.next()).value!.events).toMatchObject([
      {
        seq: 77,
        type: 'task.retrying',
        data: { attempt: 3, error: { message: 'Connection timeout' }, state: 'retrying' },
      },
    ])
    const next = events.next()
    turbine.hangUp()
    await turbine.untilOpened(2)
    turbine.tell({
      type: 'task_failed',
      task_id: 'one',
      task_name: 'send_email',
      error: 'Connection timeout',
      retries: 3,
      will_retry: false,
      timestamp: '2024-01-09T12:00:02Z',
    })
    expect((await next).value!.events).toMatchObject([{ seq: 78, type: 'task.failed', data: { attempt: 4 } }])
    expect(turbine.resumedFrom).toEqual([undefined, '77'])
    expect(states).toEqual(['live', 'lost', 'live'])
    subscription.close()
    expect(await events.next()).toEqual({ done: true, value: undefined })
  })

  it('says that something may have been missed when a server whose events have no ids is lost', async () => {
    const subscription = broker.subscribe({})
    const events = subscription[Symbol.asyncIterator]()
    const connected = {
      type: 'worker_connected',
      worker_id: 'worker-abc123',
      hostname: 'server-01',
      queues: ['default', 'emails'],
      timestamp: '2024-01-09T12:00:00Z',
    }
    await turbine.untilOpened(1)
    turbine.tell(connected)
    expect((await events.next()).value!.events).toMatchObject([
      { type: 'worker.connected', data: { hostname: 'server-01', queues: ['default', 'emails'] } },
    ])
    const next = events.next()
    turbine.hangUp()
    expect((await next).value).toEqual({ events: [], missed: 1 })
    turbine.tell({
      type: 'worker_disconnected',
      worker_id: 'worker-abc123',
      reason: 'shutdown',
      timestamp: '2024-01-09T12:00:00Z',
    })
    expect((await events.next()).value!.events).toMatchObject([
      { type: 'worker.disconnected', workerId: 'worker-abc123', data: { reason: 'shutdown' } },
    ])
  })
})

describeMisbehaviours({
  name: 'turbine',
  honest: () => turbineServer().listener,
  attach: attachTurbine,
  calls: {
    getTask: (broker) => broker.getTask('abc-123'),
    listTasks: (broker) => broker.listTasks({ limit: 10 }),
    cancel: (broker) => broker.cancel('waits-1', { terminate: false }),
    listQueues: (broker) => broker.listQueues(),
    listWorkers: (broker) => broker.listWorkers(),
    purgeQueue: (broker) => broker.purgeQueue('emails'),
    reprocess: (broker) => broker.reprocessDeadLetters('emails', 'all'),
    overview: (broker) => broker.overview(),
  },
})
describeStreamMisbehaviours({
  name: 'turbine',
  honest: () => turbineServer().listener,
  attach: attachTurbine,
  path: '/api/events',
})
