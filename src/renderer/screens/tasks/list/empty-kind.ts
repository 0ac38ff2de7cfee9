import type { Untold } from '../../../../shared/domain/capabilities.ts'
import type { Overview } from '../../../../shared/domain/overview.ts'
import { isFiltered, type TasksSearch } from '../tasks-search.ts'

export type EmptyKind =
  /** Not known yet. */
  | 'unknown'
  | 'never used'
  /** Good news. */
  | 'nothing failed'
  | 'no workers'
  /** A state that tasks only pass through. */
  | 'nothing now'
  | 'nothing matches'

/**
 * Why a list is empty.
 * @param untold what the broker does not tell of the sums of what happened.
 */
export function emptyKindOf(
  search: TasksSearch,
  overview: Pick<Overview, 'counts' | 'totals' | 'workers'> | undefined,
  untold: Untold['totals'],
): EmptyKind {
  const { state, dead } = search
  const isNarrowed = isFiltered({ ...search, state: undefined, dead: undefined })
  if (overview === undefined) return isFiltered(search) ? 'nothing matches' : 'unknown'
  const { counts, totals, workers } = overview
  if (totals.submitted === 0 && !untold.includes('submitted')) return 'never used'
  if (isNarrowed) return 'nothing matches'
  if (dead === true || state === 'failed') return 'nothing failed'
  if (state === 'running' && counts.pending > 0 && workers.active + workers.idle === 0) return 'no workers'
  if (
    state === 'running' ||
    state === 'pending' ||
    state === 'scheduled' ||
    state === 'retrying' ||
    state === 'paused'
  )
    return 'nothing now'
  return isFiltered(search) ? 'nothing matches' : 'never used'
}
