import { INACTIVE_STATUS, type WorkerStatus } from '../../../shared/domain/worker.ts'

/** One word for a worker, by what matters most to whoever looks. */
export function toWorkerStatus(worker: {
  readonly isOffline: boolean
  readonly isDraining: boolean
  readonly isPaused: boolean
  readonly declaredStatus: string
  readonly running: number
}): WorkerStatus {
  if (worker.isOffline) return 'offline'
  if (worker.isDraining) return 'draining'
  if (worker.isPaused || worker.declaredStatus === INACTIVE_STATUS) return 'paused'
  return worker.running > 0 ? 'active' : 'idle'
}
