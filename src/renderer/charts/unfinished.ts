import type { StateCounts } from '../../shared/domain/queue.ts'
import type { TaskState } from '../../shared/domain/state.ts'

/** Unfinished states as bars show them: what is waiting first, what a person has stopped last. */
export const UNFINISHED_BAR_ORDER = [
  'pending',
  'scheduled',
  'retrying',
  'running',
  'paused',
] as const satisfies readonly TaskState[]

export function countUnfinished(counts: StateCounts): number {
  return UNFINISHED_BAR_ORDER.reduce((sum, state) => sum + counts[state], 0)
}
