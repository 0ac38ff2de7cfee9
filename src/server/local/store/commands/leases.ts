import type { AttemptEnd } from '../../../../shared/domain/attempt-end.ts'
import type { EpochMs } from '../../../../shared/domain/clock.ts'
import { BrokerError } from '../../../../shared/domain/errors.ts'
import type { JsonText } from '../../../../shared/domain/json.ts'
import type { TaskState } from '../../../../shared/domain/state.ts'
import type { LogLine, TaskLease } from '../../../../shared/domain/worker-port.ts'
import type { ExternalWorkerRow } from '../worker-rows.ts'
import type { CommandContext } from './command-context.ts'
import type { prepareExternalWorkers } from './external-workers.ts'
import type { prepareProgress } from './progress.ts'
import { LEASE_COLUMNS, type LeaseRow, toLease } from './running-lease.ts'
import type { prepareSettle } from './settle.ts'

/** How a leased attempt ends. `given back`: by the worker itself; unstarted, it never was. */
export type LeaseEnd = AttemptEnd | { readonly kind: 'given back' }

/** Who speaks, and for what. */
export interface LeaseHolder extends TaskLease {
  readonly workerId: string
  readonly now: EpochMs
}

/** What cannot be kept of an attempt that was told of too late. */
export const leaseLost = ({ workerId, taskId }: Pick<LeaseHolder, 'workerId' | 'taskId'>) =>
  new BrokerError(
    'LEASE_LOST',
    `Worker '${workerId}' does not hold task '${taskId}' under this lease any more; stop working on it.`,
    { taskId, workerId },
  )

const GIVEN_BACK = {
  type: 'WorkerLostError',
  message: 'The worker gave it back before it was done.',
  traceback: null,
  cause: null,
} as const

/**
 * What external workers say of the tasks they lease. Everything is fenced by the worker, the state and
 * the lease token, which is new with every claim. Throws LEASE_LOST.
 */
