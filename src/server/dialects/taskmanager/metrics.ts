import type { BoundedHistogram } from '../../../shared/domain/histogram.ts'
import type { Queue, TaskTotals, Totals } from '../../../shared/domain/queue.ts'
import type { Worker } from '../../../shared/domain/worker.ts'
import { type Durations, histogram, type Labels, type Sample, series, sumOf } from '../prometheus.ts'
import { typeOfQueue, typeOfWorker } from './worker-type.ts'

export interface MetricsSource {
  readonly totals: readonly TaskTotals[]
  readonly queues: readonly Queue[]
  readonly workers: readonly Worker[]
}

const ENDS = [
  ['success', ({ succeeded }) => succeeded],
  ['failure', ({ failed }) => failed],
  ['timeout', ({ timedOut }) => timedOut],
  ['revoked', ({ cancelled }) => cancelled],
] as const satisfies readonly (readonly [string, (totals: Totals) => number])[]

/** Every series, from counters that are kept anyway. */
export function toMetrics({ totals, queues, workers }: MetricsSource): string {
  const names = grouped(totals, ({ name }) => ({ task_name: name }))
  const perName = (value: (totals: Totals) => number): Sample[] =>
    names.map(({ labels, items }) => [labels, sum(items, value)])
  return [
    series(
      'tasks_submitted_total',
      'counter',
      'Total number of tasks submitted',
      perName(({ submitted }) => submitted),
    ),
    series(
      'tasks_completed_total',
      'counter',
      'Total number of tasks completed',
      names.flatMap(({ labels, items }) =>
        ENDS.map(([status, value]): Sample => [{ ...labels, status }, sum(items, value)]),
      ),
    ),
    series(
      'tasks_timeout_total',
      'counter',
      'Total number of tasks that waited or ran too long',
      perName(({ timedOut }) => timedOut),
    ),
    histogram(
      'task_duration_seconds',
      'Task execution duration in seconds',
      durations(
        totals,
        ({ name, queue }) => ({ task_name: name, worker_type: typeOfQueue(queue) }),
        ({ runHistogram, totals: { runMs } }) => [runHistogram, runMs],
      ),
    ),
    histogram(
      'task_queue_time_seconds',
      'Time that tasks waited in their queue in seconds',
      durations(
        totals,
        ({ queue }) => ({ queue_name: queue }),
        ({ waitHistogram, totals: { waitMs } }) => [waitHistogram, waitMs],
      ),
    ),
    series(
      'queue_depth',
      'gauge',
      'Tasks that wait in a queue',
      queues.map(({ name, counts }): Sample => [{ queue_name: name }, counts.pending + counts.retrying]),
    ),
    series(
      'active_workers',
      'gauge',
      'Workers that are there',
      grouped(
        workers.filter(({ status }) => status === 'active' || status === 'idle'),
        (worker) => ({ worker_type: typeOfWorker(worker) }),
      ).map(({ labels, items }): Sample => [labels, items.length]),
    ),
  ].join('\n')
}

interface Group<Item> {
  readonly labels: Labels
  readonly items: readonly Item[]
}

/** Items with the same labels together, in the order in which they first come. */
function grouped<Item>(items: readonly Item[], labelsOf: (item: Item) => Labels): readonly Group<Item>[] {
  const groups = new Map<string, { labels: Labels; items: Item[] }>()
  for (const item of items) {
    const labels = labelsOf(item)
    const key = JSON.stringify(labels)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { labels, items: [item] })
    else group.items.push(item)
  }
  return [...groups.values()]
}

function durations(
  totals: readonly TaskTotals[],
  labelsOf: (of: TaskTotals) => Labels,
  timesOf: (of: TaskTotals) => readonly [BoundedHistogram, number],
): readonly Durations[] {
  return grouped(totals, labelsOf).map(({ labels, items }) => ({
    labels,
    counts: sumOf(items.map((of) => timesOf(of)[0])),
    sumMs: items.reduce((sumMs, of) => sumMs + timesOf(of)[1], 0),
  }))
}

const sum = (items: readonly TaskTotals[], value: (totals: Totals) => number) =>
  items.reduce((total, { totals }) => total + value(totals), 0)
