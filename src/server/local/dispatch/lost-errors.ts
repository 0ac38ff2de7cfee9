import type { TaskError } from '../../../shared/domain/task.ts'

const lost = (message: string, type = 'WorkerLostError'): TaskError => ({
  type,
  message,
  traceback: null,
  cause: null,
})

/** Why an attempt of the bundled pool ended that did not end itself. */
export const LET_GO = lost('The worker let go of it before it started.')
export const STOPPED = lost('Penstock stopped while this attempt ran; it starts again.')

export function crashError(reason: string, inside: number): TaskError {
  const others = inside > 1 ? ` with ${inside} tasks in it, so each is now run alone` : ''
  return lost(`The executor process ${reason}${others}.`, 'WorkerCrashError')
}
