import type { Assignment } from '../executor/executor-protocol.ts'
import type { ClaimedTask } from '../store/commands/claim.ts'
import type { Lease } from '../store/commands/settle.ts'

/** What is said under of a claimed task: without its payload, since it travels with every report. */
export const leaseOf = ({
  number,
  id,
  name,
  queue,
  attempt,
  leaseToken,
  dueAt,
  claimedAt,
  timeoutMs,
  workflowId,
}: ClaimedTask): Lease => ({
  number,
  id,
  name,
  queue,
  attempt,
  leaseToken,
  dueAt,
  claimedAt,
  timeoutMs,
  workflowId,
})

/** What the executor must know of a claimed task. */
export const assignmentOf = ({
  number,
  id,
  name,
  queue,
  attempt,
  args,
  kwargs,
  metadata,
  timeoutMs,
  checkpoint,
  parents,
}: ClaimedTask): Assignment => ({
  number,
  id,
  name,
  queue,
  attempt,
  args,
  kwargs,
  metadata,
  timeoutMs,
  checkpoint,
  parents,
})
