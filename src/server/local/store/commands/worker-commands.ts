import type { EpochMs } from '../../../../shared/domain/clock.ts'
import type { TaskError } from '../../../../shared/domain/task.ts'
import type { TaskLease } from '../../../../shared/domain/worker-port.ts'
import type { ClaimOrders } from '../claim-orders.ts'
import { type ExternalWorkerRow, parseNames, takesTasks } from '../worker-rows.ts'
import type { ClaimedTask } from './claim.ts'
import type { CommandContext } from './command-context.ts'
import { prepareExternalWorkers, type WorkerChanges } from './external-workers.ts'
import { prepareLeases } from './leases.ts'
import type { prepareProgress } from './progress.ts'
import type { prepareSettle } from './settle.ts'

/** A worker as it is after its call, and the tasks it is to end. */
export interface CalledIn {
  readonly worker: ExternalWorkerRow
  readonly abort: readonly string[]
}

/** The commands of external workers. Each throws WORKER_NOT_FOUND for one that is not known. */
export function prepareWorkerCommands(
  context: CommandContext,
  parts: {
    readonly settle: ReturnType<typeof prepareSettle>
    readonly progress: ReturnType<typeof prepareProgress>
    readonly orders: ClaimOrders
  },
) {
  const workers = prepareExternalWorkers(context)
  const leases = prepareLeases(context, { ...parts, workers })

  return {
    registerWorker: workers.register,
    workerNumbers: workers.numbersOf,

    changeWorker(request: { readonly id: string; readonly changes: WorkerChanges; readonly now: EpochMs }) {
      workers.change(request)
      workers.settleDrain(request.id, request.now)
      return workers.find(request.id)
    },
    heartbeatWorker({ id, now }: { readonly id: string; readonly now: EpochMs }): CalledIn {
      return { worker: workers.touch(id, now), abort: leases.toAbort(id) }
    },
    /** What it gets is claimed at the end of this transaction, within the limits of queues. */
    leaseTasks(request: {
      readonly id: string
      readonly limit: number
      readonly leaseMs: number
      readonly now: EpochMs
    }): { readonly worker: ExternalWorkerRow; readonly tasks: readonly ClaimedTask[] } {
      const { id, limit, leaseMs, now } = request
      const worker = workers.touch(id, now)
      const tasks: ClaimedTask[] = []
      if (takesTasks(worker))
        parts.orders.ask({
          workerId: id,
          limit,
          leaseMs,
          concurrency: worker.concurrency,
          names: parseNames(worker.names),
          queues: parseNames(worker.queues),
          into: tasks,
        })
      return { worker, tasks }
    },
    renewLeases(request: {
      readonly id: string
      readonly leases: readonly TaskLease[]
      readonly leaseMs: number
      readonly now: EpochMs
    }) {
      const { id: workerId, now } = request
      const worker = workers.touch(workerId, now)
      return { worker, abort: leases.toAbort(workerId), ...leases.renew({ ...request, workerId }) }
    },
    startLease: leases.start,
    progressLease: leases.progress,
    logLease: leases.log,
    checkpointLease: leases.checkpoint,
    endLease: leases.end,
    takeLeases: leases.take,
    terminateLease: leases.terminate,

    /** It fell silent: what it holds is given back. One that is offline already stays as it is. */
    loseWorker(request: {
      readonly id: string
      readonly reason: string
      readonly error: TaskError
      readonly now: EpochMs
    }): ExternalWorkerRow {
      const { id, reason, error, now } = request
      if (workers.find(id).is_offline === 0) {
        leases.endAll(id, { kind: 'lost', error, blame: 'innocent' }, now)
        workers.goOffline(id, reason, now)
      }
      return workers.find(id)
    },
    /** Gives back what it holds, and forgets it. */
    removeWorker({
      id,
      error,
      now,
    }: {
      readonly id: string
      readonly error: TaskError
      readonly now: EpochMs
    }) {
      const { is_offline: isOffline } = workers.find(id)
      leases.endAll(id, { kind: 'lost', error, blame: 'innocent' }, now)
      workers.drop(id)
      if (isOffline === 0) workers.tell('worker.disconnected', id, now, { reason: 'removed' })
    },
    /** Forgets workers that have been offline since `before`; answers their ids, at most `limit`. */
    forgetWorkers({
      before,
      limit,
    }: {
      readonly before: EpochMs
      readonly limit: number
    }): readonly string[] {
      const ids = workers.forgotten(before, limit)
      for (const id of ids) workers.drop(id)
      return ids
    },
  }
}
