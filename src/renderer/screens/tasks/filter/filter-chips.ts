import { STATE_LOOKS } from '../../../ui/state/task-state.ts'
import { isNarrowerThanTab } from '../life-cycle-tabs.ts'
import { TIME_FIELDS, type TaskFilters } from '../tasks-search.ts'
import { writeFilter, type FilterField } from './filter-text.ts'
import { readTimeRange, timeRangeWords, writeTimeRange } from './time-range.ts'

export interface FilterChip {
  readonly field: FilterField
  /** As people read it. */
  readonly value: string
  /** As it is typed. */
  readonly typed: string
}

const chip = (field: FilterField, value: string, typed = value): FilterChip => ({ field, value, typed })

/** The filters that stand in the box as chips. A state that is a whole tab is shown by the tab. */
export function chipsOf(filters: TaskFilters): readonly FilterChip[] {
  const { state, queue, name, dead } = filters
  return [
    ...(state !== undefined && isNarrowerThanTab(state)
      ? [chip('state', STATE_LOOKS[state].word.toLowerCase())]
      : []),
    ...(queue === undefined ? [] : [chip('queue', queue)]),
    ...(name === undefined ? [] : [chip('name', name)]),
    ...(dead === undefined ? [] : [chip('dead', String(dead))]),
    ...TIME_FIELDS.flatMap((field) => {
      const range = readTimeRange(filters[field] ?? '')
      return range === null ? [] : [chip(field, timeRangeWords(range), writeTimeRange(range))]
    }),
    ...(['priority', 'attempts', 'worker', 'error', 'parent', 'replay'] as const).flatMap((field) => {
      const value = filters[field]
      return value === undefined ? [] : [chip(field, value)]
    }),
  ]
}

/** The filters as one would type them: `state:failed queue:payments timeout`. */
export function filterText(filters: TaskFilters): string {
  const { state, text } = filters
  const isTab = state !== undefined && !isNarrowerThanTab(state)
  return [
    ...(isTab ? [writeFilter('state', state)] : []),
    ...chipsOf(filters).map(({ field, typed }) => writeFilter(field, typed)),
    ...(text === undefined ? [] : [text]),
  ].join(' ')
}
