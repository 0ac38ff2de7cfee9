import type { TaskQuery } from '../../../shared/domain/task-query.ts'
import { MAX_TASK_NAME_LENGTH, QUEUE_NAME_PATTERN } from '../../../shared/domain/limits.ts'
import { isTaskState, type TaskState } from '../../../shared/domain/state.ts'
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
  'state' | 'queue' | 'name' | 'dead' | 'worker' | 'parent' | 'replay' | 'error' | 'text'
>

/** What the broker is asked for; `limit` and `cursor` are the list's own business. */
export type ListQuery = Pick<
  TaskQuery,
  | 'states'
  | 'queue'
  | 'name'
  | 'isDeadLetter'
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
  const state = text('state')
  const queue = text('queue')
  const { dead, order, tab } = search
  return {
    state: state !== undefined && isTaskState(state) ? state : undefined,
    queue: queue !== undefined && QUEUE_NAME_PATTERN.test(queue) ? queue : undefined,
    name: text('name')?.slice(0, MAX_TASK_NAME_LENGTH),
    dead: typeof dead === 'boolean' ? dead : undefined,
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

export function toListQuery(search: TasksSearch): ListQuery {
  const { state, queue, name, dead, worker, parent, replay, error, text, order } = search
  return {
    ...(state !== undefined && { states: statesShownFor(state) }),
    ...(queue !== undefined && { queue }),
    ...(name !== undefined && { name }),
    ...(dead !== undefined && { isDeadLetter: dead }),
    ...(worker !== undefined && { workerId: worker }),
    ...(parent !== undefined && { parentId: parent }),
    ...(replay !== undefined && { replayOf: replay }),
    ...(error !== undefined && { errorFingerprint: error }),
    ...(text !== undefined && { text }),
    ...(order !== undefined && { order }),
  }
}

/** Whether the list shows less than everything there is. */
export function isFiltered(search: TasksSearch): boolean {
  return Object.keys(NO_FILTERS).some((key) => search[key as keyof TaskFilters] !== undefined)
}

export const NO_FILTERS: TaskFilters = {
  state: undefined,
  queue: undefined,
  name: undefined,
  dead: undefined,
  worker: undefined,
  parent: undefined,
  replay: undefined,
  error: undefined,
  text: undefined,
}
