import type { Overview } from '../../shared/domain/overview.ts'
import type { Queue } from '../../shared/domain/queue.ts'
import type { Worker } from '../../shared/domain/worker.ts'
import { renderInstant } from './render-task.ts'
import { renderTable } from './render-table.ts'
import { safeText } from './safe-text.ts'

export interface TopView {
  readonly name: string
  readonly overview: Overview
  readonly queues: readonly Queue[]
  readonly workers: readonly Worker[]
}

/** The table of `top`: the busiest queues first, no more lines than fit. */
export function renderTop({ name, overview, queues, workers }: TopView, rows: number): string {
  const { counts, slots, deadLetters, throughputPerSecond, at } = overview
  const busy = (queue: Queue) => queue.counts.running + queue.counts.pending + queue.counts.retrying
  const queueRows = queues
    .toSorted((a, b) => busy(b) - busy(a) || a.name.localeCompare(b.name))
    .map((queue) => [
      queue.isPaused ? `${queue.name} (paused)` : queue.name,
      queue.counts.pending,
      queue.counts.running,
      queue.counts.retrying,
      queue.counts.scheduled,
      queue.deadLetters,
      Number(queue.throughputPerSecond.toFixed(1)),
    ])
  const workerRows = workers.map((worker) => [
    worker.hostname,
    worker.kind,
    worker.status,
    `${worker.running.length}/${worker.concurrency}`,
    worker.succeeded,
    worker.failed,
    worker.running[0]?.name ?? '',
  ])
  const lines = [
    `${safeText(name, 80)}  ${renderInstant(at)} UTC`,
    `pending ${counts.pending}  running ${counts.running}  retrying ${counts.retrying}  scheduled ${counts.scheduled}  dead letters ${deadLetters}  busy ${slots.busy}/${slots.total}  ${throughputPerSecond.toFixed(1)}/s`,
    '',
    ...renderTable(
      ['QUEUE', 'PENDING', 'RUNNING', 'RETRYING', 'SCHEDULED', 'DEAD', 'PER S'],
      queueRows,
      40,
    ).split('\n'),
    '',
    ...renderTable(['WORKER', 'KIND', 'STATUS', 'BUSY', 'SUCCEEDED', 'FAILED', 'RUNS'], workerRows, 40).split(
      '\n',
    ),
  ]
  return lines.slice(0, rows).join('\n')
}
