import type { EpochMs } from '../../shared/domain/clock.ts'
import type { Overview } from '../../shared/domain/overview.ts'
import { DEFAULT_QUEUE_SETTINGS } from '../../shared/domain/queue-settings.ts'
import { emptyCounts, emptyTotals, type Queue } from '../../shared/domain/queue.ts'
import type { Worker } from '../../shared/domain/worker.ts'

/** As `blankTask`: stand-ins, which a dialect replaces by what it tells. */

export function blankOverview(at: EpochMs): Overview {
  return {
    at,
    counts: emptyCounts(),
    deadLetters: 0,
    totals: emptyTotals(),
    queues: { total: 0, active: 0, paused: 0 },
    workers: { total: 0, active: 0, idle: 0 },
    slots: { busy: 0, total: 0 },
    throughputPerSecond: 0,
    oldestPendingAt: null,
    lastSeq: 0,
  }
}

export function blankQueue(name: string): Queue {
  return {
    name,
    isPaused: false,
    settings: DEFAULT_QUEUE_SETTINGS,
    counts: emptyCounts(),
    deadLetters: 0,
    totals: emptyTotals(),
    throughputPerSecond: 0,
    submittedPerSecond: 0,
    oldestPendingAt: null,
    consumers: 0,
    createdAt: 0,
  }
}

export function blankWorker(id: string): Worker {
  return {
    id,
    number: 0,
    kind: 'external',
    hostname: '',
    pid: null,
    status: 'idle',
    declaredStatus: '',
    queues: null,
    names: null,
    concurrency: 0,
    running: [],
    succeeded: 0,
    failed: 0,
    meanRunMs: null,
    startedAt: 0,
    lastHeartbeatAt: 0,
    updatedAt: 0,
  }
}
