import type { TaskError } from '../../../shared/domain/task.ts'

const MAX_MESSAGE = 10_000
const MAX_TRACEBACK = 50_000

/** Anything thrown, as data. Reads hostile objects with care: a getter that throws is only one more message. */
export function describeError(thrown: unknown): TaskError {
  if (!(thrown instanceof Error))
    return { type: 'Error', message: cap(inWords(thrown), MAX_MESSAGE), traceback: null, cause: null }
  const name = read(thrown, 'name')
  const message = read(thrown, 'message')
  const stack = read(thrown, 'stack')
  const cause = read(thrown, 'cause')
  return {
    type: typeof name === 'string' && name !== '' ? cap(name, 200) : 'Error',
    message: cap(typeof message === 'string' ? message : inWords(message), MAX_MESSAGE),
    traceback: typeof stack === 'string' ? cap(stack, MAX_TRACEBACK) : null,
    cause: cause === undefined || cause === null ? null : cap(describeCause(cause), MAX_MESSAGE),
  }
}

/** `retry` and `retryAfterMs`, as a handler may set them on what it throws. */
export function readRetryWish(thrown: unknown): {
  readonly mayRetry: boolean
  readonly retryAfterMs: number | null
} {
  if (typeof thrown !== 'object' || thrown === null) return { mayRetry: true, retryAfterMs: null }
  const after = read(thrown, 'retryAfterMs')
  return {
    mayRetry: read(thrown, 'retry') !== false,
    retryAfterMs:
      typeof after === 'number' && after >= 0 && Number.isFinite(after) ? Math.floor(after) : null,
  }
}

function describeCause(cause: unknown): string {
  return cause instanceof Error
    ? `${String(read(cause, 'name'))}: ${String(read(cause, 'message'))}`
    : inWords(cause)
}

function read(object: object, property: string): unknown {
  try {
    return (object as Record<string, unknown>)[property]
  } catch (error) {
    return `(${property} cannot be read: ${error instanceof Error ? error.name : 'it throws'})`
  }
}

function inWords(value: unknown): string {
  try {
    return typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value))
  } catch {
    return Object.prototype.toString.call(value)
  }
}

const cap = (text: string, length: number) => (text.length <= length ? text : `${text.slice(0, length)}…`)
