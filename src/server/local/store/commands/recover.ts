import type { EpochMs } from '../../../../shared/domain/clock.ts'
import type { TaskError } from '../../../../shared/domain/task.ts'
import type { CommandContext } from './command-context.ts'
import { LEASE_COLUMNS, type LeaseRow, toLease } from './running-lease.ts'
import type { prepareSettle } from './settle.ts'

const STOPPED: TaskError = {
  type: 'WorkerLostError',
  message: 'Penstock stopped while this attempt ran; it starts again.',
  traceback: null,
  cause: null,
}

/**
 * Gives back every running task of local workers, whose threads ended with the process before this
 * one. Nobody is to blame, so no retry is used up. What external workers lease stays theirs: they may
 * be alive, and know nothing of this restart.
 */
export function prepareRecover({ db }: CommandContext, settle: ReturnType<typeof prepareSettle>) {
  const running = db.prepare<[], LeaseRow>(
    `SELECT ${LEASE_COLUMNS} FROM tasks WHERE state = 'running' AND lease_ms IS NULL ORDER BY number`,
  )
  return ({ now }: { readonly now: EpochMs }): number => {
    const rows = running.all()
    const end = { kind: 'lost', error: STOPPED, blame: 'innocent' } as const
    for (const row of rows)
      settle.end({ lease: toLease(row), startedAt: row.started_at, at: now, end }, row.worker_id, true)
    return rows.length
  }
}
