/** An error that no retry will mend: the task is dead-lettered at once. */
export function lost(message: string, cause?: unknown): Error {
  return Object.assign(new Error(message, { cause }), { retry: false })
}

/** Whether an error says of itself that a retry is no use. */
export const isLost = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'retry' in error && error.retry === false
