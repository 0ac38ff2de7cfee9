import { MAX_TASK_NAME_LENGTH, QUEUE_NAME_PATTERN } from '../../../../shared/domain/limits.ts'
import { isTaskState, TASK_STATES, type TaskState } from '../../../../shared/domain/state.ts'
import {
  MAX_FINGERPRINT_LENGTH,
  MAX_ID_LENGTH,
  MAX_SEARCH_TEXT,
  NUMBER_LIMITS,
  type TaskFilters,
} from '../tasks-search.ts'
import { readNumberRange, writeNumberRange } from './number-range.ts'
import { readTimeRange, writeTimeRange } from './time-range.ts'

export const FILTER_FIELDS = [
  'state',
  'queue',
  'name',
  'dead',
  'submitted',
  'started',
  'finished',
  'priority',
  'attempts',
  'worker',
  'error',
  'parent',
  'replay',
] as const
export type FilterField = (typeof FILTER_FIELDS)[number]

/** What the filter box holds, read. */
export interface FilterReading {
  /** Filters that are complete: they leave the box and become chips. */
  readonly filters: TaskFilters
  /** What stays in the box: free text, a filter that is being typed or one that is wrong. */
  readonly rest: string
  /** Free text to search for; empty for none. */
  readonly text: string
  /** The filter at the end of the box that is being typed. */
  readonly open: { readonly field: FilterField; readonly value: string } | null
  /** What is wrong with a filter, for the person who typed it. */
  readonly problem: string | null
}

/** A word, or `field:"several words"`. */
const WORD = /(?:[^\s":]+:)?"[^"]*"?|\S+/g

/**
 * Reads `queue:payments timeout` as the filter `queue` and the text `timeout`. A filter is complete once a
 * space follows it, or when the reader is done (`isDone`: they pressed Enter).
 */
export function readFilterText(source: string, { isDone }: { readonly isDone: boolean }): FilterReading {
  const filters: { -readonly [Key in keyof TaskFilters]: TaskFilters[Key] } = {}
  const rest: string[] = []
  const words: string[] = []
  let open: FilterReading['open'] = null
  let problem: string | null = null

  for (const match of source.matchAll(WORD)) {
    const word = match[0]
    const token = splitToken(word)
    if (token === null) {
      rest.push(word)
      words.push(unquote(word))
      continue
    }
    const isLast = match.index + word.length === source.length
    if (isLast && !isDone) {
      open = token
      rest.push(word)
      continue
    }
    const reading = readFilter(token.field, token.value)
    if ('problem' in reading) {
      problem = reading.problem
      rest.push(word)
    } else Object.assign(filters, reading.filter)
  }
  const keepsSpace = /\s$/.test(source) && rest.length > 0 && !isDone
  return {
    filters,
    rest: rest.join(' ') + (keepsSpace ? ' ' : ''),
    text: words.join(' ').slice(0, MAX_SEARCH_TEXT),
    open,
    problem,
  }
}

/** Reads one filter's value as it was typed. */
function readFilter(
  field: FilterField,
  value: string,
): { readonly filter: TaskFilters } | { readonly problem: string } {
  const plain = value.trim()
  if (plain === '') return { problem: `${field}: needs a value.` }
  switch (field) {
    case 'state': {
      const state = toState(plain)
      if (plain.toLowerCase() === 'dead') return { filter: { dead: true } }
      return state === null
        ? { problem: `No state is called ${plain}; there are ${TASK_STATES.join(', ')}.` }
        : { filter: { state } }
    }
    case 'queue':
      return QUEUE_NAME_PATTERN.test(plain)
        ? { filter: { queue: plain } }
        : { problem: 'Names of queues have letters, digits and _ . : - only.' }
    case 'name':
      return plain.length <= MAX_TASK_NAME_LENGTH
        ? { filter: { name: plain } }
        : { problem: `Names of tasks have at most ${MAX_TASK_NAME_LENGTH} characters.` }
    case 'dead':
      if (/^(true|yes)$/i.test(plain)) return { filter: { dead: true } }
      if (/^(false|no)$/i.test(plain)) return { filter: { dead: false } }
      return { problem: 'dead: is true or false.' }
    case 'submitted':
    case 'started':
    case 'finished': {
      const range = readTimeRange(plain)
      return range === null
        ? { problem: `${field}: is as 24h, >1h, 2026-11-20 or 2026-11-20..2026-11-21T12:30.` }
        : { filter: { [field]: writeTimeRange(range) } }
    }
    case 'priority':
    case 'attempts': {
      const { min, max } = NUMBER_LIMITS[field]
      const range = readNumberRange(plain, NUMBER_LIMITS[field])
      return range === null
        ? { problem: `${field}: is as 8, >=8, <=3 or 3..8, from ${min} to ${max}.` }
        : { filter: { [field]: writeNumberRange(range) } }
    }
    case 'worker':
    case 'parent':
    case 'replay':
      return plain.length <= MAX_ID_LENGTH
        ? { filter: { [field]: plain } }
        : { problem: `${field}: is an id, of at most ${MAX_ID_LENGTH} characters.` }
    case 'error':
      return plain.length <= MAX_FINGERPRINT_LENGTH
        ? { filter: { error: plain } }
        : { problem: `error: has at most ${MAX_FINGERPRINT_LENGTH} characters.` }
  }
}

/** How a filter is typed: `queue:payments`, `name:"nightly report"`. */
export function writeFilter(field: FilterField, value: string): string {
  return /\s/.test(value) ? `${field}:"${value}"` : `${field}:${value}`
}

/** The box without its last word: where a chosen suggestion goes. */
export function withoutLastWord(source: string): string {
  const last = [...source.matchAll(WORD)].at(-1)
  if (last === undefined || last.index + last[0].length < source.length) return source
  return source.slice(0, last.index)
}

function splitToken(word: string): { readonly field: FilterField; readonly value: string } | null {
  const colon = word.indexOf(':')
  if (colon < 0) return null
  const field = FILTER_FIELDS.find((known) => known === word.slice(0, colon).toLowerCase())
  return field === undefined ? null : { field, value: unquote(word.slice(colon + 1)) }
}

const unquote = (text: string) => (text.startsWith('"') ? text.slice(1).replace(/"$/, '') : text)

function toState(text: string): TaskState | null {
  const name = text.toLowerCase().replaceAll(/[\s-]/g, '_')
  return isTaskState(name) ? name : null
}
