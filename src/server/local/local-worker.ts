import type { EpochMs } from '../../shared/domain/clock.ts'
import type { Worker, WorkerStatus } from '../../shared/domain/worker.ts'
import type { Dispatcher } from './dispatch/dispatcher.ts'
import type { AttemptEnded } from './store/commands/settle.ts'

/** The bundled pool, as the worker that every face lists. Counts are since the start. */
export interface LocalWorker {
  ended(attempt: AttemptEnded): void
  describe(now: EpochMs): Worker
}

export function createLocalWorker(options: {
  readonly id: string
  readonly hostname: string
  readonly threads: number
  readonly startedAt: EpochMs
  readonly pid: () => number | null
  readonly isReady: () => boolean
  readonly dispatcher: () => Dispatcher
}): LocalWorker {
  let succeeded = 0
  let failed = 0
  let runMs = 0
  return {
    ended({ startedAt, at, end }) {
      if (startedAt === null) return
      if (end.kind === 'succeeded') succeeded += 1
      else if (end.kind === 'failed' || end.kind === 'timed_out') failed += 1
      else return
      runMs += at - startedAt
    },
    describe(now) {
      const { live, isPaused } = options.dispatcher()
      const running = [...live.values()].flatMap(({ task, startedAt }) =>
        startedAt === null ? [] : [{ taskId: task.id, name: task.name, queue: task.queue, startedAt }],
      )
      const done = succeeded + failed
      return {
        id: options.id,
        kind: 'local',
        hostname: options.hostname,
        pid: options.pid(),
        status: toStatus(options.isReady(), isPaused, running.length),
        queues: null,
        concurrency: options.threads,
        running,
        succeeded,
        failed,
        meanRunMs: done === 0 ? null : runMs / done,
        startedAt: options.startedAt,
        lastHeartbeatAt: now,
      }
    },
  }
}

function toStatus(isReady: boolean, isPaused: boolean, running: number): WorkerStatus {
  if (!isReady) return 'offline'
  if (isPaused) return 'paused'
  return running > 0 ? 'active' : 'idle'
}
