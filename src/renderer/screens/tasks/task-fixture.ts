import { DEFAULT_BACKOFF } from '../../../shared/domain/backoff.ts'
import type { BrokerEvent, EventType } from '../../../shared/domain/event.ts'
import type { Json, JsonText } from '../../../shared/domain/json.ts'
import type { Task } from '../../../shared/domain/task.ts'

/** For tests: an instant to count from. */
export const T = 1_800_000_000_000

/** For tests: a pending task, but for what is given. */
export function aTask(fields: Partial<Task> = {}): Task {
  return {
    id: 't1',
    number: 1,
    name: 'send_email',
    queue: 'emails',
    args: '[]' as JsonText,
    kwargs: '{}' as JsonText,
    priority: 5,
    state: 'pending',
    runAt: T,
    timeoutMs: 300_000,
    queueTimeoutMs: null,
    maxRetries: 3,
    attempt: 0,
    excusedAttempts: 0,
    crashes: 0,
    backoff: DEFAULT_BACKOFF,
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
    createdAt: T,
    updatedAt: T,
    claimedAt: null,
    startedAt: null,
    finishedAt: null,
    ...fields,
  }
}

let seq = 0

/** For tests: an event of a task, a second after it was submitted. */
export function anEvent(
  type: EventType,
  fields: Partial<Omit<BrokerEvent, 'type' | 'data'>> & {
    readonly data?: Readonly<Record<string, Json>>
  } = {},
): BrokerEvent {
  seq += 1
  return { seq, type, at: T + 1000, taskId: 't1', queue: 'emails', workerId: null, data: {}, ...fields }
}
