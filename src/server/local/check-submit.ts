import { BrokerError } from '../../shared/domain/errors.ts'
import { findJsonExcess } from '../../shared/domain/json.ts'
import {
  MAX_BODY_BYTES,
  MAX_DURATION_MS,
  MAX_EPOCH_MS,
  MAX_MAX_RETRIES,
  MAX_METADATA_KEYS,
  MAX_PRIORITY,
  MAX_TASK_NAME_LENGTH,
  MIN_PRIORITY,
  QUEUE_NAME_PATTERN,
} from '../../shared/domain/limits.ts'
import type { SubmitTask } from '../../shared/domain/task.ts'

type Checked = Omit<SubmitTask, 'name'> & { readonly name?: string | undefined }

/**
 * The ranges of a submit, whoever it came from.
 * @param path of the task in the request, as `tasks[3]`; empty for a single one.
 * @throws INVALID_REQUEST naming the field.
 */
export function checkSubmit(task: Checked, path: string): void {
  const refuse = (field: string, what: string): never => {
    const at = path === '' ? field : `${path}.${field}`
    throw new BrokerError('INVALID_REQUEST', `${at} ${what}.`, { path: at })
  }
  const within = (field: string, value: number | undefined, least: number, most: number) => {
    if (value !== undefined && !(Number.isInteger(value) && value >= least && value <= most))
      refuse(field, `must be a whole number from ${least} to ${most}`)
  }
  if (task.name !== undefined && (task.name.length === 0 || task.name.length > MAX_TASK_NAME_LENGTH))
    refuse('name', `must have 1 to ${MAX_TASK_NAME_LENGTH} characters`)
  if (task.queue !== undefined && !QUEUE_NAME_PATTERN.test(task.queue))
    refuse('queue', 'must have 1 to 128 characters out of A-Z a-z 0-9 _ . : -')
  within('priority', task.priority, MIN_PRIORITY, MAX_PRIORITY)
  within('runAt', task.runAt, 0, MAX_EPOCH_MS)
  within('timeoutMs', task.timeoutMs, 1, MAX_DURATION_MS)
  within('queueTimeoutMs', task.queueTimeoutMs, 1, MAX_DURATION_MS)
  within('maxRetries', task.maxRetries, 0, MAX_MAX_RETRIES)
  within('unique.forMs', task.unique?.forMs, 1, MAX_DURATION_MS)
  if (task.unique !== undefined && task.unique.key.length > 1000)
    refuse('unique.key', 'must have at most 1000 characters')
  if (task.idempotencyKey !== undefined && (task.idempotencyKey === '' || task.idempotencyKey.length > 200))
    refuse('idempotencyKey', 'must have 1 to 200 characters')
  checkBackoff(task.backoff, refuse)
  checkMetadata(task.metadata, refuse)
  for (const field of ['args', 'kwargs'] as const) {
    const text = task[field]
    if (text === undefined) continue
    if (text.length > MAX_BODY_BYTES) refuse(field, `must have at most ${MAX_BODY_BYTES} characters`)
    const excess = findJsonExcess(text)
    if (excess !== null) refuse(field, `cannot be kept: ${excess}`)
  }
}

/** @throws INVALID_REQUEST */
export function checkQueueName(name: string): void {
  if (!QUEUE_NAME_PATTERN.test(name))
    throw new BrokerError(
      'INVALID_REQUEST',
      'queue must have 1 to 128 characters out of A-Z a-z 0-9 _ . : -.',
      { path: 'queue' },
    )
}

type Refuse = (field: string, what: string) => never

function checkBackoff(backoff: Checked['backoff'], refuse: Refuse): void {
  if (backoff === undefined) return
  const { baseMs, factor, capMs } = backoff
  if (!(baseMs >= 0 && baseMs <= MAX_DURATION_MS)) refuse('backoff.baseMs', `must be 0 to ${MAX_DURATION_MS}`)
  if (!(factor >= 1 && factor <= 100)) refuse('backoff.factor', 'must be 1 to 100')
  if (!(capMs >= 0 && capMs <= MAX_DURATION_MS)) refuse('backoff.capMs', `must be 0 to ${MAX_DURATION_MS}`)
}

function checkMetadata(metadata: Checked['metadata'], refuse: Refuse): void {
  if (metadata === undefined) return
  const entries = Object.entries(metadata)
  if (entries.length > MAX_METADATA_KEYS) refuse('metadata', `must have at most ${MAX_METADATA_KEYS} keys`)
  for (const [key, value] of entries)
    if (value !== null && !['string', 'number', 'boolean'].includes(typeof value))
      refuse(`metadata.${key}`, 'must be a string, number, boolean or null')
}
