import * as z from 'zod'
import { MAX_PRIORITY } from '../../../shared/domain/limits.ts'
import type { TaskQuery } from '../../../shared/domain/task-query.ts'
import { optionalText, wholeNumber } from '../read-input.ts'
import { limit, offset, oneOf, optionalParameter } from './query-fields.ts'
import { MIN_DTQS_PRIORITY } from './submit-wire.ts'
import { DTQS_STATES, type DtqsState, fromDtqsState } from './states.ts'

const SORT_FIELDS = ['created_at', 'priority', 'status', 'started_at', 'completed_at'] as const

export const status = optionalParameter(oneOf(DTQS_STATES))
export const priority = optionalParameter(
  wholeNumber.refine(
    (value) => value >= MIN_DTQS_PRIORITY && value <= MAX_PRIORITY,
    `must be ${MIN_DTQS_PRIORITY} to ${MAX_PRIORITY}`,
  ),
)

export const taskListQuery = z.object({
  status,
  priority,
  queue_name: optionalText,
  limit,
  offset,
  sort_by: optionalParameter(oneOf(SORT_FIELDS)).transform((field) => field ?? 'created_at'),
  sort_order: optionalParameter(oneOf(['asc', 'desc'])).transform((order) => order ?? 'desc'),
})

export interface TaskFilter {
  readonly status?: DtqsState | undefined
  readonly priority?: number | undefined
  readonly queue_name?: string | undefined
}

/** Wire → domain: which tasks, not which page of them. */
export function toTaskQuery({ status: word, priority: only, queue_name: queue }: TaskFilter): TaskQuery {
  return {
    states: word === undefined ? undefined : fromDtqsState(word),
    queue,
    minPriority: only,
    maxPriority: only,
  }
}

/** The order of `created_at` is that of submission; words are in the order of the alphabet. */
export function toOrder({
  sort_by: field,
  sort_order: order,
}: Pick<z.output<typeof taskListQuery>, 'sort_by' | 'sort_order'>): Pick<TaskQuery, 'order' | 'sort'> {
  const isDescending = order === 'desc'
  switch (field) {
    case 'created_at':
      return { order: isDescending ? 'newest' : 'oldest' }
    case 'priority':
      return { sort: { by: 'priority', isDescending } }
    case 'started_at':
      return { sort: { by: 'startedAt', isDescending } }
    case 'completed_at':
      return { sort: { by: 'finishedAt', isDescending } }
    case 'status':
      return { sort: { by: 'state', groups: DTQS_STATES.toSorted().map(fromDtqsState), isDescending } }
  }
}
