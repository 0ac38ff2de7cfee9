import {
  alertNotFound,
  BrokerError,
  operationNotFound,
  taskNotFound,
  workerNotFound,
  workflowNotFound,
} from '../../../shared/domain/errors.ts'
import { readDetail } from '../../attach/detail-answer.ts'
import { fieldInMessage } from '../../attach/field-in-message.ts'
import type { RefusedAnswer } from '../../attach/json-calls.ts'

const DOMAIN_FIELDS = {
  task_name: 'name',
  task_args: 'args',
  task_kwargs: 'kwargs',
  priority: 'priority',
  queue_name: 'queue',
  max_retries: 'maxRetries',
  timeout_seconds: 'timeoutMs',
  scheduled_at: 'runAt',
  capacity: 'concurrency',
  service_name: 'component',
  strategy: 'strategy',
  duration_seconds: 'ttlMs',
  fallback_queue: 'fallbackQueue',
  enabled: 'isEnabled',
  threshold: 'threshold',
  minimum_count: 'minimumCount',
  cooldown_seconds: 'cooldownMs',
  search: 'text',
  workflow_name: 'name',
}

/** Whose id stands where in a path, and what says that there is none of it. */
const SUBJECTS: readonly (readonly [RegExp, (id: string) => BrokerError])[] = [
  [/\/search\/tasks\/bulk-action\/([^/]+)$/, operationNotFound],
  [/^\/api\/v1\/tasks\/([^/]+)/, taskNotFound],
  [/^\/api\/v1\/workers\/([^/]+)/, workerNotFound],
  [/^\/api\/v1\/workflows\/([^/]+)/, workflowNotFound],
  [/^\/api\/v1\/alerts\/([^/]+)\/acknowledge/, alertNotFound],
]

/** The document's window. */
const DEFAULT_RETRY_AFTER_MS = 60_000

/** The document's errors, by their status and by what was asked for. */
export function refusalOf({
  status,
  body,
  retryAfterMs,
  request: { path },
}: RefusedAnswer): BrokerError | null {
  if (status === 429)
    return new BrokerError('RATE_LIMITED', 'The server has been asked too much; ask again later.', {
      retryAfterMs: retryAfterMs ?? DEFAULT_RETRY_AFTER_MS,
    })
  const answer = readDetail(body)
  if (answer === null) return null
  const { detail } = answer
  if (status === 400 || status === 422)
    return new BrokerError('INVALID_REQUEST', detail, { path: pathInMessage(detail) })
  for (const [pattern, notFound] of SUBJECTS) {
    const found = pattern.exec(path)
    if (found === null) continue
    const id = decodeURIComponent(found[1]!)
    if (status === 404) return notFound(id)
    if (status === 409)
      return new BrokerError('INVALID_STATE', detail, { taskId: id, state: 'unknown', wanted: 'another' })
  }
  return null
}

/** Of a field of a task of a workflow: which task it is, too. */
function pathInMessage(message: string): string | undefined {
  const field = fieldInMessage(message, DOMAIN_FIELDS)
  const index = /\btasks\[(\d{1,6})\]/.exec(message)?.[1]
  return index === undefined || field === undefined ? field : `nodes[${index}].task.${field}`
}
