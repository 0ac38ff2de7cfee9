import { areCountsTold, type Coverage } from '../../../shared/domain/capabilities.ts'
import type { StateCounts } from '../../../shared/domain/queue.ts'
import { TASK_STATES, type TaskState } from '../../../shared/domain/state.ts'

/** The tabs over the list, in the order a life usually takes them. */
export const LIFE_CYCLE_TABS = [
  { value: 'all', label: 'All' },
  { value: 'pending', label: 'Pending' },
  { value: 'scheduled', label: 'Scheduled' },
  { value: 'running', label: 'Running' },
  { value: 'retrying', label: 'Retrying' },
  { value: 'succeeded', label: 'Succeeded' },
  { value: 'failed', label: 'Failed' },
  { value: 'cancelled', label: 'Cancelled' },
] as const satisfies readonly { readonly value: TaskState | 'all'; readonly label: string }[]

export type LifeCycleTab = (typeof LIFE_CYCLE_TABS)[number]['value']

/** The tab under which a state is found. Paused has none of its own. */
export function tabOfState(state: TaskState | undefined): LifeCycleTab {
  if (state === undefined || state === 'paused') return 'all'
  return state === 'timed_out' ? 'failed' : state
}

/** Whether a state narrows its tab further, and so needs a chip. */
export function isNarrowerThanTab(state: TaskState): boolean {
  return state === 'paused' || state === 'timed_out'
}

type StateGroups = Coverage['stateGroups']

/**
 * `failed` shows the timed-out tasks too: both have died. What a server calls by the same word is asked for
 * with it, as it cannot tell one from the other.
 */
export function statesShownFor(state: TaskState, stateGroups: StateGroups): readonly TaskState[] {
  const shown: readonly TaskState[] = state === 'failed' ? ['failed', 'timed_out'] : [state]
  const alike = stateGroups.filter(([meant]) => meant !== undefined && shown.includes(meant)).flat()
  return alike.length === 0 ? shown : [...new Set([...shown, ...alike])]
}

/** The tabs of a broker: without those whose tasks stand under another tab's word there. */
export function tabsOf(stateGroups: StateGroups): readonly (typeof LIFE_CYCLE_TABS)[number][] {
  const hidden = new Set<string>(stateGroups.flatMap(([, ...others]) => others))
  return LIFE_CYCLE_TABS.filter(({ value }) => !hidden.has(value))
}

/** Null when the broker does not tell how many they are. */
export function countOfTab(
  tab: LifeCycleTab,
  counts: StateCounts,
  coverage: Pick<Coverage, 'stateGroups' | 'untold'>,
): number | null {
  const states = tab === 'all' ? TASK_STATES : statesShownFor(tab, coverage.stateGroups)
  return areCountsTold(states, coverage) ? states.reduce((sum, state) => sum + counts[state], 0) : null
}
