import { createHash } from 'node:crypto'
import type { BrokerHealth } from '../../../shared/domain/broker.ts'
import type { Overview } from '../../../shared/domain/overview.ts'
import type { EpochMs } from '../../../shared/domain/clock.ts'
import type { Queue } from '../../../shared/domain/queue.ts'
import type { Worker } from '../../../shared/domain/worker.ts'
import { isoInstant } from '../instant.ts'
import { TASKMANAGER_OPERATIONS } from './operations.ts'
import { typeOfQueue, typeOfWorker } from './worker-type.ts'

export interface DashboardSource {
  readonly now: EpochMs
  readonly version: string
  readonly health: BrokerHealth
  readonly overview: Overview
  readonly workers: readonly Worker[]
  readonly queues: readonly Queue[]
}

const REFRESH_SECONDS = 5

const STYLE = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
dl { display: flex; flex-wrap: wrap; gap: .5rem 2rem; } dt { opacity: .75; } dd { margin: 0; font-size: 1.4rem; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid #8884; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; } code { font-family: ui-monospace, monospace; }
`

/** Nothing runs on the page and nothing is loaded by it. */
export const DASHBOARD_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** The page at `/dashboard`: figures of the moment it was asked for. It asks again every 5 s. */
export function dashboardPage(source: DashboardSource): string {
  const { now, version, health } = source
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="${REFRESH_SECONDS}">
<title>Task manager: dashboard</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
<h1>Task manager</h1>
<p>Status: <strong>${escaped(health.status)}</strong>. Version ${escaped(version)}. As of <time>${isoInstant(now)}</time>.</p>
${figures(source)}
<section><h2>Worker pool status</h2>${workerTable(source)}</section>
<section><h2>GPU configuration</h2>${gpuConfiguration(source)}</section>
<section><h2>Queue information</h2>${queueTable(source)}</section>
<section><h2>API endpoints</h2>${endpointTable()}</section>
</body>
</html>
`
}

function figures({
  overview: { totals, counts, throughputPerSecond, deadLetters, slots },
}: DashboardSource): string {
  const rows: readonly (readonly [string, string])[] = [
    ['Submitted', grouped(totals.submitted)],
    ['Succeeded', grouped(totals.succeeded)],
    ['Failed', grouped(totals.failed)],
    ['Timed out', grouped(totals.timedOut)],
    ['Revoked', grouped(totals.cancelled)],
    ['Waiting', grouped(counts.pending + counts.scheduled + counts.retrying + counts.paused)],
    ['Running', grouped(counts.running)],
    ['Dead letters', grouped(deadLetters)],
    ['Finished per second', throughputPerSecond.toFixed(2)],
    ['Busy places', `${slots.busy} of ${slots.total}`],
  ]
  return `<dl>${rows.map(([name, value]) => `<div><dt>${name}</dt><dd>${value}</dd></div>`).join('')}</dl>`
}

function workerTable({ workers, now }: DashboardSource): string {
  return table(
    [
      'Worker',
      'Kind',
      'Status',
      'Type',
      'Takes from',
      '#Running',
      '#Succeeded',
      '#Failed',
      '#Mean time',
      '#Last heard of',
    ],
    workers.map((worker) => [
      `<code>${escaped(worker.id)}</code> ${escaped(worker.hostname)}`,
      worker.kind,
      worker.status,
      typeOfWorker(worker),
      worker.queues === null ? 'every queue' : escaped(worker.queues.join(', ')),
      `${worker.running.length} of ${worker.concurrency}`,
      grouped(worker.succeeded),
      grouped(worker.failed),
      worker.meanRunMs === null ? '–' : seconds(worker.meanRunMs),
      `${seconds(now - worker.lastHeartbeatAt)} ago`,
    ]),
    'There is no worker.',
  )
}

/** What the broker knows of graphics processors: the queues and workers that are named for them. */
function gpuConfiguration({ queues, workers }: DashboardSource): string {
  const own = queues.filter(({ name }) => typeOfQueue(name) === 'gpu')
  const dedicated = workers.filter((worker) => typeOfWorker(worker) === 'gpu')
  const workerText =
    dedicated.length === 0
      ? 'No worker takes from GPU queues alone; tasks in them run wherever a worker takes from every queue.'
      : `Workers for GPU queues alone: ${dedicated.map(({ hostname, status }) => `${escaped(hostname)} (${status})`).join(', ')}.`
  return `<p>${workerText}</p>${table(
    ['GPU queue', '#Waiting', '#Running', '#Workers'],
    own.map(({ name, counts, consumers }) => [
      `<code>${escaped(name)}</code>`,
      grouped(counts.pending + counts.retrying),
      grouped(counts.running),
      grouped(consumers),
    ]),
    'No queue is named for a GPU (gpu, gpu-large, …).',
  )}`
}

function queueTable({ queues, now }: DashboardSource): string {
  return table(
    [
      'Queue',
      'State',
      '#Waiting',
      '#Scheduled',
      '#Running',
      '#Succeeded',
      '#Failed',
      '#Dead letters',
      '#Oldest waits',
      '#Workers',
    ],
    queues.map(({ name, isPaused, counts, totals, deadLetters, oldestPendingAt, consumers }) => [
      `<code>${escaped(name)}</code>`,
      isPaused ? 'paused' : 'open',
      grouped(counts.pending + counts.retrying),
      grouped(counts.scheduled),
      grouped(counts.running),
      grouped(totals.succeeded),
      grouped(totals.failed + totals.timedOut),
      grouped(deadLetters),
      oldestPendingAt === null ? '–' : seconds(now - oldestPendingAt),
      grouped(consumers),
    ]),
    'There is no queue yet: the first task makes it.',
  )
}

function endpointTable(): string {
  const rows = TASKMANAGER_OPERATIONS.map((operation) => operation.split(' ') as [string, string])
  return `${table(
    ['Method', 'Path'],
    rows.map(([method, path]) => [method, `<code>${escaped(path)}</code>`]),
    '',
  )}<p><a href="/docs">Swagger UI</a> and <a href="/redoc">ReDoc</a> describe them.</p>`
}

/** A heading that begins with # is of a column of numbers. Cells are HTML. */
function table(headings: readonly string[], rows: readonly (readonly string[])[], whenEmpty: string): string {
  if (rows.length === 0) return `<p>${whenEmpty}</p>`
  const kind = headings.map((heading) => (heading.startsWith('#') ? ' class="n"' : ''))
  const head = headings.map(
    (heading, index) => `<th${kind[index]} scope="col">${heading.replace('#', '')}</th>`,
  )
  const body = rows.map(
    (row) => `<tr>${row.map((cell, index) => `<td${kind[index]}>${cell}</td>`).join('')}</tr>`,
  )
  return `<div class="scroll"><table><thead><tr>${head.join('')}</tr></thead><tbody>${body.join('')}</tbody></table></div>`
}

const grouped = (count: number) => count.toLocaleString('en-US')
const seconds = (ms: number) => `${(Math.max(0, ms) / 1000).toFixed(1)} s`

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
