import type { TaskQuery } from '../../../shared/domain/task-query.ts'
import type { Coverage } from '../../../shared/domain/capabilities.ts'
import type { EpochMs } from '../../../shared/domain/clock.ts'
import {
  MAX_MAX_RETRIES,
  MAX_PRIORITY,
  MAX_TASK_NAME_LENGTH,
  MIN_PRIORITY,
  QUEUE_NAME_PATTERN,
} from '../../../shared/domain/limits.ts'
import { isTaskState, type TaskState } from '../../../shared/domain/state.ts'
import { readNumberRange, writeNumberRange } from './filter/number-range.ts'
import { boundsOf, readTimeRange, writeTimeRange } from './filter/time-range.ts'
import { statesShownFor } from './life-cycle-tabs.ts'

export const DRAWER_TABS = ['data', 'logs', 'error', 'attempts', 'related'] as const
export type DrawerTab = (typeof DRAWER_TABS)[number]

/** What the address of the Tasks page says. */
export interface TasksSearch {
  /** `failed` stands for its tab, which shows timed-out tasks too. */
  readonly state?: TaskState | undefined
  readonly queue?: string | undefined
  readonly name?: string | undefined
  /** Dead letters only, or none of them. */
  readonly dead?: boolean | undefined
  /** Id of the worker that has, or last had it. */
  readonly worker?: string | undefined
  /** Id of the task that submitted it. */
  readonly parent?: string | undefined
  /** Id of the task that it runs again. */
  readonly replay?: string | undefined
  /** Fingerprint of its last error. */
  readonly error?: string | undefined
  /** When it was submitted, last started or finished; see `readTimeRange`. */
  readonly submitted?: string | undefined
  readonly started?: string | undefined
  readonly finished?: string | undefined
  /** See `readNumberRange`. */
  readonly priority?: string | undefined
  /** How often it has been started. */
  readonly attempts?: string | undefined
  readonly text?: string | undefined
  /** Newest submitted first when not given. */
  readonly order?: 'oldest' | undefined
  /** Id of the task whose drawer is open. */
  readonly task?: string | undefined
  /** Tab of the drawer; chosen by the task's state when not given. */
  readonly tab?: DrawerTab | undefined
}

/** What of the address decides which tasks are listed. */
export type TaskFilters = Pick<
  TasksSearch,
  | 'state'
  | 'queue'
  | 'name'
  | 'dead'
  | 'submitted'
  | 'started'
  | 'finished'
  | 'priority'
  | 'attempts'
  | 'worker'
  | 'parent'
  | 'replay'
  | 'error'
  | 'text'
>

export const TIME_FIELDS = ['submitted', 'started', 'finished'] as const
export const NUMBER_LIMITS = {
  priority: { min: MIN_PRIORITY, max: MAX_PRIORITY },
  attempts: { min: 0, max: MAX_MAX_RETRIES + 1 },
} as const

/** What the broker is asked for; `limit` and `cursor` are the list's own business. */
export type ListQuery = Pick<
  TaskQuery,
  | 'states'
  | 'queue'
  | 'name'
  | 'isDeadLetter'
  | 'createdAfter'
  | 'createdBefore'
  | 'startedAfter'
  | 'startedBefore'
  | 'finishedAfter'
  | 'finishedBefore'
  | 'minPriority'
  | 'maxPriority'
  | 'minAttempt'
  | 'maxAttempt'
  | 'workerId'
  | 'parentId'
  | 'replayOf'
  | 'errorFingerprint'
  | 'text'
  | 'order'
>

export const MAX_SEARCH_TEXT = 256
export const MAX_ID_LENGTH = 64
export const MAX_FINGERPRINT_LENGTH = 200

