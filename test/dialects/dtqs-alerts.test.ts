import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dtqs } from '../../src/server/dialects/dtqs/serve.ts'
import { expectRefusal, INSTANT, UUID } from './dtqs-answers.ts'
import { openServer, type TestServer } from './open-server.ts'

describe('alerts of dtqs', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await openServer({ dialects: [dtqs] })
    await server.broker.submit(Array.from({ length: 4 }, () => ({ name: 'elsewhere', queue: 'deep' })))
  })
  afterAll(() => server[Symbol.asyncDispose]())

  const setRule = (type: string, json: unknown) =>
    server.call('PATCH', `/api/v1/alerts/rules/${type}`, { json })

  it('are none while nothing is wrong', async () => {
    const { status, body } = await server.get('/api/v1/alerts')

    expect([status, body]).toEqual([200, { total: 0, limit: 50, offset: 0, alerts: [], data: [] }])
  })

  it('are raised past a threshold, acknowledged, cleared, and kept', async () => {
    const rule = await setRule('HIGH_QUEUE_DEPTH', { threshold: 3, cooldown_seconds: 0 })
    expect([rule.status, rule.body]).toEqual([
      200,
      {
        type: 'HIGH_QUEUE_DEPTH',
        severity: 'WARNING',
        enabled: true,
        threshold: 3,
        unit: 'tasks',
        minimum_count: 0,
        cooldown_seconds: 0,
      },
    ])

    const { body } = await server.get('/api/v1/alerts')
    const [alert] = body.alerts
    expect(body).toMatchObject({ total: 1, data: body.alerts })
    expect(alert).toEqual({
      alert_id: expect.stringMatching(UUID),
      type: 'HIGH_QUEUE_DEPTH',
      severity: 'WARNING',
      description: "4 tasks wait in queue 'deep'.",
      created_at: expect.stringMatching(INSTANT),
      acknowledged: false,
      acknowledged_at: null,
      cleared_at: null,
      queue_name: 'deep',
      worker_id: null,
      task_name: null,
      value: 4,
      threshold: 3,
      unit: 'tasks',
      count: 1,
      updated_at: expect.stringMatching(INSTANT),
    })

    for (const _time of [1, 2]) {
      const acknowledged = await server.post(`/api/v1/alerts/${alert.alert_id}/acknowledge`)
      expect([acknowledged.status, acknowledged.body]).toEqual([
        200,
        {
          ...alert,
          acknowledged: true,
          acknowledged_at: expect.stringMatching(INSTANT),
          updated_at: expect.stringMatching(INSTANT),
        },
      ])
    }
    expect((await server.get('/api/v1/alerts')).body.alerts).toEqual([])
    const known = await server.get('/api/v1/alerts?acknowledged=true')
    expect(known.body.alerts).toMatchObject([{ alert_id: alert.alert_id, acknowledged: true }])

    await setRule('HIGH_QUEUE_DEPTH', { threshold: 1000 })
    expect((await server.get('/api/v1/alerts?acknowledged=true')).body.alerts).toEqual([])
    const history = await server.get('/api/v1/alerts/history')
    expect([history.status, history.body]).toEqual([
      200,
      {
        total: 1,
        limit: 50,
        offset: 0,
        alerts: [
          expect.objectContaining({ alert_id: alert.alert_id, cleared_at: expect.stringMatching(INSTANT) }),
        ],
        data: history.body.alerts,
      },
    ])
    expect((await server.get('/api/v1/alerts/history?offset=1')).body).toMatchObject({ total: 1, alerts: [] })
  })

  it('have a rule for each documented type, in seconds, tasks and percent', async () => {
    const { status, body } = await server.get('/api/v1/alerts/rules')

    expect(status).toBe(200)
    expect(
      body.rules.map(({ type, severity, threshold, unit }: never) => [type, severity, threshold, unit]),
    ).toEqual([
      ['NO_ACTIVE_WORKERS', 'CRITICAL', 15, 'seconds'],
      ['HIGH_QUEUE_DEPTH', 'WARNING', 1000, 'tasks'],
      ['HIGH_FAILURE_RATE', 'CRITICAL', 50, 'percent'],
      ['WORKER_DOWN', 'CRITICAL', 300, 'seconds'],
      ['LOW_WORKER_HEARTBEAT', 'WARNING', 120, 'seconds'],
      ['TASK_TIMEOUT', 'WARNING', 1, 'tasks'],
    ])
    expect((await setRule('HIGH_FAILURE_RATE', { threshold: 62.5, minimum_count: 20 })).body).toMatchObject({
      threshold: 62.5,
      minimum_count: 20,
    })
    expect((await server.broker.alertRules())[2]).toMatchObject({ threshold: 0.625, minimumCount: 20 })
    expect((await setRule('WORKER_DOWN', { threshold: 60, enabled: false })).body).toMatchObject({
      threshold: 60,
      enabled: false,
    })
    expect((await server.broker.alertRules())[3]).toMatchObject({ threshold: 60_000, isEnabled: false })
  })

  it.each([
    ['HIGH_FAILURE_RATE', 'threshold', { threshold: 101 }],
    ['HIGH_QUEUE_DEPTH', 'threshold', { threshold: -1 }],
    ['HIGH_QUEUE_DEPTH', 'threshold', { threshold: 1.5 }],
    ['WORKER_DOWN', 'threshold', { threshold: 0 }],
    ['WORKER_DOWN', 'threshold', { threshold: '60' }],
    ['WORKER_DOWN', 'enabled', { enabled: 1 }],
    ['WORKER_DOWN', 'minimum_count', { minimum_count: -1 }],
    ['WORKER_DOWN', 'cooldown_seconds', { cooldown_seconds: 0.5 }],
  ])('refuse a rule of %s with a wrong %s (%j)', async (type, field, body) => {
    const answer = await setRule(type, body)

    expectRefusal(answer, 400, 'INVALID_REQUEST')
    expect(answer.body.detail).toContain(`'${field}'`)
  })

  it('and rules are 404 when they are not there, and 400 with parameters that are wrong', async () => {
    expectRefusal(await server.post('/api/v1/alerts/nope/acknowledge'), 404, 'ALERT_NOT_FOUND')
    expectRefusal(await setRule('NOPE', {}), 404, 'ALERT_RULE_NOT_FOUND')
    expectRefusal(await server.get('/api/v1/alerts?acknowledged=maybe'), 400, 'INVALID_REQUEST')
    expectRefusal(await server.get('/api/v1/alerts?limit=0'), 400, 'INVALID_REQUEST')
    expectRefusal(await server.get('/api/v1/alerts/history?offset=-1'), 400, 'INVALID_REQUEST')
  })
})
