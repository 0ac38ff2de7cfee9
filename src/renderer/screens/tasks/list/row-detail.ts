import type { TaskSummary } from '../../../../shared/domain/task.ts'

const MAX_LENGTH = 200

/**
 * A few words beside the name where there is room: how far it is, or why it failed.
 * @param mask hides secrets; before anything is cut off, as half a value is not known for one
 */
export function detailOf(
  { state, progress, error }: Pick<TaskSummary, 'state' | 'progress' | 'error'>,
  mask: (text: string) => string,
): string | null {
  if (state === 'running') {
    if (progress === null) return null
    const percent = `${Math.floor(progress.fraction * 100)} %`
    const parts = [percent, progress.stage, progress.message]
    return mask(parts.filter((part) => part !== null && part !== '').join(' · '))
  }
  if (error === null || state === 'succeeded' || state === 'cancelled') return null
  return `${error.type}: ${mask(error.message).split('\n', 1)[0] ?? ''}`.slice(0, MAX_LENGTH)
}
