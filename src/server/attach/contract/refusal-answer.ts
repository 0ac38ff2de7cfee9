import * as z from 'zod'
import { BrokerError, type BrokerErrorCode, type BrokerErrorDetails } from '../../../shared/domain/errors.ts'

const MAX_MESSAGE_LENGTH = 4000

const path = z.object({ path: z.string().optional() })
const value = z.object({ value: z.string() })
const nothing = z.object({})

const DETAILS: { readonly [Code in BrokerErrorCode]: z.ZodType<BrokerErrorDetails[Code]> } = {
  TASK_NOT_FOUND: z.object({ taskId: z.string() }),
  QUEUE_NOT_FOUND: z.object({ queue: z.string() }),
  WORKER_NOT_FOUND: z.object({ workerId: z.string() }),
  WORKFLOW_NOT_FOUND: z.object({ workflowId: z.string() }),
  SCHEDULE_NOT_FOUND: z.object({ scheduleId: z.string() }),
  OPERATION_NOT_FOUND: z.object({ operationId: z.string() }),
  ALERT_NOT_FOUND: z.object({ alertId: z.string() }),
  INVALID_REQUEST: path,
  INVALID_TASK_TYPE: z.object({ name: z.string(), known: z.array(z.string()) }),
  INVALID_PAYLOAD: path,
  INVALID_TIMEOUT: value,
  INVALID_PROCESS_AT: value,
  INVALID_UNIQUE: value,
  DUPLICATE_TASK: z.object({ uniqueKey: z.string(), existingTaskId: z.string() }),
  INVALID_STATE: z.object({
    taskId: z.string().exactOptional(),
    workflowId: z.string().exactOptional(),
    state: z.string(),
    wanted: z.string(),
  }),
  LEASE_LOST: z.object({ taskId: z.string(), workerId: z.string() }),
  NOT_SUPPORTED: z.object({ operation: z.string() }),
  UNAUTHORIZED: nothing,
  FORBIDDEN: nothing,
  RATE_LIMITED: z.object({ retryAfterMs: z.number().min(0) }),
  SERVICE_UNAVAILABLE: z.object({ component: z.string() }),
  INTERNAL_ERROR: nothing,
}

const isCode = (code: unknown): code is BrokerErrorCode =>
  typeof code === 'string' && Object.hasOwn(DETAILS, code)

/**
 * A field as the `Broker` port names it: the contract has the changes of a call in a field of their own, and
 * counts in lists with a dot.
 */
function toDomainPath(wirePath: string): string {
  return wirePath.replace(/^changes\./, '').replace(/\.(\d+)(?=\.|$)/g, '[$1]')
}

/** The refusal that an attached server has told; null when what it told is none. */
export function toBrokerError(data: unknown, message: string): BrokerError | null {
  const envelope = z.object({ code: z.string(), details: z.unknown() }).safeParse(data)
  if (!envelope.success || !isCode(envelope.data.code)) return null
  const details = DETAILS[envelope.data.code].safeParse(envelope.data.details)
  if (!details.success) return null
  const { code } = envelope.data
  const text = message.slice(0, MAX_MESSAGE_LENGTH)
  const { path: wirePath } = details.data as { path?: string }
  if (wirePath === undefined) return new BrokerError(code, text, details.data)
  const ownPath = toDomainPath(wirePath)
  const ownText = text.startsWith(`${wirePath}: `) ? `${ownPath}${text.slice(wirePath.length)}` : text
  return new BrokerError(code, ownText, { ...details.data, path: ownPath })
}
