import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toJsonText } from '../../src/shared/domain/json.ts'
import { movableClock } from '../support/movable-clock.ts'
import { untilFinal, untilTask } from '../support/until.ts'
import { openServer, type TestServer, VERSION } from './open-server.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

type BusyServer = TestServer & { readonly runningId: string }

/** Two successes and a failure in `mail`, one task running there, one waiting in the paused `held`. */
async function busyServer(): Promise<BusyServer> {
  const server = await openServer()
  const { broker } = server
  const done = await broker.submit([
    { name: 'sleep', queue: 'mail', kwargs: toJsonText({ ms: 5 }) },
    { name: 'sleep', queue: 'mail', kwargs: toJsonText({ ms: 5 }) },
    { name: 'fail', queue: 'mail', maxRetries: 0 },
    { name: 'sleep', queue: 'held', kwargs: toJsonText({ ms: 1 }) },
  ])
  for (const { id } of done) await untilFinal(broker, id)
  await broker.setQueuePaused('held', true)
  const [running] = await broker.submit([
    { name: 'sleep', queue: 'mail', kwargs: toJsonText({ seconds: 600 }) },
    { name: 'sleep', queue: 'held' },
  ])
  await untilTask(broker, running!.id, ({ startedAt }) => startedAt !== null)
  return { ...server, runningId: running!.id }
}

/** For tests that only look; those that change something have one of their own. */
let server: BusyServer
beforeAll(async () => {
  server = await busyServer()
})
afterAll(() => server[Symbol.asyncDispose]())

describe('health and overview of turbine', () => {
  it('tell the version and the time since the start', async () => {
    await using server = await openServer()

    const { body } = await server.get('/api/health')

    expect(body).toEqual({ status: 'healthy', uptime_seconds: expect.any(Number), version: VERSION })
  })

  it('count what happened and what is going on', async () => {
    const { body } = await server.get('/api/overview')

    expect(body).toEqual({
      tasks: { total_processed: 4, pending: 1, running: 1, success: 3, failed: 1 },
      queues: { total: 2, active: 2 },
      workers: { total: 1, active: 1, idle: 0 },
      throughput: { tasks_per_second: expect.any(Number), tasks_per_minute: expect.any(Number) },
    })
    expect(body.throughput.tasks_per_minute).toBeCloseTo(body.throughput.tasks_per_second * 60, -1)
  })
})

describe('workers of turbine', () => {
  it('show their task as text in the list, and as an object in the detail', async () => {
    const list = await server.get('/api/workers')
    const [worker] = list.body.workers
    const detail = await server.get(`/api/workers/${worker.id}`)

    expect(worker).toMatchObject({
      status: 'active',
      queues: ['held', 'mail'],
      concurrency: 2,
      tasks_processed: 4,
      current_task: `sleep[${server.runningId}]`,
    })
    expect(detail.body).toMatchObject({
      id: worker.id,
      current_task: { task_id: server.runningId, task_name: 'sleep', started_at: expect.any(String) },
      statistics: { success_count: 3, failure_count: 1, avg_duration_ms: expect.any(Number) },
    })
  })

  it.each([
    ['active', 1],
    ['idle', 0],
    ['offline', 0],
  ])('are listed by status: %s', async (status, count) => {
    expect((await server.get(`/api/workers?status=${status}`)).body.workers).toHaveLength(count)
  })

  it('read idle while they are paused and run nothing, for the document knows no other word', async () => {
    await using server = await openServer()
    const [worker] = await server.broker.listWorkers()
    await server.broker.setWorkerPaused(worker!.id, true)

    expect((await server.get('/api/workers')).body.workers[0]).toMatchObject({
      status: 'idle',
      current_task: null,
    })
  })
})

