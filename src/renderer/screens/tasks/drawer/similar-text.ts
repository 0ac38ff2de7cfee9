import { fingerprintOf } from '../../../../shared/domain/fingerprint.ts'
import type { TaskError } from '../../../../shared/domain/task.ts'

const SHORTEST = 6

/**
 * What to search for to find the tasks that died of the same error: the longest part of its message that
 * holds no number, id or quoted text. Null when nothing long enough is left.
 */
export function similarText(error: Pick<TaskError, 'type' | 'message'>): string | null {
  const shape = fingerprintOf(error).slice(error.type.length + 2)
  const parts = shape.split(/<(?:id|text|n)>/).map((part) => part.trim())
  const longest = parts.toSorted((a, b) => b.length - a.length)[0] ?? ''
  if (longest.length >= SHORTEST) return longest
  return error.type === 'Error' ? null : error.type
}
