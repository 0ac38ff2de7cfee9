import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dtqs } from '../../src/server/dialects/dtqs/serve.ts'
import { turbine } from '../../src/server/dialects/turbine/serve.ts'
import { runServer, startServer } from '../support/start-server.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { movableClock } from '../support/movable-clock.ts'
import { PORT_8000 } from './documented/port-8000.ts'
import { type Answer, openServer, serveBroker, type TestServer } from './open-server.ts'

const headersOf = ({ headers }: Answer) =>
  ['limit', 'remaining', 'reset'].map((name) => headers.get(`x-ratelimit-${name}`))

describe('the rate limit of dtqs', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await openServer({ dialects: [dtqs] })
  })
  afterAll(() => server[Symbol.asyncDispose]())

  it('is told with every answer, refusals included, and is 429 past it until the minute is over', async () => {
    const clock = movableClock()
    await using limited = await serveBroker(server.broker, { dialects: [dtqs], clock, requestsPerMinute: 3 })

    const answers = [
      await limited.get('/api/v1/tasks'),
      await limited.get('/api/v1/tasks/abc-123'),
      await limited.get('/api/v1/tasks?limit=none'),
      await limited.get('/api/v1/tasks'),
    ]

    expect(answers.map(({ status }) => status)).toEqual([200, 404, 400, 429])
    expect(answers.map((answer) => headersOf(answer).slice(0, 2))).toEqual([
      ['3', '2'],
      ['3', '1'],
      ['3', '0'],
      ['3', '0'],
    ])
    const reset = Number(headersOf(answers[0]!)[2])
    expect(reset - clock.now() / 1000).toBeGreaterThan(50)
    expect(reset - clock.now() / 1000).toBeLessThanOrEqual(61)
    expect(answers[3]!.body).toEqual({
      detail: expect.stringContaining('Try again in'),
      code: 'RATE_LIMITED',
      request_id: expect.any(String),
      timestamp: expect.any(String),
    })
    expect(Number(answers[3]!.headers.get('retry-after'))).toBeGreaterThan(0)

    clock.advance(60_000)

    const later = await limited.get('/api/v1/tasks')
    expect([later.status, headersOf(later)[1]]).toEqual([200, '2'])
  })

  it('does nothing past the limit', async () => {
    await using limited = await serveBroker(server.broker, { dialects: [dtqs], requestsPerMinute: 1 })
    const before = await server.broker.countTasks({})

    await limited.get('/api/v1/tasks')
    const { status } = await limited.post('/api/v1/tasks', { task_name: 'elsewhere' })

    expect(status).toBe(429)
    expect(await server.broker.countTasks({})).toBe(before)
  })

  it('refuses nobody of another dialect on a route that both answer, and tells how it stands', async () => {
    await using limited = await serveBroker(server.broker, { dialects: PORT_8000, requestsPerMinute: 1 })
    const [task] = await server.broker.submit([{ name: 'elsewhere' }])
    const path = `/api/v1/tasks/${task!.id}`

    const reads = [await limited.get(path), await limited.get(path)]
    const other = await limited.post('/api/v1/tasks', { task_name: 'sleep', kwargs: { ms: 1 } })
    const ours = await limited.post('/api/v1/tasks', { task_name: 'sleep', task_kwargs: { ms: 1 } })

    expect(reads.map(({ status }) => status)).toEqual([200, 200])
    expect(reads.map((answer) => headersOf(answer)[1])).toEqual(['0', '0'])
    expect([other.status, headersOf(other)[0]]).toEqual([202, null])
    expect([ours.status, ours.body.code]).toEqual([429, 'RATE_LIMITED'])
  })

  it('is of this dialect alone, and is off at 0', async () => {
    await using limited = await serveBroker(server.broker, {
      dialects: [dtqs, turbine],
      requestsPerMinute: 1,
    })
    await limited.get('/api/v1/tasks')
    expect((await limited.get('/api/v1/tasks')).status).toBe(429)
    const other = await limited.get('/api/overview')
    expect([other.status, headersOf(other)]).toEqual([200, [null, null, null]])

    await using unlimited = await serveBroker(server.broker, { dialects: [dtqs], requestsPerMinute: 0 })
    const free = await unlimited.get('/api/v1/tasks')
    expect([free.status, headersOf(free)]).toEqual([200, [null, null, null]])
  })
})

describe('the option --rate-limit', () => {
  it('sets how often an address may ask', async () => {
    using folder = temporaryFolder()
    await using server = await startServer(['--data', folder.path, '--listen', '0=dtqs', '--rate-limit', '2'])
    const statuses: number[] = []
    for (let request = 0; request < 3; request += 1)
      statuses.push((await fetch(`${server.address}/api/v1/search/presets`)).status)

    expect(statuses).toEqual([200, 200, 429])
  })

  it.each(['-1', 'many', '1.5'])('is refused with %s', async (limit) => {
    const { code, stderr } = await runServer(['--rate-limit', limit])

    expect(code).toBe(1)
    expect(stderr).toContain('Give a whole number from 0')
  })
})
