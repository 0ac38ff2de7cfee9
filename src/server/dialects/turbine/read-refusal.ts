import { BrokerError, queueNotFound, taskNotFound, workerNotFound } from '../../../shared/domain/errors.ts'
import { isTaskState } from '../../../shared/domain/state.ts'
import { AttachError } from '../../attach/attach-error.ts'
import { fieldInMessage } from '../../attach/field-in-message.ts'
import type { RefusedAnswer } from '../../attach/json-calls.ts'
import { readTurbineState, TURBINE_STATES, type TurbineState } from './states.ts'
import { toldError } from './told-answers.ts'

const PATH = /^\/api\/(tasks|workers|queues|dlq)\/([^/]+)/
const DOMAIN_FIELDS = {
  state: 'states',
  queue: 'queue',
  since: 'createdAfter',
  limit: 'limit',
  offset: 'offset',
}

/** Wire → domain. What went wrong with the way there, and what the document does not list, is null. */
export function readRefusal({ status, body, retryAfterMs, request }: RefusedAnswer): BrokerError | null {
  const told = toldError.safeParse(body)
  if (!told.success) return null
  const { code, message, details } = told.data.error
  const [, kind, segment = ''] = PATH.exec(request.path) ?? []
  const name = decodeURIComponent(segment)
  if (code === 'SERVICE_UNAVAILABLE' || code === 'INTERNAL_ERROR')
    return new AttachError('failing', `The server fails (${status}): ${message}`, { retryAfterMs })
  if (code === 'NOT_SUPPORTED') return new BrokerError('NOT_SUPPORTED', message, { operation: request.path })
  if (status === 404 && kind !== undefined) {
    if (code === 'TASK_NOT_FOUND' || kind === 'tasks')
      return taskNotFound(kind === 'tasks' ? name : missingTask(details, request.body))
    if (kind === 'workers') return workerNotFound(name)
    return queueNotFound(name)
  }
  if (status === 409 || (status === 400 && request.path.endsWith('/revoke')))
    return new BrokerError('INVALID_STATE', message, {
      taskId: name,
      state: stateIn(details['state']),
      wanted: 'cancelled',
    })
  if (status === 400 || status === 422)
    return new BrokerError('INVALID_REQUEST', message, { path: fieldInMessage(message, DOMAIN_FIELDS) })
  return null
}

/** Of several dead letters that were asked for, the first that is none, if it is said; else the first of all. */
function missingTask(details: Readonly<Record<string, unknown>>, body: string | undefined): string {
  const named = [details['task_ids'], details['task_id']].flat().find((id) => typeof id === 'string')
  if (named !== undefined) return named
  const asked = (JSON.parse(body ?? '{}') as { task_ids?: readonly string[] }).task_ids
  return asked?.[0] ?? ''
}

/** A final one, by either's word. */
function stateIn(word: unknown): string {
  if (typeof word !== 'string') return 'final'
  if (isTaskState(word)) return word
  return (TURBINE_STATES as readonly string[]).includes(word)
    ? readTurbineState(word as TurbineState)
    : 'final'
}
