import type { TaskError } from '../../../shared/domain/task.ts'
import { describeError } from './describe-error.ts'

/** Why a thread ended under its attempt: out of memory, `process.exit()`, an error outside of the handler. */
export function describeThreadLoss(error: unknown): TaskError {
  const described = describeError(error)
  const code = (error as { code?: unknown } | null)?.code
  if (code === 'ERR_WORKER_OUT_OF_MEMORY')
    return {
      ...described,
      type: 'OutOfMemoryError',
      message: 'The handler ran out of memory; its thread was stopped.',
    }
  const exitCode = /worker exited with code: (-?\d+)/i.exec(described.message)?.[1]
  if (exitCode !== undefined)
    return {
      ...described,
      type: 'ThreadExitError',
      message: `The handler ended its thread (process.exit with code ${exitCode}).`,
    }
  return described
}
