import type { Task, TaskChanges } from './task.ts'

/** Steering one task that is not final. */
export interface TaskControlPort {
  /**
   * Takes a waiting task out of the line. A running one is asked to end, its thread stopped when it
   * does not; it is paused when its attempt has ended, which does not count against `maxRetries`. One
   * that ends well all the same has succeeded.
   * @throws TASK_NOT_FOUND, INVALID_STATE when it is paused or final already.
   */
  pauseTask(id: string): Promise<Task>
  /**
   * Puts a paused task back: it runs when its time has come, with the last checkpoint it saved.
   * @throws TASK_NOT_FOUND, INVALID_STATE when it is not paused.
   */
  resumeTask(id: string): Promise<Task>
  /**
   * Changes a task that waits (scheduled, pending, retrying or paused).
   * @throws TASK_NOT_FOUND, INVALID_STATE when it runs or is final, INVALID_REQUEST.
   */
  updateTask(id: string, changes: TaskChanges): Promise<Task>
}
