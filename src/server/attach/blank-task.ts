import { NO_ARGS, NO_KWARGS } from '../../shared/domain/json.ts'
import type { Task, TaskSummary } from '../../shared/domain/task.ts'

/** The type of an error of which a dialect tells the message alone. */
export const UNTOLD_ERROR_TYPE = 'Error'

/**
 * A task of which nothing is told but its id: every other field is a stand-in (`Coverage.untold`), which a
 * dialect replaces by what it tells.
 */
export function blankTask(id: string): Task {
  return {
    id,
    number: 0,
    name: '',
    queue: '',
    args: NO_ARGS,
    kwargs: NO_KWARGS,
    priority: 0,
    state: 'pending',
    runAt: 0,
    timeoutMs: 0,
    queueTimeoutMs: null,
    maxRetries: 0,
    attempt: 0,
    excusedAttempts: 0,
    crashes: 0,
    backoff: { baseMs: 0, factor: 1, capMs: 0, jitter: 'none' },
    uniqueKey: null,
    uniqueUntil: null,
    idempotencyKey: null,
    metadata: {},
    progress: null,
    result: null,
    error: null,
    workerId: null,
    parentId: null,
    workflowId: null,
    blockedBy: 0,
    replayOf: null,
    isDeadLetter: false,
    isCancelRequested: false,
    createdAt: 0,
    updatedAt: 0,
    claimedAt: null,
    startedAt: null,
    finishedAt: null,
  }
}

/** The same without what lists leave out. */
export function blankSummary(id: string): TaskSummary {
  const { args: _args, kwargs: _kwargs, result: _result, ...summary } = blankTask(id)
  return summary
}

const TASK_FIELDS = Object.keys(blankTask('')) as readonly (keyof Task)[]

/** Every field of a task but these. */
export const untoldBut = (...told: readonly (keyof Task)[]): readonly (keyof Task)[] =>
  TASK_FIELDS.filter((field) => !told.includes(field))
