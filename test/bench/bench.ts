import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { toMetrics } from '../../src/server/dialects/turbine/metrics.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { drain, openBenchBroker, startLatencies } from './drain.ts'
import { type Figure, median, percentile, printFigure, timed } from './figure.ts'
import { postAll } from './http-load.ts'
import { seedTasks } from './seed-tasks.ts'
import { rawInsertsPerSecond, rawRunsPerSecond } from './sqlite-ceiling.ts'
import { startChild } from './start-child.ts'

/**
 * `npm run bench`: the figures that are owed, each beside its ceiling of the same run. Absolute
 * numbers are this machine's; the ratios are what to look at. `-- --quick` uses a tenth of the tasks.
 */

const isQuick = process.argv.includes('--quick')
const MANY = isQuick ? 100_000 : 1_000_000
const CLI = join(import.meta.dirname, '../../out/server/cli.js')
const THREADS = 2
const figures: Figure[] = []

function show(figure: Figure): void {
  figures.push(figure)
  printFigure(figure)
}

const atLeast = (value: number, least: number, text: string) => ({ text, isMet: value >= least })
const atMost = (value: number, most: number, text: string) => ({ text, isMet: value <= most })

async function submits(): Promise<void> {
  const body = JSON.stringify({
    type: 'demo',
    payload: { text: 'x'.repeat(180) },
    process_at: '2099-01-01T00:00:00Z',
  })
  const bodies = Array.from({ length: isQuick ? 5000 : 20_000 }, () => body)
  let bare: number
  {
    await using server = await startChild([join(import.meta.dirname, 'bare-fastify.ts')])
    await postAll(`${server.address}/api/v1/tasks`, bodies.slice(0, 2000))
    bare = await postAll(`${server.address}/api/v1/tasks`, bodies)
  }
  using folder = temporaryFolder()
  await using server = await startChild([CLI, 'serve', '--data', folder.path, '--listen', '0=turbine,asynq'])
  await postAll(`${server.address}/api/v1/tasks`, bodies.slice(0, 2000))
  const single = await postAll(`${server.address}/api/v1/tasks`, bodies)
  show({
    name: 'submit over HTTP, one a request, durable',
    value: single,
    unit: '/s',
    ceiling: { name: 'bare Fastify', value: bare },
    owed: atLeast(single / bare, 0.45, '0.45'),
  })
  for (const size of [100, 1000]) {
    const raw = await rawInsertsPerSecond(size)
    const tasks = Array.from({ length: size }, () => ({
      name: 'demo',
      kwargs: `{"text":"${'x'.repeat(180)}"}`,
      runAt: 4e12,
    }))
    const bulk = JSON.stringify({ json: { tasks } })
    const count = Math.ceil((isQuick ? 20_000 : 100_000) / size)
    const perSecond =
      (await postAll(
        `${server.address}/rpc/tasks/submit`,
        Array.from({ length: count }, () => bulk),
      )) * size
    show({
      name: `submit over HTTP, bulks of ${size}, durable`,
      value: perSecond,
      unit: '/s',
      ceiling: { name: 'raw SQLite', value: raw },
      owed: atLeast(perSecond / raw, 0.5, '0.5'),
    })
  }
}

async function drains(): Promise<number> {
  using folder = temporaryFolder()
  await using broker = await openBenchBroker(folder.path, THREADS)
  const count = isQuick ? 10_000 : 20_000
  await drain(broker, count)
  const runs = [await drain(broker, count), await drain(broker, count), await drain(broker, count)]
  const perSecond = median(runs.map((run) => run.perSecond))
  show({
    name: 'drain of no-op tasks through the executor',
    value: perSecond,
    unit: '/s',
    ceiling: { name: 'raw SQLite, claim and complete by 50', value: await rawRunsPerSecond(50) },
    owed: atLeast(perSecond, 25_000, '25,000'),
  })
  const delay = median(runs.map((run) => run.loopDelayP99Ms))
  show({
    name: "main process's event-loop delay meanwhile, p99",
    value: delay,
    unit: 'ms',
    owed: atMost(delay, 20, '≤ 20'),
  })
  const latencies = await startLatencies(broker, isQuick ? 200 : 500)
  const [p50, p99] = [percentile(latencies, 0.5), percentile(latencies, 0.99)]
  show({
    name: 'submit → start when idle, p50',
    value: p50,
    unit: 'ms',
    ceiling: { name: 'raw SQLite, ms a commit', value: 1000 / (await rawInsertsPerSecond(1)) },
    owed: atMost(p50, 1, '≤ 1'),
  })
  show({ name: 'submit → start when idle, p99', value: p99, unit: 'ms', owed: atMost(p99, 5, '≤ 5') })
  return perSecond
}

