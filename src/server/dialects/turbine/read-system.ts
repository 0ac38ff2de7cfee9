import type { EpochMs } from '../../../shared/domain/clock.ts'
import type { Overview } from '../../../shared/domain/overview.ts'
import type { Queue } from '../../../shared/domain/queue.ts'
import type { TaskSummary } from '../../../shared/domain/task.ts'
import type { RunningTask, Worker } from '../../../shared/domain/worker.ts'
import { blankOverview, blankQueue, blankWorker } from '../../attach/blank-system.ts'
import type { ToldOverview, ToldQueue, ToldWorker } from './told-answers.ts'

/** Wire → domain; what is not told is a stand-in (`Coverage.untold`). */
export function readOverview(told: ToldOverview, now: EpochMs): Overview {
  const blank = blankOverview(now)
  return {
    ...blank,
    counts: { ...blank.counts, pending: told.tasks.pending, running: told.tasks.running },
    totals: { ...blank.totals, succeeded: told.tasks.success, failed: told.tasks.failed },
    // There is no pausing a queue.
    queues: { ...told.queues, paused: 0 },
    workers: told.workers,
    throughputPerSecond: told.throughput.tasks_per_second,
  }
}

export function readQueue(told: ToldQueue, deadLetters: number): Queue {
  const blank = blankQueue(told.name)
  return {
    ...blank,
    counts: { ...blank.counts, pending: told.pending, running: told.processing },
    deadLetters,
    totals: { ...blank.totals, succeeded: told.completed_total, failed: told.failed_total },
    throughputPerSecond: told.throughput,
    consumers: told.consumers,
  }
}

/** @param running tasks that run anywhere, as far as they were asked for. */
export function readWorker(told: ToldWorker, running: readonly TaskSummary[]): Worker {
  const { success_count, failure_count, avg_duration_ms } = told.statistics
  return {
    ...blankWorker(told.id),
    hostname: told.hostname,
    pid: told.pid === 0 ? null : told.pid,
    status: told.status,
    queues: told.queues,
    concurrency: told.concurrency,
    running: runningOf(told, running),
    succeeded: success_count,
    failed: failure_count,
    meanRunMs: success_count + failure_count === 0 ? null : avg_duration_ms,
    startedAt: told.started_at,
    lastHeartbeatAt: told.last_heartbeat,
    updatedAt: told.last_heartbeat,
  }
}

/** Its own detail names one task alone, and not its queue. */
function runningOf({ id, current_task: current }: ToldWorker, running: readonly TaskSummary[]) {
  const mine: RunningTask[] = running
    .filter(({ workerId }) => workerId === id)
    .map((task) => ({
      taskId: task.id,
      name: task.name,
      queue: task.queue,
      startedAt: task.startedAt ?? task.createdAt,
    }))
  if (current === null || mine.some(({ taskId }) => taskId === current.task_id)) return mine
  return [
    { taskId: current.task_id, name: current.task_name, queue: '', startedAt: current.started_at },
    ...mine,
  ]
}
