import * as z from 'zod'
import type { TaskQuery } from '../../../shared/domain/task-query.ts'
import { bodyInstant, orNull } from '../body-fields.ts'
import { optionalText, queryInstant, wholeNumber } from '../read-input.ts'
import { flag, limitOf, offset, oneOf, optionalParameter } from './query-fields.ts'
import { priorityField } from './submit-wire.ts'
import { priority, status, type TaskFilter, toTaskQuery } from './task-query-wire.ts'
import { DTQS_STATES } from './states.ts'

const MAX_SEARCH_LENGTH = 256
const tooLong = `must be at most ${MAX_SEARCH_LENGTH} characters`
const DEFAULT_SEARCH_LIMIT = 100

const filter = {
  status,
  priority,
  task_name: optionalText.describe('The whole name.'),
  worker_id: optionalText,
  queue_name: optionalText,
  created_after: optionalParameter(queryInstant),
  created_before: optionalParameter(queryInstant),
  search: optionalParameter(z.string('must be given once').max(MAX_SEARCH_LENGTH, tooLong)),
}

export const searchQuery = z.object({ ...filter, limit: limitOf(DEFAULT_SEARCH_LIMIT), offset })

export const presetPageQuery = searchQuery.pick({ limit: true, offset: true })

/** Everything is exported unless a limit says otherwise; it may be as large as one likes. */
export const exportQuery = z.object({
  ...filter,
  limit: optionalParameter(wholeNumber.refine((count) => count >= 1, 'must be 1 or more')),
  offset,
  bom: optionalParameter(flag).transform((hasMark) => hasMark ?? false),
})

export interface SearchFilter extends TaskFilter {
  readonly task_name?: string | undefined
  readonly worker_id?: string | undefined
  readonly created_after?: number | undefined
  readonly created_before?: number | undefined
  readonly search?: string | undefined
}

/** Wire → domain: which tasks, not which page of them. */
export function toSearchQuery(asked: SearchFilter): TaskQuery {
  return {
    ...toTaskQuery(asked),
    name: asked.task_name,
    workerId: asked.worker_id,
    createdAfter: asked.created_after,
    createdBefore: asked.created_before,
    text: asked.search,
  }
}

const DTQS_BULK_ACTIONS = ['retry', 'cancel', 'priority_boost'] as const
const HIGHEST_PRIORITY = 10

const text = z.string('must be text').min(1, 'must not be empty')

const bulkFilter = {
  status: orNull(oneOf(DTQS_STATES)),
  priority: orNull(priorityField),
  task_name: orNull(text),
  worker_id: orNull(text),
  queue_name: orNull(text),
  created_after: orNull(bodyInstant),
  created_before: orNull(bodyInstant),
  search: orNull(text.max(MAX_SEARCH_LENGTH, tooLong)),
}

/** Without a filter nothing is done, unless the request says that every task is meant. */
export const bulkBody = z
  .object(
    {
      action: oneOf(DTQS_BULK_ACTIONS),
      ...bulkFilter,
      all: orNull(z.boolean('must be true or false')).transform((isAll) => isAll ?? false),
      new_priority: orNull(priorityField).transform((value) => value ?? HIGHEST_PRIORITY),
    },
    'must be an object',
  )
  .refine(
    (body) =>
      body.all || Object.keys(bulkFilter).some((field) => body[field as keyof typeof body] !== undefined),
    { path: ['all'], message: 'give a filter, or true when every task is meant' },
  )
