import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AttachedBroker } from '../../src/server/attach/attach-options.ts'
import { attachAsynq } from '../../src/server/dialects/asynq/attach.ts'
import { asynq } from '../../src/server/dialects/asynq/serve.ts'
import type { JsonText } from '../../src/shared/domain/json.ts'
import { openServer } from '../dialects/open-server.ts'
import { FAR_AWAY, submitOne } from '../conformance/submit-one.ts'
import { describeMisbehaviours } from './describe-misbehaviours.ts'
import { listen, type LittleServer } from './listen.ts'
import { littleOptions } from './little-options.ts'
import { asynqServer, type AsynqServer } from './servers/asynq.ts'

const RUNNING = 'f47ac10b-58cc-4372-a567-0e02b2c3d479'
const at = (text: string) => Date.parse(text)
const text = (value: unknown) => JSON.stringify(value) as JsonText

describe('attached to an asynq of somebody else', () => {
  let asynqThere: AsynqServer
  let server: LittleServer
  let broker: AttachedBroker
  beforeEach(async () => {
    asynqThere = asynqServer()
    server = await listen(asynqThere.listener)
    broker = await attachAsynq(littleOptions(server.address))
  })
  afterEach(async () => {
    await broker[Symbol.asyncDispose]()
    await server[Symbol.asyncDispose]()
  })

  it('is told how it is, and that it cannot list tasks', async () => {
    expect(await broker.health()).toMatchObject({
      status: 'healthy',
      components: [{ name: 'store', isHealthy: true }],
    })
    expect(broker.capabilities.listTasks).toMatchObject({ available: false })
    await expect(broker.listTasks({})).rejects.toMatchObject({ code: 'NOT_SUPPORTED' })
    expect(broker.capabilities.events).toMatchObject({ available: false })
  })

  it('reads a task, in whichever queue it is', async () => {
    expect(await broker.getTask(RUNNING)).toMatchObject({
      id: RUNNING,
      name: 'demo',
      queue: 'default',
      state: 'running',
      maxRetries: 3,
      attempt: 1,
      error: null,
      runAt: at('2024-01-15T10:00:00Z'),
      progress: { fraction: 0.5, stage: 'processing', message: 'Processing data...', at: 1737884800000 },
    })
    expect(await broker.getTask('archived-1')).toMatchObject({
      queue: 'critical',
      state: 'failed',
      attempt: 4,
      error: { message: 'Connection timeout' },
      runAt: 0,
      progress: null,
    })
    expect(await broker.getTask('scheduled-1')).toMatchObject({
      state: 'scheduled',
      runAt: at('2024-01-15T10:00:00.123Z'),
    })
  })

  it('submits with everything that the document has a field for', async () => {
    const payload = '{"count":5,"message":"Hello","order":9007199254740993}'
    const receipts = await broker.submit([
      {
        name: 'demo',
        queue: 'critical',
        kwargs: payload as JsonText,
        maxRetries: 3,
        timeoutMs: 30_000,
        runAt: at('2024-01-15T10:00:00Z'),
        metadata: { user_id: '123' },
      },
    ])
    expect(receipts).toMatchObject([{ id: 'created-1', name: 'demo', queue: 'critical', state: 'scheduled' }])
    expect(asynqThere.created).toEqual([
      {
        type: 'demo',
        queue: 'critical',
        payload: JSON.parse(payload),
        max_retries: 3,
        timeout: '30000ms',
        process_at: '2024-01-15T10:00:00.000Z',
        metadata: { user_id: '123' },
      },
    ])
    await broker.submit([{ name: 'demo' }])
    expect(asynqThere.created[1]).toEqual({ type: 'demo', payload: {} })
  })

  it('is refused what it cannot submit, in the words of the domain', async () => {
    for (const [task, refusal] of [
      [{ name: 'nobody knows' }, { code: 'INVALID_TASK_TYPE' }],
      [
        { name: 'demo', timeoutMs: 7 },
        { code: 'INVALID_REQUEST', details: { path: 'timeoutMs' } },
      ],
      [{ name: 'demo', priority: 3 }, { code: 'NOT_SUPPORTED' }],
      [{ name: 'demo', args: text([1]) }, { code: 'NOT_SUPPORTED' }],
      [{ name: 'demo', unique: { key: 'mine', forMs: 1000 } }, { code: 'NOT_SUPPORTED' }],
    ] as const)
      await expect(broker.submit([task]), task.name).rejects.toMatchObject(refusal)
    expect(asynqThere.created).toEqual([])
  })

  it('cancels and deletes, and says when the server did not', async () => {
    expect(await broker.cancel('scheduled-1', { terminate: false })).toMatchObject({ state: 'failed' })
    await broker.deleteTask('archived-1')
    expect(asynqThere.done).toEqual(['cancelled scheduled-1', 'deleted archived-1'])
    await expect(broker.cancel(RUNNING, { terminate: true })).rejects.toThrow('Failed to cancel task')
    await expect(broker.cancel(RUNNING, { terminate: false })).rejects.toMatchObject({
      code: 'NOT_SUPPORTED',
    })
    await expect(broker.deleteTask(RUNNING)).rejects.toThrow('Failed to delete task')
    await expect(broker.getTask('archived-1')).rejects.toMatchObject({ code: 'TASK_NOT_FOUND' })
    await expect(broker.deleteTask('.')).rejects.toMatchObject({ code: 'TASK_NOT_FOUND' })
  })

  it('reads the history of progress, without an entry that only tells the end', async () => {
    expect(await broker.progressHistory(RUNNING, { limit: 10 })).toEqual([
      {
        streamId: '1737884800000-0',
        fraction: 0.1,
        stage: 'init',
        message: 'Starting...',
        at: 1737884800000,
        attempt: 1,
      },
    ])
    expect(await broker.progressHistory('scheduled-1', { limit: 10 })).toEqual([])
    await expect(broker.progressHistory('nope', { limit: 10 })).rejects.toMatchObject({
      code: 'TASK_NOT_FOUND',
    })
  })

  it('reads queues by state', async () => {
    expect(await broker.listQueues()).toMatchObject([
      {
        name: 'default',
        counts: { pending: 10, running: 2, scheduled: 5, retrying: 1, failed: 0, succeeded: 100 },
      },
      { name: 'critical', counts: { running: 1, succeeded: 50 } },
    ])
    expect(await broker.getQueue('critical')).toMatchObject({ name: 'critical' })
    await expect(broker.getQueue('nope')).rejects.toMatchObject({ code: 'QUEUE_NOT_FOUND' })
  })
})

