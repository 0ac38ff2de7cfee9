import { isBrokerError } from '../../../shared/domain/errors.ts'
import type { Clock } from '../../../shared/domain/clock.ts'
import type { SubmitTask } from '../../../shared/domain/task.ts'
import { checkSubmit } from '../check-submit.ts'
import { ATTEMPT_ENDED, type SubtaskAnswer, type SubtaskRequest } from '../executor/executor-protocol.ts'
import type { Lease } from '../store/commands/settle.ts'
import type { Store } from '../store/store-client.ts'
import { parseSubtask } from './subtask-request.ts'

export interface SubtaskDependencies {
  readonly store: Store
  readonly clock: Clock
  /** The lease under which a task of a pool runs now, and whose it is. */
  readonly findLease: (
    number: number,
  ) => { readonly lease: Lease; readonly pool: { readonly id: string } } | undefined
  readonly withHandlerDefaults: (task: SubmitTask) => SubmitTask
  /** A failure that is nobody's refusal. */
  readonly onProblem: (message: string, error: unknown) => void
}

/** Submits what running attempts of the pool ask for. */
export function createSubtasks(dependencies: SubtaskDependencies) {
  const { store, clock, findLease, withHandlerDefaults, onProblem } = dependencies
  return async ({ number, attempt, task: text }: SubtaskRequest): Promise<SubtaskAnswer> => {
    const holder = findLease(number)
    if (holder === undefined || holder.lease.attempt !== attempt) return ATTEMPT_ENDED
    const { id, leaseToken } = holder.lease
    try {
      const task = parseSubtask(text)
      checkSubmit(task, '')
      const receipt = await store.run('submitSubtask', {
        lease: { number, id, attempt, leaseToken },
        workerId: holder.pool.id,
        task: withHandlerDefaults(task),
        now: clock.now(),
      })
      return { ok: true, id: receipt.id }
    } catch (error) {
      if (isBrokerError(error)) return { ok: false, code: error.code, message: error.message }
      onProblem('A subtask could not be submitted', error)
      return { ok: false, code: 'INTERNAL_ERROR', message: 'The subtask could not be submitted.' }
    }
  }
}
