import { WORKER_STATUSES, type WorkerStatus } from '../../../shared/domain/worker.ts'

/** What the address of the Workers page says. */
export interface WorkersSearch {
  readonly text?: string | undefined
  readonly status?: WorkerStatus | undefined
  /** Id of the worker whose running tasks are unfolded. */
  readonly open?: string | undefined
}

export function parseWorkersSearch({ text, status, open }: Record<string, unknown>): WorkersSearch {
  return {
    text: typeof text === 'string' || typeof text === 'number' ? String(text).slice(0, 128) : undefined,
    status: WORKER_STATUSES.find((known) => known === status),
    open: typeof open === 'string' ? open : undefined,
  }
}
