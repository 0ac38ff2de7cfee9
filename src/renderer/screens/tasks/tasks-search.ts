import { isTaskState, type TaskState } from '../../../shared/domain/state.ts'

/** What the address of the Tasks page says. */
export interface TasksSearch {
  readonly state?: TaskState | undefined
  readonly queue?: string | undefined
  readonly name?: string | undefined
  readonly text?: string | undefined
  /** Id of the task whose drawer is open. */
  readonly task?: string | undefined
}

/** Reads the address; what is not understood is left out. */
export function parseTasksSearch(search: Record<string, unknown>): TasksSearch {
  const text = (key: string) => {
    const value = search[key]
    return typeof value === 'string' && value !== ''
      ? value
      : typeof value === 'number'
        ? String(value)
        : undefined
  }
  const state = text('state')
  return {
    state: state !== undefined && isTaskState(state) ? state : undefined,
    queue: text('queue'),
    name: text('name'),
    text: text('text'),
    task: text('task'),
  }
}