/** Reads the address; what is not understood is left out. */
export function parseTasksSearch(search: Record<string, unknown>): TasksSearch {
  const text = (key: keyof TasksSearch) => {
    const value = search[key]
    // The router reads `text=42` as a number.
    return typeof value === 'string' && value !== ''
      ? value
      : typeof value === 'number'
        ? String(value)
        : undefined
  }
  const time = (key: (typeof TIME_FIELDS)[number]) => {
    const range = readTimeRange(text(key) ?? '')
    return range === null ? undefined : writeTimeRange(range)
  }
  const number = (key: keyof typeof NUMBER_LIMITS) => {
    const range = readNumberRange(text(key) ?? '', NUMBER_LIMITS[key])
    return range === null ? undefined : writeNumberRange(range)
  }
  const state = text('state')
  const queue = text('queue')
  const { dead, order, tab } = search
  return {
    state: state !== undefined && isTaskState(state) ? state : undefined,
    queue: queue !== undefined && QUEUE_NAME_PATTERN.test(queue) ? queue : undefined,
    name: text('name')?.slice(0, MAX_TASK_NAME_LENGTH),
    dead: typeof dead === 'boolean' ? dead : undefined,
    submitted: time('submitted'),
    started: time('started'),
    finished: time('finished'),
    priority: number('priority'),
    attempts: number('attempts'),
    worker: text('worker')?.slice(0, MAX_ID_LENGTH),
    parent: text('parent')?.slice(0, MAX_ID_LENGTH),
    replay: text('replay')?.slice(0, MAX_ID_LENGTH),
    error: text('error')?.slice(0, MAX_FINGERPRINT_LENGTH),
    text: text('text')?.slice(0, MAX_SEARCH_TEXT),
    order: order === 'oldest' ? order : undefined,
    task: text('task'),
    tab: DRAWER_TABS.find((known) => known === tab),
  }
}

/**
 * @param now what the times that are counted back from now are counted from
 * @param stateGroups states that the broker cannot tell from each other
 */
export function toListQuery(
  search: TasksSearch,
  now: EpochMs,
  stateGroups: Coverage['stateGroups'],
): ListQuery {
  const { state, queue, name, dead, worker, parent, replay, error, text, order } = search
  const created = timeBounds(search.submitted, now)
  const started = timeBounds(search.started, now)
  const finished = timeBounds(search.finished, now)
  const priority = numberBounds(search, 'priority')
  const attempts = numberBounds(search, 'attempts')
  return {
    ...(state !== undefined && { states: statesShownFor(state, stateGroups) }),
    ...(queue !== undefined && { queue }),
    ...(name !== undefined && { name }),
    ...(dead !== undefined && { isDeadLetter: dead }),
    ...(created.after !== undefined && { createdAfter: created.after }),
    ...(created.before !== undefined && { createdBefore: created.before }),
    ...(started.after !== undefined && { startedAfter: started.after }),
    ...(started.before !== undefined && { startedBefore: started.before }),
    ...(finished.after !== undefined && { finishedAfter: finished.after }),
    ...(finished.before !== undefined && { finishedBefore: finished.before }),
    ...(priority.min !== undefined && { minPriority: priority.min }),
    ...(priority.max !== undefined && { maxPriority: priority.max }),
    ...(attempts.min !== undefined && { minAttempt: attempts.min }),
    ...(attempts.max !== undefined && { maxAttempt: attempts.max }),
    ...(worker !== undefined && { workerId: worker }),
    ...(parent !== undefined && { parentId: parent }),
    ...(replay !== undefined && { replayOf: replay }),
    ...(error !== undefined && { errorFingerprint: error }),
    ...(text !== undefined && { text }),
    ...(order !== undefined && { order }),
  }
}

function timeBounds(text: string | undefined, now: EpochMs) {
  const range = text === undefined ? null : readTimeRange(text)
  return range === null ? { after: undefined, before: undefined } : boundsOf(range, now)
}

function numberBounds(search: TasksSearch, field: keyof typeof NUMBER_LIMITS) {
  const range = readNumberRange(search[field] ?? '', NUMBER_LIMITS[field])
  return range ?? { min: undefined, max: undefined }
}

/** Whether the list shows less than everything there is. */
export function isFiltered(search: TasksSearch): boolean {
  return FILTERS.some((key) => search[key] !== undefined)
}

export const NO_FILTERS: TaskFilters = {
  state: undefined,
  queue: undefined,
  name: undefined,
  dead: undefined,
  submitted: undefined,
  started: undefined,
  finished: undefined,
  priority: undefined,
  attempts: undefined,
  worker: undefined,
  parent: undefined,
  replay: undefined,
  error: undefined,
  text: undefined,
}

export const FILTERS = Object.keys(NO_FILTERS) as readonly (keyof TaskFilters)[]