export function prepareLeases(
  { db }: CommandContext,
  parts: {
    readonly workers: ReturnType<typeof prepareExternalWorkers>
    readonly settle: ReturnType<typeof prepareSettle>
    readonly progress: ReturnType<typeof prepareProgress>
  },
) {
  const { workers, settle, progress } = parts
  const byId = db.prepare<[string], LeaseRow>(
    `SELECT ${LEASE_COLUMNS} FROM tasks WHERE id = ? AND state = 'running' AND lease_ms IS NOT NULL`,
  )
  const heldBy = db.prepare<[string], LeaseRow>(
    `SELECT ${LEASE_COLUMNS} FROM tasks WHERE state = 'running' AND worker_id = ? ORDER BY number`,
  )
  const toAbort = db
    .prepare<[string], string>(
      `SELECT id FROM tasks WHERE state = 'running' AND worker_id = ?
         AND (is_cancel_requested = 1 OR is_pause_requested = 1) ORDER BY number`,
    )
    .pluck()
  const setLength = db.prepare('UPDATE tasks SET lease_ms = ? WHERE number = ?')
  const stateOf = db.prepare<[number], TaskState>('SELECT state FROM tasks WHERE number = ?').pluck()

  function findHeld({ workerId, taskId, leaseToken }: Omit<LeaseHolder, 'now'>): LeaseRow | null {
    const row = byId.get(taskId)
    return row?.worker_id === workerId && row.lease_token === leaseToken ? row : null
  }

  function held(holder: LeaseHolder): LeaseRow {
    const row = findHeld(holder)
    if (row === null) throw leaseLost(holder)
    return row
  }

  function end(row: LeaseRow, how: LeaseEnd, now: EpochMs): void {
    const isUnstarted = how.kind === 'given back' && row.started_at === null
    // A worker that tells no start began when it leased.
    const startedAt = isUnstarted ? null : (row.started_at ?? row.claimed_at)
    const at = Math.max(now, startedAt ?? now)
    const attempt: AttemptEnd =
      how.kind === 'given back' ? { kind: 'lost', error: GIVEN_BACK, blame: 'innocent' } : how
    settle.end({ lease: toLease(row), startedAt, at, end: attempt }, row.worker_id, row.started_at !== null)
    if (attempt.kind === 'lost' || attempt.kind === 'cancelled') return
    workers.addToTotals(row.worker_id, {
      succeeded: attempt.kind === 'succeeded' ? 1 : 0,
      failed: attempt.kind === 'succeeded' ? 0 : 1,
      runMs: at - startedAt!,
    })
  }

  return {
    toAbort: (workerId: string): readonly string[] => toAbort.all(workerId),
    /** Ends everything a worker holds; answers the ids. */
    endAll(workerId: string, how: AttemptEnd, now: EpochMs): readonly string[] {
      const rows = heldBy.all(workerId)
      for (const row of rows) end(row, how, now)
      return rows.map(({ id }) => id)
    },

    renew(request: {
      readonly workerId: string
      readonly leases: readonly TaskLease[]
      readonly leaseMs: number
    }) {
      const renewed: string[] = []
      const lost: string[] = []
      for (const lease of request.leases) {
        const row = findHeld({ ...lease, workerId: request.workerId })
        if (row === null) lost.push(lease.taskId)
        else {
          if (row.lease_ms !== request.leaseMs) setLength.run(request.leaseMs, row.number)
          renewed.push(lease.taskId)
        }
      }
      return { renewed, lost }
    },
    /** Told again, it changes nothing. @returns whether it was the first time. */
    start(holder: LeaseHolder): boolean {
      const row = held(holder)
      if (row.started_at !== null) return false
      return settle.start({ lease: toLease(row), at: holder.now }, holder.workerId)
    },
    progress(
      request: LeaseHolder & {
        readonly fraction: number
        readonly stage: string | null
        readonly message: string | null
      },
    ): void {
      const { workerId, now: at, fraction, stage, message } = request
      progress.progress({ lease: toLease(held(request)), at, fraction, stage, message }, workerId)
    },
    log(request: LeaseHolder & { readonly lines: readonly LogLine[] }): void {
      const lease = toLease(held(request))
      for (const line of request.lines) progress.log({ lease, at: request.now, ...line }, request.workerId)
    },
    checkpoint(request: LeaseHolder & { readonly data: JsonText }): void {
      progress.checkpoint({ lease: toLease(held(request)), data: request.data })
    },
    /** @returns the task's state, and its worker, afterwards. */
    end(request: LeaseHolder & { readonly end: LeaseEnd }) {
      const { workerId, now } = request
      const row = held(request)
      end(row, request.end, now)
      workers.settleDrain(workerId, now)
      return { state: stateOf.get(row.number)!, worker: workers.find(workerId) }
    },
    /** Takes the lease of a task that somebody wants ended at once; answers whose it was, null if nobody's. */
    terminate({ id, now }: { readonly id: string; readonly now: EpochMs }) {
      const row = byId.get(id)
      if (row === undefined) return null
      end(row, { kind: 'cancelled' }, now)
      workers.settleDrain(row.worker_id, now)
      return { leaseToken: row.lease_token, worker: workers.find(row.worker_id) }
    },
    /**
     * Takes leases away, whatever their workers do; those that have ended meanwhile are left alone.
     * @returns the workers as they are afterwards.
     */
    take(request: {
      readonly ends: readonly (Omit<LeaseHolder, 'now'> & { readonly end: AttemptEnd })[]
      readonly now: EpochMs
    }): readonly ExternalWorkerRow[] {
      const touched = new Set<string>()
      for (const { end: how, ...holder } of request.ends) {
        const row = findHeld(holder)
        if (row === null) continue
        end(row, how, request.now)
        touched.add(holder.workerId)
      }
      return [...touched].map((workerId) => {
        workers.settleDrain(workerId, request.now)
        return workers.find(workerId)
      })
    },
  }
}