describe('queues of turbine', () => {
  it('show what waits, what runs and what was done', async () => {
    const list = await server.get('/api/queues')
    const detail = await server.get('/api/queues/mail')

    expect(list.body.queues).toEqual([
      {
        name: 'held',
        pending: 1,
        processing: 0,
        consumers: expect.any(Number),
        throughput: expect.any(Number),
      },
      { name: 'mail', pending: 0, processing: 1, consumers: 2, throughput: expect.any(Number) },
    ])
    expect(detail.body).toMatchObject({ name: 'mail', processing: 1, completed_total: 2, failed_total: 1 })
    expect(detail.body.avg_processing_time_ms).toBeGreaterThan(0)
  })

  it.each([
    ['1h', undefined],
    ['24h', 24],
    ['7d', undefined],
    ['30d', undefined],
  ])('have statistics of %s', async (period, steps) => {
    const { body } = await server.get(`/api/queues/mail/stats?period=${period}`)

    expect(body).toMatchObject({
      name: 'mail',
      period,
      state_distribution: { success: 2, failed: 1, retry: 0, revoked: 0 },
    })
    if (steps !== undefined) expect(body.throughput_timeline.length).toBeGreaterThanOrEqual(steps)
    const rates = body.throughput_timeline.map((step: { tasks_per_minute: number }) => step.tasks_per_minute)
    expect(Math.max(...rates)).toBeGreaterThan(0)
    expect(body.throughput_timeline[0].timestamp).toMatch(/^\d{4}-\d\d-\d\dT/)
  })

  it('have statistics of a day when no period is named', async () => {
    expect((await server.get('/api/queues/mail/stats')).body.period).toBe('24h')
  })

  it.each([
    ['1h', 30, 2],
    ['24h', 24, 60],
    ['7d', 28, 6 * 60],
    ['30d', 30, 24 * 60],
  ])('tell %s in %i steps of %i minutes each, up to now', async (period, steps, minutes) => {
    const { body } = await server.get(`/api/queues/mail/stats?period=${period}`)
    const instants = (body.throughput_timeline as { timestamp: string }[]).map(({ timestamp }) =>
      Date.parse(timestamp),
    )

    expect(instants).toEqual(instants.map((_, index) => instants[0]! + index * minutes * 60_000))
    expect(instants).toHaveLength(steps)
    expect(Date.now() - instants.at(-1)!).toBeLessThan((minutes + 1) * 60_000)
  })

  it('count by period what happened within it, whether its tasks are still there or not', async () => {
    const clock = movableClock()
    await using server = await openServer({ clock })
    const [task] = await server.broker.submit([
      { name: 'sleep', queue: 'mail', kwargs: toJsonText({ ms: 1 }) },
    ])
    await untilFinal(server.broker, task!.id)
    await server.broker.deleteTask(task!.id)
    const counted = async () => {
      const answers = await Promise.all(
        ['1h', '24h', '7d', '30d'].map((period) => server.get(`/api/queues/mail/stats?period=${period}`)),
      )
      return answers.map(({ body }) => body.state_distribution.success as number)
    }

    expect(await counted()).toEqual([1, 1, 1, 1])
    clock.advance(2 * HOUR_MS)
    expect(await counted()).toEqual([0, 1, 1, 1])
    clock.advance(2 * DAY_MS)
    expect(await counted()).toEqual([0, 0, 1, 1])
    clock.advance(10 * DAY_MS)
    expect(await counted()).toEqual([0, 0, 0, 1])
    clock.advance(30 * DAY_MS)
    expect(await counted()).toEqual([0, 0, 0, 0])
  })

  it('are purged of what waits, and keep their history', async () => {
    await using server = await busyServer()

    expect((await server.post('/api/queues/held/purge')).body).toEqual({ queue: 'held', purged: 1 })

    expect((await server.get('/api/tasks?queue=held')).body.tasks).toMatchObject([{ state: 'success' }])
    expect((await server.post('/api/queues/mail/purge')).body).toEqual({ queue: 'mail', purged: 0 })
    expect((await server.get(`/api/tasks/${server.runningId}`)).body.state).toBe('running')
  })
})
