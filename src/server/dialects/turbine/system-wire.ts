import type * as z from 'zod'
import type { BrokerHealth } from '../../../shared/domain/broker.ts'
import type { Overview } from '../../../shared/domain/overview.ts'
import type { EpochMs } from '../../../shared/domain/clock.ts'
import type { Queue, StateCounts, Stats, StatsBucket } from '../../../shared/domain/queue.ts'
import type { RunningTask, Worker, WorkerStatus } from '../../../shared/domain/worker.ts'
import { isoInstant } from '../instant.ts'
import type {
  healthAnswer,
  overviewAnswer,
  queueDetail,
  queueItem,
  queueStatsAnswer,
  workerDetail,
  workerItem,
} from './answers.ts'
import { fromTurbineState, type TurbineState } from './states.ts'

export function toHealth(
  { status, startedAt }: BrokerHealth,
  now: EpochMs,
  version: string,
): z.output<typeof healthAnswer> {
  return { status, uptime_seconds: Math.max(0, Math.floor((now - startedAt) / 1000)), version }
}

/** `success` and `failed` count what ever happened; deleting tasks takes nothing from them. */
export function toOverview({
  counts,
  totals,
  queues,
  workers,
  throughputPerSecond,
}: Overview): z.output<typeof overviewAnswer> {
  const failed = totals.failed + totals.timedOut
  return {
    tasks: {
      total_processed: totals.succeeded + failed,
      pending: countIn(counts, 'pending'),
      running: countIn(counts, 'running'),
      success: totals.succeeded,
      failed,
    },
    queues: { total: queues.total, active: queues.active },
    workers: { total: workers.total, active: workers.active, idle: workers.idle },
    throughput: {
      tasks_per_second: rounded(throughputPerSecond),
      tasks_per_minute: rounded(throughputPerSecond * 60),
    },
  }
}

export function toQueueItem(queue: Queue): z.output<typeof queueItem> {
  return {
    name: queue.name,
    pending: countIn(queue.counts, 'pending'),
    processing: countIn(queue.counts, 'running'),
    consumers: queue.consumers,
    throughput: rounded(queue.throughputPerSecond),
  }
}

export function toQueueDetail(queue: Queue): z.output<typeof queueDetail> {
  const { totals } = queue
  return {
    name: queue.name,
    pending: countIn(queue.counts, 'pending'),
    processing: countIn(queue.counts, 'running'),
    completed_total: totals.succeeded,
    failed_total: totals.failed + totals.timedOut,
    consumers: queue.consumers,
    throughput: rounded(queue.throughputPerSecond),
    avg_wait_time_ms: mean(totals.waitMs, totals.started),
    avg_processing_time_ms: mean(totals.runMs, totals.ended),
  }
}

type QueueStats = z.output<typeof queueStatsAnswer>

export function toQueueStats(name: string, period: QueueStats['period'], stats: Stats): QueueStats {
  const sum = (pick: (bucket: StatsBucket) => number) =>
    stats.buckets.reduce((total, bucket) => total + pick(bucket), 0)
  return {
    name,
    period,
    throughput_timeline: stats.buckets.map((bucket) => ({
      timestamp: isoInstant(bucket.at),
      tasks_per_minute: rounded(
        (bucket.succeeded + bucket.failed + bucket.timedOut) / (filledMs(bucket, stats) / 60_000),
      ),
    })),
    state_distribution: {
      success: sum(({ succeeded }) => succeeded),
      failed: sum(({ failed, timedOut }) => failed + timedOut),
      retry: sum(({ retried }) => retried),
      revoked: sum(({ cancelled }) => cancelled),
    },
  }
}

/** The last step is still filling; less than a minute of it would say nothing about a minute. */
function filledMs({ at }: StatsBucket, stats: Stats): number {
  return Math.min(stats.bucketMs, Math.max(stats.at - at, Math.min(60_000, stats.bucketMs)))
}

/** The document knows three: one that takes no tasks is busy or idle for as long as it lives. */
export function toWorkerStatus({ status, running }: Worker): 'active' | 'idle' | 'offline' {
  const words = {
    active: 'active',
    idle: 'idle',
    paused: running.length > 0 ? 'active' : 'idle',
    draining: running.length > 0 ? 'active' : 'idle',
    offline: 'offline',
  } as const satisfies Record<WorkerStatus, string>
  return words[status]
}

function workerFields(worker: Worker, queueNames: readonly string[]) {
  return {
    id: worker.id,
    hostname: worker.hostname,
    pid: worker.pid ?? 0,
    status: toWorkerStatus(worker),
    queues: worker.queues ?? queueNames,
    concurrency: worker.concurrency,
    tasks_processed: worker.succeeded + worker.failed,
  }
}

const workerInstants = (worker: Worker) => ({
  started_at: isoInstant(worker.startedAt),
  last_heartbeat: isoInstant(worker.lastHeartbeatAt),
})

/** @param queueNames every queue there is, for a worker that takes from all. */
export function toWorkerItem(worker: Worker, queueNames: readonly string[]): z.output<typeof workerItem> {
  const task = longestRunning(worker)
  return {
    ...workerFields(worker, queueNames),
    current_task: task === null ? null : `${task.name}[${task.taskId}]`,
    ...workerInstants(worker),
  }
}

/** @param queueNames every queue there is, for a worker that takes from all. */
export function toWorkerDetail(worker: Worker, queueNames: readonly string[]): z.output<typeof workerDetail> {
  const task = longestRunning(worker)
  return {
    ...workerFields(worker, queueNames),
    current_task:
      task === null
        ? null
        : { task_id: task.taskId, task_name: task.name, started_at: isoInstant(task.startedAt) },
    statistics: {
      success_count: worker.succeeded,
      failure_count: worker.failed,
      avg_duration_ms: rounded(worker.meanRunMs ?? 0),
    },
    ...workerInstants(worker),
  }
}

/** A worker may run several; the document has room for one. */
function longestRunning({ running }: Worker): RunningTask | null {
  return running.toSorted((one, other) => one.startedAt - other.startedAt)[0] ?? null
}

export function countIn(counts: StateCounts, state: TurbineState): number {
  return fromTurbineState(state).reduce((sum, domainState) => sum + counts[domainState], 0)
}

function mean(sum: number, count: number): number {
  return count === 0 ? 0 : rounded(sum / count)
}

/** To three decimals: figures for people. */
function rounded(value: number): number {
  return Math.round(value * 1000) / 1000
}
