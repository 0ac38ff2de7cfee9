import type { EpochMs } from '../../../../shared/domain/clock.ts'
import type { TaskError } from '../../../../shared/domain/task.ts'
import type { CommandContext } from './command-context.ts'
import type { prepareSettle } from './settle.ts'

interface RunningRow {
  readonly number: number
  readonly id: string
  readonly name: string
  readonly queue: string
  readonly attempt: number
  readonly lease_token: string
  readonly run_at: number
  readonly claimed_at: number
  readonly started_at: number | null
  readonly worker_id: string
  readonly timeout_ms: number
}

const STOPPED: TaskError = {
  type: 'WorkerLostError',
  message: 'Penstock stopped while this attempt ran; it starts again.',
  traceback: null,
  cause: null,
}

/**
 * Gives back every running task of local workers, whose threads ended with the process before this
 * one. Nobody is to blame, so no retry is used up.
 */
export function prepareRecover({ db }: CommandContext, settle: ReturnType<typeof prepareSettle>) {
  const running = db.prepare<[], RunningRow>(`
    SELECT number, id, name, queue, attempt, lease_token, run_at, claimed_at, started_at, worker_id, timeout_ms
    FROM tasks WHERE state = 'running' ORDER BY number`)
  return ({ now }: { readonly now: EpochMs }): number => {
    const rows = running.all()
    for (const row of rows) {
      const {
        number,
        id,
        name,
        queue,
        attempt,
        lease_token: leaseToken,
        run_at: dueAt,
        claimed_at: claimedAt,
      } = row
      const lease = {
        number,
        id,
        name,
        queue,
        attempt,
        leaseToken,
        dueAt,
        claimedAt,
        timeoutMs: row.timeout_ms,
      }
      const end = { kind: 'lost', error: STOPPED, blame: 'innocent' } as const
      settle.end({ lease, startedAt: row.started_at, at: now, end }, row.worker_id, true)
    }
    return rows.length
  }
}
