import { BrokerError, queueNotFound, taskNotFound } from '../../../shared/domain/errors.ts'
import { AttachError } from '../../attach/attach-error.ts'
import { fieldInMessage } from '../../attach/field-in-message.ts'
import type { RefusedAnswer } from '../../attach/json-calls.ts'
import { toldError, toldHealth, toldNotReady } from './told-answers.ts'

const TASK_PATH = /^\/api\/v1\/tasks\/([^/]+)/
const DOMAIN_FIELDS = {
  type: 'name',
  payload: 'kwargs',
  queue: 'queue',
  max_retries: 'maxRetries',
  timeout: 'timeoutMs',
  process_at: 'runAt',
  unique: 'unique',
  metadata: 'metadata',
  status: 'states',
  start_id: 'fromId',
}
const METADATA_FIELD = /'metadata\.([^']{1,200})'/

/** Wire → domain. What went wrong with the way there, and what the document does not list, is null. */
export function readRefusal({ status, body, retryAfterMs, request }: RefusedAnswer): BrokerError | null {
  const unwell = unwellness(body)
  if (unwell !== null)
    return new AttachError('failing', `The server is not well (${status}): ${unwell}`, { retryAfterMs })
  const told = toldError.safeParse(body)
  if (!told.success) return null
  const { error: message, code, details } = told.data
  const taskId = decodeURIComponent(TASK_PATH.exec(request.path)?.[1] ?? '')
  const text = (field: string) => (typeof details[field] === 'string' ? details[field] : null)
  switch (code) {
    case 'TASK_NOT_FOUND':
    case 'PROGRESS_NOT_FOUND':
      return taskNotFound(taskId)
    case 'QUEUE_NOT_FOUND':
      return queueNotFound(String(request.query?.['queue'] ?? text('queue') ?? ''))
    case 'DUPLICATE_TASK':
      return new BrokerError('DUPLICATE_TASK', message, {
        uniqueKey: text('unique_key') ?? '',
        existingTaskId: text('existing_task_id') ?? '',
      })
    case 'INVALID_TASK_TYPE': {
      const known = Array.isArray(details['known']) ? details['known'] : []
      return new BrokerError('INVALID_TASK_TYPE', message, {
        name: text('name') ?? '',
        known: known.filter((name) => typeof name === 'string'),
      })
    }
    case 'INVALID_PAYLOAD':
      return new BrokerError('INVALID_PAYLOAD', message, { path: 'kwargs' })
    case 'INVALID_REQUEST':
    case 'INVALID_TIMEOUT':
    case 'INVALID_PROCESS_AT':
    case 'INVALID_UNIQUE':
      return new BrokerError('INVALID_REQUEST', message, { path: pathIn(message, code) })
    case 'CANCEL_FAILED':
    case 'DELETE_FAILED':
      if (status === 404) return taskNotFound(taskId)
      return status === 409 ? wrongState(code, message, taskId, text('state')) : notDone(message, status)
    case 'NOT_SUPPORTED':
      return new BrokerError('NOT_SUPPORTED', message, { operation: request.path })
    default:
      return status >= 500 && code !== '' ? notDone(message, status) : null
  }
}

const PATH_OF_CODE: Readonly<Record<string, string>> = {
  INVALID_TIMEOUT: 'timeoutMs',
  INVALID_PROCESS_AT: 'runAt',
  INVALID_UNIQUE: 'unique',
}

function pathIn(message: string, code: string): string | undefined {
  const tag = METADATA_FIELD.exec(message)?.[1]
  if (tag !== undefined) return `metadata.${tag}`
  return PATH_OF_CODE[code] ?? fieldInMessage(message, DOMAIN_FIELDS)
}

function wrongState(code: string, message: string, taskId: string, state: string | null): BrokerError {
  const wanted = code === 'CANCEL_FAILED' ? 'cancelled' : 'deleted'
  return new BrokerError('INVALID_STATE', message, { taskId, state: state ?? 'another', wanted })
}

/** The document's one status for whatever kept it from doing it. */
const notDone = (message: string, status: number) =>
  new BrokerError('INTERNAL_ERROR', `The server did not do it (${status}): ${message}`, {})

/** What the health calls say when something is not well; null for another answer. */
function unwellness(body: unknown): string | null {
  const notReady = toldNotReady.safeParse(body)
  if (notReady.success) return notReady.data.reason
  const health = toldHealth.safeParse(body)
  if (!health.success) return null
  return Object.entries(health.data.services)
    .map(([service, state]) => `${service} is ${state}`)
    .join(', ')
    .slice(0, 500)
}
