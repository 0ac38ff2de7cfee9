import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toJsonText } from '../../src/shared/domain/json.ts'
import { untilFinal, untilTask } from '../support/until.ts'
import { type Answer, openServer, type TestServer } from './open-server.ts'
import { type MetricFamily, parseMetrics, valueOf } from './parse-metrics.ts'

/** What a task may be called: anything up to 256 characters. */
const HOSTILE_NAME = 'a"} 1\nevil{x="\\n'

const COUNTERS = ['submitted', 'succeeded', 'failed', 'retried', 'dead_lettered', 'revoked'].map(
  (what) => `turbine_tasks_${what}_total`,
)
const GAUGES = [
  'turbine_queue_depth',
  'turbine_queue_processing',
  'turbine_dlq_depth',
  'turbine_workers_active',
  'turbine_worker_utilization',
]
const HISTOGRAMS = ['turbine_task_duration_seconds', 'turbine_task_queue_time_seconds']

describe('metrics, read by a parser of Prometheus text', () => {
  let server: TestServer
  let answer: Answer
  let families: ReadonlyMap<string, MetricFamily>

  beforeAll(async () => {
    server = await openServer()
    const { broker } = server
    const done = await broker.submit([
      { name: 'sleep', queue: 'mail', kwargs: toJsonText({ ms: 5 }) },
      { name: 'sleep', queue: 'mail', kwargs: toJsonText({ ms: 5 }) },
      { name: 'fail', queue: 'mail', maxRetries: 0 },
      { name: 'sleep', queue: 'held', kwargs: toJsonText({ ms: 1 }) },
      {
        name: 'fail',
        queue: 'again',
        maxRetries: 1,
        backoff: { baseMs: 0, factor: 1, capMs: 0, jitter: 'none' },
      },
    ])
    for (const { id } of done) await untilFinal(broker, id)
    await broker.setQueuePaused('held', true)
    const [running, revoked] = await broker.submit([
      { name: 'sleep', queue: 'mail', kwargs: toJsonText({ seconds: 600 }) },
      { name: 'sleep', queue: 'held' },
      { name: HOSTILE_NAME, queue: 'held' },
    ])
    await broker.cancel(revoked!.id, { terminate: false })
    await untilTask(broker, running!.id, ({ startedAt }) => startedAt !== null)
    answer = await server.get('/api/metrics')
    families = parseMetrics(answer.text)
  })
  afterAll(() => server[Symbol.asyncDispose]())

  it('are of the type that Prometheus asks for', () => {
    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
  })

  it('are the documented series and the promised ones, each with its type and a help line', () => {
    const types = Object.fromEntries([...families].map(([name, { type }]) => [name, type]))

    expect(types).toEqual({
      turbine_tasks_total: 'COUNTER',
      ...Object.fromEntries(COUNTERS.map((name) => [name, 'COUNTER'])),
      ...Object.fromEntries(GAUGES.map((name) => [name, 'GAUGE'])),
      ...Object.fromEntries(HISTOGRAMS.map((name) => [name, 'HISTOGRAM'])),
    })
    for (const { help } of families.values()) expect(help).not.toBe('')
  })

  it('have a number for every value, and no series twice', () => {
    for (const { name, type, metrics } of families.values()) {
      const labels = metrics.map((metric) => JSON.stringify(metric.labels ?? {}))
      expect([name, new Set(labels).size]).toEqual([name, labels.length])
      const values = metrics.flatMap(({ value, sum, count, buckets }) =>
        type === 'HISTOGRAM' ? [sum, count, ...Object.values(buckets ?? {})] : [value],
      )
      expect(values.length).toBeGreaterThan(0)
      for (const value of values) expect(value).toMatch(/^\d+(\.\d+)?(e[+-]?\d+)?$/)
    }
  })

  it('count what happened', () => {
    const mail = (what: string, name: string) =>
      valueOf(families.get(`turbine_tasks_${what}_total`), { queue: 'mail', task_name: name })

    expect(valueOf(families.get('turbine_tasks_total'), { state: 'success' })).toBe(3)
    expect(valueOf(families.get('turbine_tasks_total'), { state: 'failed' })).toBe(2)
    expect(mail('submitted', 'sleep')).toBe(3)
    expect(mail('succeeded', 'sleep')).toBe(2)
    expect(mail('failed', 'fail')).toBe(1)
    expect(mail('dead_lettered', 'fail')).toBe(1)
    expect(mail('retried', 'fail')).toBe(0)
    const retried = { queue: 'again', task_name: 'fail' }
    expect(valueOf(families.get('turbine_tasks_retried_total'), retried)).toBe(1)
    const revoked = { queue: 'held', task_name: 'sleep' }
    expect(valueOf(families.get('turbine_tasks_revoked_total'), revoked)).toBe(1)
    const hostile = { queue: 'held', task_name: HOSTILE_NAME }
    expect(valueOf(families.get('turbine_tasks_submitted_total'), hostile)).toBe(1)
  })

  it('tell what there is now', () => {
    expect(valueOf(families.get('turbine_queue_depth'), { queue: 'held' })).toBe(1)
    expect(valueOf(families.get('turbine_queue_processing'), { queue: 'mail' })).toBe(1)
    expect(valueOf(families.get('turbine_dlq_depth'), { queue: 'mail' })).toBe(1)
    expect(valueOf(families.get('turbine_workers_active'), {})).toBe(1)
    expect(valueOf(families.get('turbine_worker_utilization'), {})).toBe(0.5)
  })

  it.each([
    ['turbine_task_duration_seconds', 6],
    ['turbine_task_queue_time_seconds', 7],
  ])('%s has growing buckets, the documented ones among them, that end at its count', (name, attempts) => {
    const { buckets, count, sum } = families.get(name)!.metrics[0]!
    const bounds = Object.keys(buckets!)
    const counts = Object.values(buckets!).map(Number)

    expect(bounds).toEqual(expect.arrayContaining(['0.1', '0.5', '1.0']))
    expect(bounds.at(-1)).toBe('+Inf')
    expect(bounds.slice(0, -1).map(Number)).toEqual(
      bounds
        .slice(0, -1)
        .map(Number)
        .toSorted((one, other) => one - other),
    )
    expect(counts).toEqual(counts.toSorted((one, other) => one - other))
    expect([counts.at(-1), Number(count)]).toEqual([attempts, attempts])
    expect(Number(sum)).toBeGreaterThan(0)
  })

  it('are made of kept numbers alone: a scrape looks at no task', async () => {
    const asked: string[] = []
    await using counted = await openServer({
      around: (broker) =>
        new Proxy(broker, {
          get(target, property) {
            asked.push(String(property))
            return Reflect.get(target, property) as unknown
          },
        }),
    })
    asked.length = 0

    await counted.get('/api/metrics')

    expect(asked.toSorted()).toEqual(['listQueues', 'overview', 'taskTotals'])
  })
})
