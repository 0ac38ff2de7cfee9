import type { TaskError } from '../../../../shared/domain/task.ts'
import { maskInText } from '../../../ui/json/mask-in-text.ts'

/** An error with the secrets in all that it says masked, and how many those are. */
export function maskError(
  error: TaskError | null,
  words: readonly string[],
): { readonly error: TaskError | null; readonly count: number } {
  if (error === null) return { error, count: 0 }
  let count = 0
  const mask = (text: string) => {
    const found = maskInText(text, words)
    count += found.count
    return found.text
  }
  const { type, message, cause, traceback } = error
  const masked = {
    type,
    message: mask(message),
    cause: cause === null ? null : mask(cause),
    traceback: traceback === null ? null : mask(traceback),
  }
  return { error: masked, count }
}
