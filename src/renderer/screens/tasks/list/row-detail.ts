import type { TaskSummary } from '../../../../shared/domain/task.ts'

const MAX_LENGTH = 200

/** A few words beside the name where there is room: how far it is, or why it failed. */
export function detailOf({
  state,
  progress,
  error,
}: Pick<TaskSummary, 'state' | 'progress' | 'error'>): string | null {
  if (state === 'running') {
    if (progress === null) return null
    const percent = `${Math.floor(progress.fraction * 100)} %`
    return [percent, progress.stage, progress.message]
      .filter((part) => part !== null && part !== '')
      .join(' · ')
  }
  if (error === null || state === 'succeeded' || state === 'cancelled') return null
  return `${error.type}: ${error.message.split('\n', 1)[0] ?? ''}`.slice(0, MAX_LENGTH)
}
