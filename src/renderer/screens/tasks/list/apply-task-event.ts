import type { BrokerEvent } from '../../../../shared/domain/event.ts'
import { isFinal, isTaskState, type TaskState } from '../../../../shared/domain/state.ts'
import type { TaskError, TaskSummary } from '../../../../shared/domain/task.ts'

/**
 * A row as an event leaves it: the same object when nothing of it changed. Events that are older than the
 * row, or that would move a finished task, change nothing: the row came from a later look at the store.
 */
export function applyTaskEvent(task: TaskSummary, event: BrokerEvent): TaskSummary {
  if (event.at < task.updatedAt || isFinal(task.state)) return task
  const { type, at, data } = event
  switch (type) {
    case 'task.claimed':
      return {
        ...task,
        state: 'running',
        attempt: integer(data['attempt']) ?? task.attempt,
        workerId: event.workerId,
        claimedAt: at,
        startedAt: null,
        updatedAt: at,
      }
    case 'task.started':
      return {
        ...task,
        state: 'running',
        attempt: integer(data['attempt']) ?? task.attempt,
        workerId: event.workerId ?? task.workerId,
        claimedAt: task.claimedAt ?? at,
        startedAt: at,
        updatedAt: at,
      }
    case 'task.progress':
      return {
        ...task,
        progress: {
          fraction: typeof data['fraction'] === 'number' ? data['fraction'] : 0,
          stage: textOf(data['stage']),
          message: textOf(data['message']),
          at,
        },
        updatedAt: at,
      }
    case 'task.succeeded':
    case 'task.cancelled':
      return {
        ...task,
        state: type === 'task.succeeded' ? 'succeeded' : 'cancelled',
        finishedAt: at,
        updatedAt: at,
      }
    case 'task.failed':
    case 'task.timed_out':
      return {
        ...task,
        state: type === 'task.failed' ? 'failed' : 'timed_out',
        error: errorOf(data['error']) ?? task.error,
        isDeadLetter: true,
        finishedAt: at,
        updatedAt: at,
      }
    case 'task.retrying':
      return waiting(task, event, 'retrying')
    case 'task.scheduled':
    case 'task.resumed':
      return waiting(task, event, 'pending')
    case 'task.paused':
      return { ...task, state: 'paused', updatedAt: at }
    default:
      return task
  }
}

/** Back in the queue, now or later: no worker has it any more. */
function waiting(task: TaskSummary, { at, data }: BrokerEvent, fallback: TaskState): TaskSummary {
  const state = textOf(data['state'])
  return {
    ...task,
    state: state !== null && isTaskState(state) ? state : fallback,
    runAt: integer(data['runAt']) ?? task.runAt,
    attempt: integer(data['attempt']) ?? task.attempt,
    error: errorOf(data['error']) ?? task.error,
    progress: null,
    workerId: null,
    claimedAt: null,
    startedAt: null,
    updatedAt: at,
  }
}

/** Events carry an error's type and the beginning of its message only. */
function errorOf(value: unknown): TaskError | null {
  if (typeof value !== 'object' || value === null || !('type' in value) || !('message' in value)) return null
  return { type: String(value.type), message: String(value.message), traceback: null, cause: null }
}

const integer = (value: unknown) => (Number.isInteger(value) ? (value as number) : null)
const textOf = (value: unknown) => (typeof value === 'string' ? value : null)
