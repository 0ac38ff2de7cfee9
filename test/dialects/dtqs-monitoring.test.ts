import { cpus } from 'node:os'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dtqs } from '../../src/server/dialects/dtqs/serve.ts'
import { toJsonText } from '../../src/shared/domain/json.ts'
import { untilFinal, untilTask } from '../support/until.ts'
import { expectRefusal, FAR_AWAY, INSTANT, submitOne } from './dtqs-answers.ts'
import { openServer, type TestServer } from './open-server.ts'

describe('the figures of dtqs', () => {
  let server: TestServer
  let failed: string
  let running: string

  beforeAll(async () => {
    server = await openServer({ dialects: [dtqs], threads: 2 })
    const { broker } = server
    const ended = [
      await submitOne(server, { name: 'sleep', kwargs: toJsonText({ ms: 1 }) }),
      await submitOne(server, { name: 'sleep', kwargs: toJsonText({ ms: 1 }) }),
      await submitOne(server, {
        name: 'fail',
        kwargs: toJsonText({ message: 'no such host 17' }),
        maxRetries: 0,
      }),
    ]
    failed = await submitOne(server, {
      name: 'fail',
      kwargs: toJsonText({ message: 'no such host 18' }),
      maxRetries: 0,
    })
    for (const id of [...ended, failed]) await untilFinal(broker, id)
    await broker.submit([{ name: 'elsewhere' }, { name: 'elsewhere' }, { name: 'later', runAt: FAR_AWAY }])
    running = await submitOne(server, { name: 'sleep', kwargs: toJsonText({ seconds: 600 }) })
    await untilTask(broker, running, ({ startedAt }) => startedAt !== null)
  })
  afterAll(() => server[Symbol.asyncDispose]())

  it('of the whole system are counted, and those of the machine measured', async () => {
    const { status, body } = await server.get('/api/v1/dashboard/stats')

    expect([status, body]).toEqual([
      200,
      {
        queue_depth: 2,
        active_workers: 1,
        total_workers: 1,
        cpu_usage_percent: expect.any(Number),
        memory_usage_percent: expect.any(Number),
        total_tasks_submitted: 8,
        tasks_completed: 2,
        tasks_failed: 2,
      },
    ])
    expect(body.memory_usage_percent).toBeGreaterThan(0)
    expect(body.memory_usage_percent).toBeLessThan(100)
  })

  it('of the processors go up while they are busy', async () => {
    const busy = Array.from({ length: cpus().length }, () => ({
      name: 'spin',
      kwargs: toJsonText({ ms: 60_000 }),
    }))
    await using spinning = await openServer({ dialects: [dtqs], taskFiles: SPIN, threads: cpus().length })
    const [first, ...others] = await spinning.broker.submit(busy)
    await untilTask(spinning.broker, first!.id, ({ startedAt }) => startedAt !== null)

    const { body } = await spinning.get('/api/v1/dashboard/stats')
    for (const { id } of [first!, ...others]) await spinning.broker.cancel(id, { terminate: true })

    expect(body.cpu_usage_percent).toBeGreaterThan(20)
    expect(body.cpu_usage_percent).toBeLessThanOrEqual(100)
  })

  it('of each worker stand in the grid', async () => {
    const { status, body } = await server.get('/api/v1/dashboard/workers')

    expect(status).toBe(200)
    expect(body.workers).toEqual([
      {
        worker_id: (await server.broker.listWorkers())[0]!.id,
        hostname: expect.stringMatching(/\w/),
        status: 'ACTIVE',
        uptime_seconds: expect.any(Number),
        task_rate: 4,
        error_rate: 2,
        capacity_utilization: 0.5,
      },
    ])
    expect(Number.isInteger(body.workers[0].uptime_seconds)).toBe(true)
    expect(body).toMatchObject({ total: 1, data: body.workers })
    expect((await server.get('/api/v1/dashboard/workers?offset=1')).body).toMatchObject({
      workers: [],
      total: 1,
    })
  })

  it('of the last hours have the documented fields, and a series', async () => {
    const { status, body } = await server.get('/api/v1/analytics/trends')

    expect(status).toBe(200)
    expect(body).toMatchObject({
      completion_rate: 50,
      submitted: 8,
      completed: 2,
      failed: 2,
      cancelled: 0,
      failure_patterns: [
        {
          error: expect.stringMatching(/Error: no such host 18/),
          count: 2,
          percentage: 100,
          latest_task_id: failed,
        },
      ],
    })
    expect(body.average_wait_time_seconds).toBeGreaterThanOrEqual(0)
    expect(body.peak_loads.length).toBeGreaterThanOrEqual(1)
    for (const time of body.peak_loads) expect(time).toMatch(/^([01]\d|2[0-3]):[03]0$/)
    const hours = (Date.parse(body.period_end) - Date.parse(body.period_start)) / 3_600_000
    expect(hours).toBeGreaterThanOrEqual(24)
    expect(hours).toBeLessThan(24.1)
    expect([24, 25, 26]).toContain(body.series.length)
    expect(body.series.reduce((sum: number, step: { submitted: number }) => sum + step.submitted, 0)).toBe(8)
    expect(body.series.every(({ timestamp }: { timestamp: string }) => INSTANT.test(timestamp))).toBe(true)
  })

  it('are taken together by the day when asked, and from as far back as asked', async () => {
    const { body } = await server.get('/api/v1/analytics/trends?hours=72&interval=daily')

    expect(body.submitted).toBe(8)
    expect([3, 4]).toContain(body.series.length)
    expect(
      body.series.every(({ timestamp }: { timestamp: string }) => timestamp.endsWith('T00:00:00.000Z')),
    ).toBe(true)
    for (const time of body.peak_loads) expect(time).toMatch(/:00$/)
  })

  it.each(['hours=0', 'hours=721', 'hours=-1', 'hours=day', 'interval=weekly', 'hours=1&hours=2'])(
    'are refused with %s',
    async (query) => {
      const answer = await server.get(`/api/v1/analytics/trends?${query}`)

      expectRefusal(answer, 400, 'INVALID_REQUEST')
      expect(answer.body.detail).toContain(`'${query.split('=')[0]}'`)
    },
  )

  it('are zero, and say so, while the store is taken as degraded with a default value', async () => {
    await server.broker.markDegraded({ component: 'database', strategy: 'default_value' })
    const answers = [
      await server.get('/api/v1/dashboard/stats'),
      await server.get('/api/v1/analytics/trends'),
      await server.get('/api/v1/search/presets/failed_today'),
    ]
    await server.broker.clearDegradation('database')

    expect(answers.map(({ headers }) => headers.get('x-answer-origin'))).toEqual(
      answers.map(() => 'default; component=database'),
    )
    expect(answers[0]!.body).toMatchObject({ queue_depth: 0, total_tasks_submitted: 0 })
    expect(answers[1]!.body).toMatchObject({
      completion_rate: 0,
      peak_loads: [],
      failure_patterns: [],
      series: [],
    })
    expect(answers[2]!.body).toMatchObject({ tasks: [], total: 0 })
  })
})

const SPIN = {
  'spin.ts': `
    export function spin({ kwargs }) {
      const end = Date.now() + kwargs.ms
      while (Date.now() < end);
    }`,
}
