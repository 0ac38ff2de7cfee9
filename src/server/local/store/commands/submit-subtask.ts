import type { EpochMs } from '../../../../shared/domain/clock.ts'
import { BrokerError } from '../../../../shared/domain/errors.ts'
import type { SubmitTask, TaskReceipt } from '../../../../shared/domain/task.ts'
import type { CommandContext } from './command-context.ts'
import type { Lease } from './settle.ts'
import type { prepareSubmit } from './submit.ts'

/** Submits what a running attempt asks for, as its child. Throws LEASE_LOST, and whatever a submit does. */
export function prepareSubmitSubtask({ db }: CommandContext, submit: ReturnType<typeof prepareSubmit>) {
  const holds = db.prepare(
    `SELECT 1 FROM tasks WHERE number = ? AND state = 'running' AND attempt = ? AND lease_token = ?`,
  )
  return ({
    lease,
    workerId,
    task,
    now,
  }: {
    readonly lease: Pick<Lease, 'number' | 'id' | 'attempt' | 'leaseToken'>
    readonly workerId: string
    readonly task: SubmitTask
    readonly now: EpochMs
  }): TaskReceipt => {
    if (holds.get(lease.number, lease.attempt, lease.leaseToken) === undefined)
      throw new BrokerError(
        'LEASE_LOST',
        `Attempt ${lease.attempt} of task '${lease.id}' has ended; what it submits now is not taken.`,
        { taskId: lease.id, workerId },
      )
    return submit({ tasks: [{ ...task, parentId: lease.id }], now })[0]!
  }
}
