import type { TaskSummary } from './task.ts'

export interface SubtaskPage {
  /** Oldest first. */
  readonly tasks: readonly TaskSummary[]
  /** Cursor of the next page, null on the last. */
  readonly next: string | null
}

/** What tasks submit while they run. */
export interface SubtaskPort {
  /**
   * The tasks that this one submitted, or that were submitted with it as their parent.
   * @param page `limit` 1 to 1000, default 100; `cursor` is the `next` of the page before.
   * @throws TASK_NOT_FOUND, INVALID_REQUEST for a cursor of another list.
   */
  subtasks(
    id: string,
    page?: { readonly limit?: number | undefined; readonly cursor?: string | undefined },
  ): Promise<SubtaskPage>
}
