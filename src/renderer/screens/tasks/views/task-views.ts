import { createPreference } from '../../../ui/preference.ts'
import { readColumns, type TaskColumn } from '../list/task-columns.ts'
import { FILTERS, NO_FILTERS, parseTasksSearch, type TaskFilters, type TasksSearch } from '../tasks-search.ts'

/** A way of looking at the tasks that has a name: which are listed, in which order, with which columns. */
export interface TaskView {
  readonly name: string
  readonly filters: TaskFilters
  readonly order: 'oldest' | undefined
  /** Undefined leaves the columns as they are. */
  readonly columns: readonly TaskColumn[] | undefined
}

const MAX_VIEW_NAME = 60
const MAX_VIEWS = 50

/** Views that are there from the start. `preset` is what the dtqs dialect calls the same. */
export const READY_VIEWS: readonly (TaskView & { readonly preset: string })[] = [
  ready('failed_today', 'Failed in the last 24 hours', { state: 'failed', finished: '24h' }),
  ready('high_priority_pending', 'Pending with high priority', { state: 'pending', priority: '>=8' }),
  ready('stuck_tasks', 'Running for over an hour', { state: 'running', started: '>1h' }),
  ready('recently_completed', 'Succeeded in the last hour', { state: 'succeeded', finished: '1h' }),
  ready('never_retried', 'Never retried', { attempts: '<=1' }),
  ready('many_retries', 'Retried 3 times or more', { attempts: '>=4' }),
]

function ready(preset: string, name: string, filters: TaskFilters) {
  return { preset, name, filters: { ...NO_FILTERS, ...filters }, order: undefined, columns: undefined }
}

/** What is looked at now, as a view. */
export function viewOf(name: string, search: TasksSearch, columns: readonly TaskColumn[]): TaskView {
  return { name: name.trim(), filters: filtersOf(search), order: search.order, columns }
}

export function filtersOf(search: TasksSearch): TaskFilters {
  return Object.fromEntries(FILTERS.map((key) => [key, search[key]]))
}

/** Whether the list is what a view shows. */
export function isShown(view: TaskView, search: TasksSearch, columns: readonly TaskColumn[]): boolean {
  return (
    FILTERS.every((key) => view.filters[key] === search[key]) &&
    view.order === search.order &&
    (view.columns === undefined || view.columns.join() === columns.join())
  )
}

/** Why a view cannot be called so; null when it can. */
export function nameProblem(name: string, taken: readonly TaskView[]): string | null {
  const plain = name.trim()
  if (plain === '') return 'Say what it is called.'
  if (plain.length > MAX_VIEW_NAME) return `At most ${MAX_VIEW_NAME} characters.`
  const isTaken = taken.some((view) => view.name.toLowerCase() === plain.toLowerCase())
  return isTaken ? 'Another view is called so.' : null
}

/** Why no more can be kept; null while there is room. */
export const roomProblem = (views: readonly TaskView[]): string | null =>
  views.length >= MAX_VIEWS ? `There are ${MAX_VIEWS} views; delete one first` : null

/** Views as they were stored; what is not understood of one is left out, as in an address. */
export function readViews(stored: unknown): readonly TaskView[] | null {
  if (!Array.isArray(stored)) return null
  const views = stored.flatMap((each: unknown): readonly TaskView[] => {
    if (typeof each !== 'object' || each === null || !('name' in each) || typeof each.name !== 'string')
      return []
    const filters = 'filters' in each && typeof each.filters === 'object' ? { ...each.filters } : {}
    const search = parseTasksSearch({ ...filters, order: 'order' in each ? each.order : undefined })
    const columns = 'columns' in each ? (readColumns(each.columns) ?? undefined) : undefined
    return nameProblem(each.name, []) === null
      ? [{ name: each.name.trim(), filters: filtersOf(search), order: search.order, columns }]
      : []
  })
  return views.slice(0, MAX_VIEWS)
}

export const taskViews = createPreference<readonly TaskView[]>({
  key: 'penstock.taskViews',
  read: readViews,
  initial: [],
})