describe('attached to an asynq of ours', () => {
  it('submits once what it says is the same, and is told the first one', async () => {
    await using server = await openServer({ dialects: [asynq] })
    await using broker = await attachAsynq({ ...littleOptions(server.url), limits: {} })
    const task = { name: 'sleep', kwargs: text({ b: 1, a: [2] }), runAt: FAR_AWAY }
    const key = 'asynq:default:sleep:6bfb0a8e'
    await expect(broker.submit([{ ...task, unique: { key, forMs: 60_000 } }])).rejects.toMatchObject({
      code: 'NOT_SUPPORTED',
    })
    const [local] = await server.broker.submit([{ name: 'sleep', runAt: FAR_AWAY }])
    await server.call('POST', '/api/v1/tasks', {
      json: { type: 'sleep', payload: { b: 1, a: [2] }, unique: '1m', process_at: '9000-01-01T00:00:00Z' },
    })
    const [first] = (await server.broker.listTasks({ limit: 1 })).tasks
    const unique = { key: first!.uniqueKey!, forMs: 60_000 }
    await expect(broker.submit([{ ...task, unique }])).rejects.toMatchObject({
      code: 'DUPLICATE_TASK',
      details: { uniqueKey: first!.uniqueKey, existingTaskId: first!.id },
    })
    await broker.deleteTask(first!.id)
    const again = await submitOne(broker, { ...task, unique })
    expect((await broker.listTasks({})).tasks.map(({ id }) => id)).toEqual([again.id, local!.id])
    expect((await server.broker.getTask(again.id)).uniqueKey).toBe(unique.key)
  })
})

describeMisbehaviours({
  name: 'asynq',
  honest: () => asynqServer().listener,
  attach: attachAsynq,
  calls: {
    getTask: (broker) => broker.getTask(RUNNING),
    getTaskElsewhere: (broker) => broker.getTask('archived-1'),
    submit: (broker) => broker.submit([{ name: 'demo' }]),
    cancel: (broker) => broker.cancel('scheduled-1', { terminate: false }),
    deleteTask: (broker) => broker.deleteTask('archived-1'),
    progressHistory: (broker) => broker.progressHistory(RUNNING, { limit: 10 }),
    listQueues: (broker) => broker.listQueues(),
  },
})
