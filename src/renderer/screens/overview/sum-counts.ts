import type { Queue, StateCounts } from '../../../shared/domain/queue.ts'
import { TASK_STATES } from '../../../shared/domain/state.ts'

/** How many tasks of some queues are in each state. */
export function sumCounts(queues: readonly Queue[]): StateCounts {
  const sums = TASK_STATES.map(
    (state) => [state, queues.reduce((sum, { counts }) => sum + counts[state], 0)] as const,
  )
  return Object.fromEntries(sums) as StateCounts // one entry for every state there is
}
