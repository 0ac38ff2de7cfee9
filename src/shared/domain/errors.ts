/** Every refusal a caller can act on, with what it tells (domain model, "Errors"). */
export interface BrokerErrorDetails {
  TASK_NOT_FOUND: { readonly taskId: string }
  QUEUE_NOT_FOUND: { readonly queue: string }
  WORKER_NOT_FOUND: { readonly workerId: string }
  WORKFLOW_NOT_FOUND: { readonly workflowId: string }
  SCHEDULE_NOT_FOUND: { readonly scheduleId: string }
  OPERATION_NOT_FOUND: { readonly operationId: string }
  ALERT_NOT_FOUND: { readonly alertId: string }
  /** `path` names the field, as `payload.count`. */
  INVALID_REQUEST: { readonly path?: string | undefined }
  INVALID_TASK_TYPE: { readonly name: string; readonly known: readonly string[] }
  INVALID_PAYLOAD: { readonly path?: string | undefined }
  INVALID_TIMEOUT: { readonly value: string }
  INVALID_PROCESS_AT: { readonly value: string }
  INVALID_UNIQUE: { readonly value: string }
  DUPLICATE_TASK: { readonly uniqueKey: string; readonly existingTaskId: string }
  /** Of a task or of a workflow. */
  INVALID_STATE: {
    readonly taskId?: string
    readonly workflowId?: string
    readonly state: string
    readonly wanted: string
  }
  LEASE_LOST: { readonly taskId: string; readonly workerId: string }
  NOT_SUPPORTED: { readonly operation: string }
  UNAUTHORIZED: Record<never, never>
  FORBIDDEN: Record<never, never>
  RATE_LIMITED: { readonly retryAfterMs: number }
  SERVICE_UNAVAILABLE: { readonly component: string }
  INTERNAL_ERROR: Record<never, never>
}

export type BrokerErrorCode = keyof BrokerErrorDetails

/** A refusal as data: what crosses processes, threads and wires. */
export type BrokerRefusal = {
  readonly [Code in BrokerErrorCode]: {
    readonly code: Code
    readonly message: string
    readonly details: BrokerErrorDetails[Code]
  }
}[BrokerErrorCode]

/** A refusal the caller can act on. A bug is a plain `Error`. The message says what to do. */
export class BrokerError<Code extends BrokerErrorCode = BrokerErrorCode> extends Error {
  readonly code: Code
  readonly details: BrokerErrorDetails[Code]

  constructor(code: Code, message: string, details: BrokerErrorDetails[Code]) {
    super(message)
    this.name = 'BrokerError'
    this.code = code
    this.details = details
  }
}

export function isBrokerError<Code extends BrokerErrorCode>(
  error: unknown,
  ...codes: readonly Code[]
): error is BrokerError<Code> {
  return (
    error instanceof BrokerError && (codes.length === 0 || (codes as readonly string[]).includes(error.code))
  )
}

export function toRefusal(error: BrokerError): BrokerRefusal {
  return { code: error.code, message: error.message, details: error.details } as BrokerRefusal
}

export function fromRefusal({ code, message, details }: BrokerRefusal): BrokerError {
  return new BrokerError(code, message, details)
}

export const taskNotFound = (taskId: string) =>
  new BrokerError('TASK_NOT_FOUND', `Task with ID '${taskId}' not found; it may have been deleted.`, {
    taskId,
  })

export const queueNotFound = (queue: string) =>
  new BrokerError(
    'QUEUE_NOT_FOUND',
    `Queue '${queue}' not found; a queue exists from the first task or setting that names it.`,
    { queue },
  )

export const workflowNotFound = (workflowId: string) =>
  new BrokerError('WORKFLOW_NOT_FOUND', `Workflow with ID '${workflowId}' not found.`, { workflowId })

export const scheduleNotFound = (scheduleId: string) =>
  new BrokerError('SCHEDULE_NOT_FOUND', `Schedule with ID '${scheduleId}' not found.`, { scheduleId })

export const alertNotFound = (alertId: string) =>
  new BrokerError(
    'ALERT_NOT_FOUND',
    `Alert with ID '${alertId}' not found; cleared ones are kept for 30 days.`,
    {
      alertId,
    },
  )

export const operationNotFound = (operationId: string) =>
  new BrokerError(
    'OPERATION_NOT_FOUND',
    `Operation with ID '${operationId}' not found; the last 100 are kept.`,
    { operationId },
  )

export const workerNotFound = (workerId: string) =>
  new BrokerError('WORKER_NOT_FOUND', `Worker with ID '${workerId}' not found.`, { workerId })
