import { BrokerError } from '../../../shared/domain/errors.ts'
import { type JsonText, NO_KWARGS, parseJson } from '../../../shared/domain/json.ts'
import { DEFAULT_QUEUE } from '../../../shared/domain/limits.ts'
import type { SubmitTask } from '../../../shared/domain/task.ts'
import { objectText, textOf } from '../../attach/json-text.ts'
import { isoInstant } from '../instant.ts'
import { uniqueKeyOf } from './unique-key.ts'

/** The latest instant that a date has room for. */
const MAX_INSTANT_MS = 8_640_000_000_000_000

/**
 * Domain → wire.
 * @throws NOT_SUPPORTED for a unique key of the caller's own, INVALID_REQUEST for what has no words on the wire.
 */
export function submitBodyOf(task: SubmitTask): string {
  const { name, queue, kwargs, runAt, timeoutMs, maxRetries, unique, metadata } = task
  if (runAt !== undefined && !(Math.abs(runAt) <= MAX_INSTANT_MS))
    throw new BrokerError('INVALID_REQUEST', "'runAt' must be an instant.", { path: 'runAt' })
  if (timeoutMs !== undefined && !(Number.isFinite(timeoutMs) && timeoutMs >= 1))
    throw new BrokerError('INVALID_REQUEST', "'timeoutMs' must be 1 or more.", { path: 'timeoutMs' })
  if (queue === '') throw new BrokerError('INVALID_REQUEST', "'queue' must not be empty.", { path: 'queue' })
  return objectText({
    type: textOf(name),
    payload: kwargs ?? NO_KWARGS,
    queue: textOf(queue),
    max_retries: textOf(maxRetries),
    timeout: textOf(goDuration(timeoutMs)),
    process_at: textOf(runAt === undefined ? undefined : isoInstant(Math.max(0, runAt))),
    unique: textOf(goDuration(uniqueFor(task, unique))),
    metadata: metadata === undefined ? undefined : (JSON.stringify(metadata) as JsonText),
  })
}

function uniqueFor(
  { queue = DEFAULT_QUEUE, name, kwargs = NO_KWARGS }: SubmitTask,
  unique: SubmitTask['unique'],
): number | undefined {
  if (unique === undefined) return undefined
  if (unique.key === uniqueKeyOf(queue, name, parseJson(kwargs))) return unique.forMs
  throw new BrokerError(
    'NOT_SUPPORTED',
    'The asynq API keeps tasks of the same queue, type and payload from being submitted twice, and takes no key of its own.',
    { operation: 'submit' },
  )
}

const goDuration = (ms: number | undefined) => (ms === undefined ? undefined : `${ms}ms`)
