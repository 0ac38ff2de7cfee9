import { TASK_STATES } from '../../../../shared/domain/state.ts'
import { STATE_LOOKS } from '../../../ui/state/task-state.ts'
import { FILTER_FIELDS, type FilterField, type FilterReading } from './filter-text.ts'

export interface FilterSuggestion {
  readonly field: FilterField
  /** Null suggests the field itself; its values come next. */
  readonly value: string | null
  /** A few words at the right end. */
  readonly hint: string | null
}

/** What there is to filter by. */
export interface FilterSources {
  readonly queues: readonly { readonly name: string; readonly hint: string | null }[]
  readonly names: readonly string[]
}

const MAX_SUGGESTIONS = 8

const HINT_OF_FIELD: Readonly<Record<FilterField, string>> = {
  state: 'pending, running, failed …',
  queue: 'one queue',
  name: 'tasks of one name',
  dead: 'dead letters only, or none',
  worker: 'id of a worker',
  error: 'one kind of error',
  parent: 'id of the task that submitted them',
  replay: 'id of the task they run again',
}

/** What to offer for the end of the box: values of the filter being typed, else filters that fit the word. */
export function suggest(
  { open, rest }: Pick<FilterReading, 'open' | 'rest'>,
  sources: FilterSources,
): readonly FilterSuggestion[] {
  if (open !== null) return matching(valuesOf(open.field, sources), open.value).slice(0, MAX_SUGGESTIONS)
  const word = /\s$/.test(rest) ? '' : (rest.split(/\s+/).at(-1) ?? '')
  const fields = FILTER_FIELDS.filter((field) => field.startsWith(word.toLowerCase())).map(
    (field): FilterSuggestion => ({ field, value: null, hint: HINT_OF_FIELD[field] }),
  )
  if (word === '') return rest === '' ? fields : []
  const values = FILTER_FIELDS.filter((field) => field !== 'dead').flatMap((field) =>
    valuesOf(field, sources),
  )
  return [...fields, ...matching(values, word)].slice(0, MAX_SUGGESTIONS)
}

function valuesOf(field: FilterField, { queues, names }: FilterSources): readonly FilterSuggestion[] {
  switch (field) {
    case 'state':
      return TASK_STATES.map((state) => ({ field, value: state, hint: STATE_LOOKS[state].word }))
    case 'queue':
      return queues.map(({ name, hint }) => ({ field, value: name, hint }))
    case 'name':
      return names.map((name) => ({ field, value: name, hint: null }))
    case 'dead':
      return [
        { field, value: 'true', hint: 'failed or timed out, and not dealt with' },
        { field, value: 'false', hint: 'everything else' },
      ]
    case 'worker':
    case 'error':
    case 'parent':
    case 'replay':
      return []
  }
}

/** Those that contain the text, those that begin with it first. */
function matching(suggestions: readonly FilterSuggestion[], text: string): readonly FilterSuggestion[] {
  const wanted = text.toLowerCase()
  const rank = ({ value }: FilterSuggestion) => value?.toLowerCase().indexOf(wanted) ?? -1
  return suggestions
    .filter((suggestion) => rank(suggestion) >= 0)
    .toSorted((a, b) => Math.sign(rank(a)) - Math.sign(rank(b)))
}
