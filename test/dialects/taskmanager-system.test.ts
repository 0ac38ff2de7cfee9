import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { taskmanager } from '../../src/server/dialects/taskmanager/serve.ts'
import { toJsonText } from '../../src/shared/domain/json.ts'
import { untilFinal } from '../support/until.ts'
import { openServer, type TestServer, VERSION } from './open-server.ts'
import { parseMetrics } from './parse-metrics.ts'

let server: TestServer
beforeAll(async () => {
  server = await openServer({
    dialects: [taskmanager],
    threads: 3,
    taskFiles: {
      'tasks.ts': `
        export const quick = () => 1
        export const broken = () => { throw new Error('no') }`,
    },
  })
  const { broker } = server
  const receipts = await broker.submit([
    { name: 'quick' },
    { name: 'quick', queue: 'gpu-large' },
    { name: 'quick', queue: 'io' },
    { name: 'broken', maxRetries: 0 },
    { name: 'a"} 1\nevil 1\\<script>alert(1)</script>', queue: 'held' },
  ])
  for (const { id } of receipts.slice(0, 4)) await untilFinal(broker, id)
  const [sleeping] = await broker.submit([{ name: 'sleep', kwargs: toJsonText({ ms: 1 }) }])
  await untilFinal(broker, sleeping!.id)
  await broker.registerWorker({
    hostname: '<img src=x onerror=alert(1)>',
    concurrency: 2,
    queues: ['gpu-large'],
    names: ['enlarge'],
  })
})
afterAll(() => server[Symbol.asyncDispose]())

describe('GET /health', () => {
  it('answers as the document shows', async () => {
    const { status, body } = await server.get('/health')

    expect([status, body]).toEqual([
      200,
      { status: 'healthy', service: 'task-manager-api', version: VERSION },
    ])
  })

  it.each([
    ['unhealthy', 503],
    ['degraded', 200],
  ] as const)('that is %s is %i', async (status, code) => {
    await using sick = await openServer({
      dialects: [taskmanager],
      waitUntilReady: false,
      around: (broker) => ({ ...broker, health: async () => ({ status, startedAt: 0, components: [] }) }),
    })
    const answer = await sick.get('/health')

    expect([answer.status, answer.body]).toEqual([
      code,
      { status, service: 'task-manager-api', version: VERSION },
    ])
  })
})

