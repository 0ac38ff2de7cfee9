import type { NewBulk } from '../../../shared/domain/bulk-port.ts'
import type { TaskQuery } from '../../../shared/domain/task-query.ts'

/** A query as the contract takes it: its lists may be written to there. */
export function toQueryInput({ states, names, sort, ...rest }: TaskQuery) {
  return { ...rest, states: copied(states), names: copied(names), sort: toSort(sort) }
}

export function toBulkInput({ query: { states, names, ...conditions }, ...rest }: NewBulk) {
  return { ...rest, query: { ...conditions, states: copied(states), names: copied(names) } }
}

function toSort(sort: TaskQuery['sort']) {
  if (sort === undefined || sort.by !== 'state') return sort
  return { ...sort, groups: sort.groups.map((group) => [...group]) }
}

const copied = <Item>(items: readonly Item[] | undefined) => (items === undefined ? undefined : [...items])
