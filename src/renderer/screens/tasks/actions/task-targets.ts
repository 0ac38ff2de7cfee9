import type { TaskPage } from '../../../../shared/domain/broker.ts'
import { MAX_PAGE_SIZE } from '../../../../shared/domain/limits.ts'
import type { BulkQuery } from '../../../../shared/domain/bulk-port.ts'
import type { TaskSummary } from '../../../../shared/domain/task.ts'
import type { ListQuery } from '../tasks-search.ts'

/** What an action is about: one task, those ticked, or everything that matches a filter. */
export interface TaskTargets {
  readonly count: number
  /** The one task, when it is one. */
  readonly only: TaskSummary | null
  /** How many of them run now; null when that is not known. */
  readonly running: number | null
  /** The filter, when everything is meant that matches it: then the broker can do it by itself. */
  readonly matching: BulkQuery | null
  ids(): Iterable<string> | AsyncIterable<string>
}

export function targetTask(task: TaskSummary): TaskTargets {
  return {
    count: 1,
    only: task,
    running: task.state === 'running' ? 1 : 0,
    matching: null,
    ids: () => [task.id],
  }
}

/** @param rows those of the ticked tasks that are loaded */
export function targetTicked(ids: ReadonlySet<string>, rows: readonly TaskSummary[]): TaskTargets {
  const [first] = rows
  if (ids.size === 1 && first !== undefined) return targetTask(first)
  const running = rows.filter(({ state }) => state === 'running').length
  return { count: ids.size, only: null, running, matching: null, ids: () => ids }
}

/** Reads the matching ids page by page while the action is under way. */
export function targetMatching(
  query: ListQuery,
  count: number,
  list: (query: ListQuery & { readonly limit: number; readonly cursor?: string }) => Promise<TaskPage>,
): TaskTargets {
  async function* ids() {
    let cursor: string | null = null
    do {
      const page: TaskPage = await list({
        ...query,
        limit: MAX_PAGE_SIZE,
        ...(cursor !== null && { cursor }),
      })
      for (const { id } of page.tasks) yield id
      cursor = page.next
    } while (cursor !== null)
  }
  const { order: _order, ...matching } = query
  return { count, only: null, running: null, matching, ids }
}