describe('GET /dashboard', () => {
  const page = async () => (await server.get('/dashboard')).text
  /** Text of the cells, row by row, of the table below a heading. */
  const tableBelow = (html: string, heading: string) =>
    [
      ...html
        .split(`<h2>${heading}</h2>`)[1]!
        .split('</section>')[0]!
        .matchAll(/<tr>(.*?)<\/tr>/g),
    ].map(([, row]) =>
      [...row!.matchAll(/<t[dh][^>]*>(.*?)<\/t[dh]>/g)].map(([, cell]) => cell!.replaceAll(/<[^>]*>/g, '')),
    )

  it('is a page that loads nothing and runs nothing', async () => {
    const { status, headers, text } = await server.get('/dashboard/')

    expect(status).toBe(200)
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'; /)
    expect(headers.get('cache-control')).toBe('no-store')
    expect(text).toMatch(/^<!doctype html>/)
    expect(text).not.toMatch(/<script|https?:\/\/|<[^>]* src=|@import|url\(/)
  })

  it('shows the worker pool as it is', async () => {
    const [pool] = await server.broker.listWorkers()

    const [headings, ...rows] = tableBelow(await page(), 'Worker pool status')

    expect(headings).toEqual([
      'Worker',
      'Kind',
      'Status',
      'Type',
      'Takes from',
      'Running',
      'Succeeded',
      'Failed',
      'Mean time',
      'Last heard of',
    ])
    expect(rows).toHaveLength(2)
    expect(rows[0]!.slice(0, 8)).toEqual([
      `${pool!.id} ${pool!.hostname}`,
      'local',
      'idle',
      'unknown',
      'every queue',
      '0 of 3',
      '4',
      '1',
    ])
    expect(rows[1]!.slice(1, 6)).toEqual(['external', 'idle', 'gpu', 'gpu-large', '0 of 2'])
  })

  it('shows every queue with its figures', async () => {
    const [, ...rows] = tableBelow(await page(), 'Queue information')

    expect(rows.map((row) => [...row.slice(0, 8), row[9]])).toEqual([
      ['default', 'open', '0', '0', '0', '2', '1', '1', '3'],
      ['gpu-large', 'open', '0', '0', '0', '1', '0', '0', '4'],
      ['held', 'open', '1', '0', '0', '0', '0', '0', '3'],
      ['io', 'open', '0', '0', '0', '1', '0', '0', '3'],
    ])
    expect(rows.map((row) => row[8] === '–')).toEqual([true, true, false, true])
  })

  it('shows what there is for graphics processors', async () => {
    const html = await page()

    expect(html).toContain('Workers for GPU queues alone: &lt;img src=x onerror=alert(1)&gt; (idle).')
    expect(tableBelow(html, 'GPU configuration')).toEqual([
      ['GPU queue', 'Waiting', 'Running', 'Workers'],
      ['gpu-large', '0', '0', '4'],
    ])
  })

  it('says so where there is nothing for graphics processors, and no queue', async () => {
    await using empty = await openServer({ dialects: [taskmanager] })
    const { text } = await empty.get('/dashboard')

    expect(text).toContain('No worker takes from GPU queues alone')
    expect(text).toContain('No queue is named for a GPU')
    expect(text).toContain('There is no queue yet')
  })

  it('lists the endpoints', async () => {
    const [, ...rows] = tableBelow(await page(), 'API endpoints')

    expect(rows).toEqual([
      ['POST', '/api/v1/tasks'],
      ['GET', '/api/v1/tasks/:task_id'],
      ['DELETE', '/api/v1/tasks/:task_id'],
      ['GET', '/health'],
      ['GET', '/dashboard'],
      ['GET', '/dashboard/metrics'],
    ])
  })
})

describe('GET /dashboard/metrics', () => {
  const metrics = async () => {
    const { text } = await server.get('/dashboard/metrics')
    return { text, families: parseMetrics(text) }
  }

  it('is text that Prometheus reads, with the documented series', async () => {
    const { status, headers } = await server.get('/dashboard/metrics')
    const { text } = await metrics()

    expect([status, headers.get('content-type')]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8'])
    expect(text).toContain('# TYPE tasks_submitted_total counter\n')
    expect(text).toContain('\ntasks_submitted_total{task_name="quick"} 3\n')
    expect(text).toContain('\ntasks_completed_total{task_name="quick",status="success"} 3\n')
    expect(text).toContain('\ntasks_completed_total{task_name="broken",status="failure"} 1\n')
    expect(text).toContain('# TYPE task_duration_seconds histogram\n')
    expect(text).toMatch(
      /\ntask_duration_seconds_bucket\{task_name="quick",worker_type="gpu",le="5\.0"\} 1\n/,
    )
    expect(text).toMatch(/\ntask_duration_seconds_count\{task_name="quick",worker_type="io"\} 1\n/)
    expect(text).toMatch(/\ntask_duration_seconds_count\{task_name="quick",worker_type="unknown"\} 1\n/)
  })

  it('has the further ones', async () => {
    const { text, families } = await metrics()

    expect(text).toContain('\nqueue_depth{queue_name="held"} 1\n')
    expect(text).toContain('\nactive_workers{worker_type="gpu"} 1\n')
    expect(text).toContain('\ntask_queue_time_seconds_count{queue_name="gpu-large"} 1\n')
    expect([...families.keys()]).toEqual([
      'tasks_submitted_total',
      'tasks_completed_total',
      'tasks_timeout_total',
      'task_duration_seconds',
      'task_queue_time_seconds',
      'queue_depth',
      'active_workers',
    ])
  })

  it('escapes names, so that they make no lines of their own', async () => {
    const { text } = await metrics()

    expect(text).toContain(
      'tasks_submitted_total{task_name="a\\"} 1\\nevil 1\\\\<script>alert(1)</script>"} 1\n',
    )
    expect(text).not.toMatch(/^evil/m)
  })
})
