import type { TaskSummary } from '../../../shared/domain/task.ts'

/** How many attempts there can be: the first, its retries, and those that did not count against them. */
export function mostAttempts({
  attempt,
  maxRetries,
  excusedAttempts,
}: Pick<TaskSummary, 'attempt' | 'maxRetries' | 'excusedAttempts'>): number {
  return Math.max(attempt, 1 + maxRetries + excusedAttempts)
}
