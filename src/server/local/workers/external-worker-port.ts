import type { AttemptEnd } from '../../../shared/domain/attempt-end.ts'
import type { Clock } from '../../../shared/domain/clock.ts'
import { isBrokerError } from '../../../shared/domain/errors.ts'
import type { TaskState } from '../../../shared/domain/state.ts'
import type { TaskError } from '../../../shared/domain/task.ts'
import type {
  ExternalWorkerPort,
  LeasedTask,
  TaskFailure,
  TaskLease,
} from '../../../shared/domain/worker-port.ts'
import { leaseLost, type LeaseEnd } from '../store/commands/leases.ts'
import type { ClaimedTask } from '../store/commands/claim.ts'
import type { Store } from '../store/store-client.ts'
import {
  checkFailure,
  checkJson,
  checkLeaseMs,
  checkLeases,
  checkLimit,
  checkLines,
  checkProgress,
  checkRegistration,
} from './check-worker.ts'
import type { ExternalWorkers } from './external-workers.ts'
import type { BookedLease, LeaseBook } from './lease-book.ts'

const MAX_TYPE = 200
const MAX_MESSAGE = 10_000
const MAX_TRACEBACK = 50_000
const MAX_STAGE = 200
const MAX_PROGRESS_MESSAGE = 2000

/** What external workers call, but for what local ones share (heartbeat, status). */
export type LeasingPort = Omit<ExternalWorkerPort, 'heartbeat' | 'setWorkerStatus'>

/**
 * External workers over the port. Whether a lease is still held in time is decided here, by the
 * monotonic clock, when a call comes in; whether it is held at all, by the store, in the transaction
 * that writes what the worker says.
 */
export function createLeasingPort(dependencies: {
  readonly store: Store
  readonly clock: Clock
  readonly workers: ExternalWorkers
  readonly book: LeaseBook
}): LeasingPort {
  const { store, clock, workers, book } = dependencies

  /** Runs what a worker says under a lease, which does not run out while it is on its way. */
  async function under<Value>(
    workerId: string,
    lease: TaskLease,
    act: (holder: TaskLease & { workerId: string; now: number }, booked: BookedLease) => Promise<Value>,
  ): Promise<Value> {
    workers.seen(workerId)
    const booked = book.find(workerId, lease, clock.monotonic())
    if (booked === null) throw leaseLost({ workerId, taskId: lease.taskId })
    booked.answering += 1
    try {
      const { taskId, leaseToken } = booked
      return await act({ workerId, taskId, leaseToken, now: clock.now() }, booked)
    } catch (error) {
      if (isBrokerError(error, 'LEASE_LOST')) book.remove(booked)
      throw error
    } finally {
      booked.answering -= 1
    }
  }

  const end = (workerId: string, lease: TaskLease, how: LeaseEnd): Promise<TaskState> =>
    under(workerId, lease, async (holder, booked) => {
      const { state, worker } = await store.run('endLease', { ...holder, end: how })
      book.remove(booked)
      workers.keep(worker)
      return state
    })

  function toLeased(task: ClaimedTask, leaseMs: number, now: number): LeasedTask {
    const { id, number, name, queue, attempt, leaseToken, args, kwargs, metadata } = task
    const { timeoutMs, checkpoint, parents } = task
    return {
      taskId: id,
      leaseToken,
      number,
      name,
      queue,
      attempt,
      args,
      kwargs,
      metadata,
      timeoutMs,
      checkpoint,
      parents,
      leaseUntil: now + leaseMs,
      leaseMs,
    }
  }

  return {
    async registerWorker(registration) {
      checkRegistration(registration)
      const row = await store.run('registerWorker', { registration, now: clock.now() })
      workers.keep(row)
      return workers.find(row.id)!
    },
    async leaseTasks(workerId, { limit, leaseMs }) {
      checkLimit(limit)
      checkLeaseMs(leaseMs)
      workers.seen(workerId)
      const { worker, tasks } = await store.run('leaseTasks', {
        id: workerId,
        limit,
        leaseMs,
        now: clock.now(),
      })
      workers.keep(worker)
      const since = clock.now()
      for (const { id: taskId, leaseToken, name, queue, timeoutMs } of tasks)
        book.add({ taskId, leaseToken, workerId, name, queue, since, leaseMs, timeoutMs }, clock.monotonic())
      return tasks.map((task) => toLeased(task, leaseMs, since))
    },
    async renewLeases(workerId, leases, leaseMs) {
      checkLeases(leases)
      checkLeaseMs(leaseMs)
      workers.seen(workerId)
      const held = new Map<string, BookedLease>()
      for (const lease of leases) {
        const booked = book.find(workerId, lease, clock.monotonic())
        if (booked !== null) held.set(lease.taskId, booked)
      }
      for (const booked of held.values()) booked.answering += 1
      try {
        const inTime = [...held.values()].map(({ taskId, leaseToken }) => ({ taskId, leaseToken }))
        const { worker, renewed, abort } = await store.run('renewLeases', {
          id: workerId,
          leases: inTime,
          leaseMs,
          now: clock.now(),
        })
        workers.keep(worker)
        const isRenewed = new Set(renewed)
        for (const taskId of renewed) book.renew(held.get(taskId)!, leaseMs, clock.monotonic())
        const leaseUntil = clock.now() + leaseMs
        return {
          renewed: renewed.map((taskId) => ({ taskId, leaseUntil })),
          lost: [...new Set(leases.map(({ taskId }) => taskId))].filter((taskId) => !isRenewed.has(taskId)),
          abort,
        }
      } finally {
        for (const booked of held.values()) booked.answering -= 1
      }
    },
    startTask: (workerId, lease) =>
      under(workerId, lease, async (holder, booked) => {
        const isFirst = await store.run('startLease', holder)
        if (isFirst) book.start(booked, holder.now, clock.monotonic())
      }),
    async reportProgress(workerId, lease, progress) {
      checkProgress(progress)
      const stage = progress.stage?.slice(0, MAX_STAGE) ?? null
      const message = progress.message?.slice(0, MAX_PROGRESS_MESSAGE) ?? null
      await under(workerId, lease, (holder) =>
        store.run('progressLease', { ...holder, fraction: progress.fraction, stage, message }),
      )
    },
    async writeLog(workerId, lease, lines) {
      checkLines(lines)
      const capped = lines.map(({ level, message }) => ({ level, message: message.slice(0, MAX_MESSAGE) }))
      await under(workerId, lease, (holder) => store.run('logLease', { ...holder, lines: capped }))
    },
    async saveCheckpoint(workerId, lease, data) {
      checkJson('data', data)
      await under(workerId, lease, (holder) => store.run('checkpointLease', { ...holder, data }))
    },
    async completeTask(workerId, lease, result) {
      checkJson('result', result)
      return end(workerId, lease, { kind: 'succeeded', result })
    },
    async failTask(workerId, lease, failure) {
      checkFailure(failure)
      return end(workerId, lease, toFailed(failure))
    },
    releaseTask: (workerId, lease) => end(workerId, lease, { kind: 'given back' }),
  }
}

function toFailed({ error, mayRetry, retryAfterMs }: TaskFailure): AttemptEnd {
  const capped: TaskError = {
    type: error.type === '' ? 'Error' : error.type.slice(0, MAX_TYPE),
    message: error.message.slice(0, MAX_MESSAGE),
    traceback: error.traceback?.slice(0, MAX_TRACEBACK) ?? null,
    cause: error.cause?.slice(0, MAX_MESSAGE) ?? null,
  }
  return { kind: 'failed', error: capped, mayRetry: mayRetry ?? true, retryAfterMs: retryAfterMs ?? null }
}
