import { STATE_LOOKS } from '../../../ui/state/task-state.ts'
import { isNarrowerThanTab } from '../life-cycle-tabs.ts'
import type { TaskFilters } from '../tasks-search.ts'
import { writeFilter, type FilterField } from './filter-text.ts'

export interface FilterChip {
  readonly field: FilterField
  readonly value: string
}

/** The filters that stand in the box as chips. A state that is a whole tab is shown by the tab. */
export function chipsOf(filters: TaskFilters): readonly FilterChip[] {
  const { state, queue, name, dead } = filters
  return [
    ...(state !== undefined && isNarrowerThanTab(state)
      ? [{ field: 'state', value: STATE_LOOKS[state].word.toLowerCase() } as const]
      : []),
    ...(queue === undefined ? [] : [{ field: 'queue', value: queue } as const]),
    ...(name === undefined ? [] : [{ field: 'name', value: name } as const]),
    ...(dead === undefined ? [] : [{ field: 'dead', value: String(dead) } as const]),
    ...(['worker', 'error', 'parent', 'replay'] as const).flatMap((field) => {
      const value = filters[field]
      return value === undefined ? [] : [{ field, value }]
    }),
  ]
}

/** The filters as one would type them: `state:failed queue:payments timeout`. */
export function filterText(filters: TaskFilters): string {
  const { state, text } = filters
  const isTab = state !== undefined && !isNarrowerThanTab(state)
  return [
    ...(isTab ? [writeFilter('state', state)] : []),
    ...chipsOf(filters).map(({ field, value }) => writeFilter(field, value)),
    ...(text === undefined ? [] : [text]),
  ].join(' ')
}