async function amongMany(kind: 'pending' | 'succeeded', empty: number): Promise<void> {
  using folder = temporaryFolder()
  await seedTasks(join(folder.path, 'data'), MANY, kind)
  if (kind === 'succeeded')
    await showMemory(
      `memory of a headless broker with ${MANY.toLocaleString('en-GB')} tasks`,
      join(folder.path, 'data'),
      200,
    )
  await using broker = await openBenchBroker(folder.path, THREADS)
  const count = isQuick ? 10_000 : 20_000
  const runs = [await drain(broker, count), await drain(broker, count), await drain(broker, count)]
  const perSecond = median(runs.map((run) => run.perSecond))
  const least = kind === 'pending' ? 0.9 : 0.6
  const many = MANY.toLocaleString('en-GB')
  show({
    name: `drain with ${many} ${kind === 'pending' ? 'others waiting' : 'finished'}`,
    value: perSecond,
    unit: '/s',
    ceiling: { name: 'empty', value: empty },
    owed: atLeast(perSecond / empty, least, String(least)),
  })
  const { next } = await broker.listTasks({ limit: 1000 })
  const lists: readonly (readonly [string, () => Promise<unknown>])[] = [
    ['first page of 100', () => broker.listTasks({})],
    ['a page in the middle', () => broker.listTasks({ cursor: String(Math.floor(Number(next) / 2)) })],
    ['a page of one queue and state', () => broker.listTasks({ queue: 'seed', states: [kind] })],
    ['a page of one state', () => broker.listTasks({ states: ['succeeded'] })],
    ['a page of a state that is empty', () => broker.listTasks({ states: ['paused'] })],
    ['overview', () => broker.overview()],
    ['count of a state', () => broker.countTasks({ states: [kind] })],
    [
      'a scrape of /api/metrics',
      async () => {
        const [totals, overview, queues] = await Promise.all([
          broker.taskTotals(),
          broker.overview(),
          broker.listQueues(),
        ])
        toMetrics({ totals, overview, queues })
      },
    ],
    ["a queue's statistics of 30 days", () => broker.stats({ queue: 'seed', period: '30d' })],
  ]
  const searches: typeof lists = [
    ['search for what one task has', () => broker.listTasks({ text: `person${MANY / 2}@` })],
    ['search for what all have', () => broker.listTasks({ text: 'example.org' })],
    ['search for what none has', () => broker.listTasks({ text: 'person@example.org' })],
    ['search in one state', () => broker.listTasks({ text: 'person77', states: ['succeeded'] })],
  ]
  for (const [name, run] of lists) await showTime(`${name} at ${many}`, run, 5)
  if (kind === 'succeeded') for (const [name, run] of searches) await showTime(`${name} at ${many}`, run, 20)
}

/** What is left behind by the start is given back a few seconds later. */
const IDLE_MS = 5000

/** Resident, some time after it has answered a page and its numbers. */
async function showMemory(name: string, dataFolder: string, owedMb: number): Promise<void> {
  await using server = await startChild([CLI, 'serve', '--data', dataFolder, '--listen', '0=turbine'])
  for (const path of ['health', 'overview', 'tasks?limit=100']) await fetch(`${server.address}/api/${path}`)
  await wait(IDLE_MS)
  const mb = server.residentMb()
  if (mb !== null) show({ name, value: mb, unit: 'MB', owed: atMost(mb, owedMb, `≤ ${owedMb}`) })
}

async function showTime(name: string, run: () => Promise<unknown>, owedMs: number): Promise<void> {
  await run()
  const times = []
  for (let i = 0; i < 15; i += 1) times.push(await timed(run))
  const ms = median(times)
  show({ name, value: ms, unit: 'ms', owed: atMost(ms, owedMs, `≤ ${owedMs}`) })
}

async function starts(): Promise<void> {
  using folder = temporaryFolder()
  await showMemory('memory of an idle headless broker', join(folder.path, 'empty'), 120)
  await seedTasks(join(folder.path, 'full'), 100_000, 'scheduled')
  const times = []
  for (let i = 0; i < 5; i += 1) {
    let answeredMs = 0
    const ms = await timed(async () => {
      await using server = await startChild([
        CLI,
        'serve',
        '--data',
        join(folder.path, 'full'),
        '--listen',
        '0=turbine',
      ])
      answeredMs = (await timed(() => fetch(`${server.address}/api/health`))) + server.readyMs
    })
    times.push(Math.min(ms, answeredMs))
  }
  const ms = median(times)
  show({
    name: 'headless start to first 200, with 100,000 tasks',
    value: ms,
    unit: 'ms',
    owed: atMost(ms, 500, '≤ 500'),
  })
}

process.stdout.write(`node ${process.version}, ${THREADS} threads${isQuick ? ', quick' : ''}\n`)
await submits()
const empty = await drains()
await amongMany('pending', empty)
await amongMany('succeeded', empty)
await starts()
const missed = figures.filter(({ owed }) => owed?.isMet === false)
process.stdout.write(`${figures.length} figures, ${missed.length} short of what is owed\n`)
