import type { Overview } from '../../../shared/domain/overview.ts'
import type { Queue, TaskTotals, Totals } from '../../../shared/domain/queue.ts'
import { histogram, type Sample, series, sumOf } from '../prometheus.ts'
import { countIn } from './system-wire.ts'

export interface MetricsSource {
  readonly totals: readonly TaskTotals[]
  readonly overview: Overview
  readonly queues: readonly Queue[]
}

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
    histogram('turbine_task_duration_seconds', 'How long attempts ran', [
      {
        labels: {},
        counts: sumOf(totals.map(({ runHistogram }) => runHistogram)),
        sumMs: overview.totals.runMs,
      },
    ]),
    histogram('turbine_task_queue_time_seconds', 'How long attempts waited, once due, before they started', [
      {
        labels: {},
        counts: sumOf(totals.map(({ waitHistogram }) => waitHistogram)),
        sumMs: overview.totals.waitMs,
      },
    ]),
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
