import type { Overview } from '../../../shared/domain/broker.ts'
import { type BoundedHistogram, DURATION_BOUNDS_MS } from '../../../shared/domain/histogram.ts'
import type { Queue, TaskTotals, Totals } from '../../../shared/domain/queue.ts'
import { countIn } from './system-wire.ts'

/** Prometheus text exposition format. */
export const METRICS_CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8'

export interface MetricsSource {
  readonly totals: readonly TaskTotals[]
  readonly overview: Overview
  readonly queues: readonly Queue[]
}

type Sample = readonly [labels: Readonly<Record<string, string>>, value: number]

const PER_TASK_NAME = [
  ['submitted', 'Tasks submitted', ({ submitted }) => submitted],
  ['succeeded', 'Tasks that ended with success', ({ succeeded }) => succeeded],
  [
    'failed',
    'Tasks that ended without success, timed out ones among them',
    ({ failed, timedOut }) => failed + timedOut,
  ],
  ['retried', 'Attempts that failed and were followed by another', ({ retried }) => retried],
  ['dead_lettered', 'Tasks that became dead letters', ({ deadLettered }) => deadLettered],
  ['revoked', 'Tasks that were revoked', ({ cancelled }) => cancelled],
] as const satisfies readonly (readonly [string, string, (totals: Totals) => number])[]

/** Every series, from counters that are kept anyway: what it costs grows with the names, not with the tasks. */
export function toMetrics({ totals, overview, queues }: MetricsSource): string {
  const failed = overview.totals.failed + overview.totals.timedOut
  const { busy, total } = overview.slots
  const perQueue = (value: (queue: Queue) => number): Sample[] =>
    queues.map((queue) => [{ queue: queue.name }, value(queue)])
  return [
    series('turbine_tasks_total', 'counter', 'Tasks that ended, by state', [
      [{ state: 'success' }, overview.totals.succeeded],
      [{ state: 'failed' }, failed],
    ]),
    histogram('turbine_task_duration_seconds', 'How long attempts ran', {
      counts: sumOf(totals.map(({ runHistogram }) => runHistogram)),
      sumMs: overview.totals.runMs,
    }),
    histogram('turbine_task_queue_time_seconds', 'How long attempts waited, once due, before they started', {
      counts: sumOf(totals.map(({ waitHistogram }) => waitHistogram)),
      sumMs: overview.totals.waitMs,
    }),
    ...PER_TASK_NAME.map(([word, help, value]) =>
      series(
        `turbine_tasks_${word}_total`,
        'counter',
        help,
        totals.map((of) => [{ queue: of.queue, task_name: of.name }, value(of.totals)]),
      ),
    ),
    series(
      'turbine_queue_depth',
      'gauge',
      'Tasks that wait',
      perQueue(({ counts }) => countIn(counts, 'pending')),
    ),
    series(
      'turbine_queue_processing',
      'gauge',
      'Tasks that run',
      perQueue(({ counts }) => countIn(counts, 'running')),
    ),
    series(
      'turbine_dlq_depth',
      'gauge',
      'Dead letters',
      perQueue(({ deadLetters }) => deadLetters),
    ),
    series('turbine_workers_active', 'gauge', 'Workers that run a task', [[{}, overview.workers.active]]),
    series('turbine_worker_utilization', 'gauge', 'Busy share of all places for running tasks, 0 to 1', [
      [{}, total === 0 ? 0 : busy / total],
    ]),
  ].join('\n')
}

function series(name: string, type: 'counter' | 'gauge', help: string, samples: readonly Sample[]): string {
  return `# HELP ${name} ${help}.\n# TYPE ${name} ${type}\n${samples
    .map(([labels, value]) => `${name}${labelText(labels)} ${value}\n`)
    .join('')}`
}

interface Durations {
  readonly counts: BoundedHistogram
  readonly sumMs: number
}

function histogram(name: string, help: string, { counts, sumMs }: Durations): string {
  let below = 0
  const buckets = DURATION_BOUNDS_MS.map((bound, index) => {
    below += counts[index] ?? 0
    return `${name}_bucket{le="${seconds(bound)}"} ${below}\n`
  })
  const count = below + (counts[DURATION_BOUNDS_MS.length] ?? 0)
  return (
    `# HELP ${name} ${help}.\n# TYPE ${name} histogram\n${buckets.join('')}` +
    `${name}_bucket{le="+Inf"} ${count}\n${name}_sum ${sumMs / 1000}\n${name}_count ${count}\n`
  )
}

/** Whole seconds with a decimal, as the document writes them: `1.0`. */
function seconds(ms: number): string {
  const text = String(ms / 1000)
  return text.includes('.') ? text : `${text}.0`
}

function sumOf(histograms: readonly BoundedHistogram[]): BoundedHistogram {
  const sum = Array.from({ length: DURATION_BOUNDS_MS.length + 1 }, () => 0)
  for (const counts of histograms) counts.forEach((count, index) => (sum[index]! += count))
  return sum
}

function labelText(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`)
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}

function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
}
