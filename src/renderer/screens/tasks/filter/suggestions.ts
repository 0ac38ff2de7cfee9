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

export const TIME_PRESETS = [
  { value: '1h', label: 'Last hour' },
  { value: '24h', label: 'Last 24 hours' },
  { value: '7d', label: 'Last 7 days' },
] as const

/** What there is to filter by. */
export interface FilterSources {
  readonly queues: readonly { readonly name: string; readonly hint: string | null }[]
  readonly names: readonly string[]
}

const MAX_SUGGESTIONS = 8
/** Fields whose values say nothing by themselves. */
const NOT_BY_VALUE: ReadonlySet<FilterField> = new Set([
  'dead',
  'submitted',
  'started',
  'finished',
  'priority',
  'attempts',
])

const HINT_OF_FIELD: Readonly<Record<FilterField, string>> = {
  state: 'pending, running, failed …',
  queue: 'one queue',
  name: 'tasks of one name',
  dead: 'dead letters only, or none',
  submitted: '1h, 24h, 7d, or from..to',
  started: 'when its last attempt began',
  finished: 'when it ended',
  priority: '0 to 10, as >=8',
  attempts: 'how often it was started, as >=4',
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
  const values = FILTER_FIELDS.filter((field) => !NOT_BY_VALUE.has(field)).flatMap((field) =>
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
    case 'submitted':
    case 'started':
    case 'finished':
      return TIME_PRESETS.map(({ value, label }) => ({ field, value, hint: label }))
    case 'priority':
      return [
        { field, value: '>=8', hint: 'high' },
        { field, value: '<=2', hint: 'low' },
      ]
    case 'attempts':
      return [
        { field, value: '<=1', hint: 'never retried' },
        { field, value: '>=4', hint: 'retried 3 times or more' },
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
