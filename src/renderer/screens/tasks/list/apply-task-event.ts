import type { BrokerEvent, EventType } from '../../../../shared/domain/event.ts'
import { isFinal, isTaskState, type TaskState } from '../../../../shared/domain/state.ts'
import type { TaskError, TaskSummary } from '../../../../shared/domain/task.ts'

type Change = (task: TaskSummary, event: BrokerEvent) => TaskSummary

/**
 * A row as an event leaves it: the same object when nothing of it changed. Events that are older than the
 * row, or that would move a finished task, change nothing: the row came from a later look at the store.
 */
export function applyTaskEvent(task: TaskSummary, event: BrokerEvent): TaskSummary {
  if (event.at < task.updatedAt || isFinal(task.state)) return task
  return CHANGES[event.type]?.(task, event) ?? task
}

const finish =
  (state: 'succeeded' | 'cancelled'): Change =>
  (task, { at }) => ({ ...task, state, finishedAt: at, updatedAt: at })

const die =
  (state: 'failed' | 'timed_out'): Change =>
  (task, { at, data }) => ({
    ...task,
    state,
    error: errorOf(data['error']) ?? task.error,
    isDeadLetter: true,
    finishedAt: at,
    updatedAt: at,
  })

/** Back in the queue, now or later: no worker has it any more. */
const wait =
  (fallback: TaskState): Change =>
  (task, { at, data }) => {
    const state = textOf(data['state'])
    return {
      ...task,
      state: state !== null && isTaskState(state) ? state : fallback,
      runAt: integer(data['runAt']) ?? task.runAt,
      attempt: integer(data['attempt']) ?? task.attempt,
      error: errorOf(data['error']) ?? task.error,
      blockedBy: integer(data['blockedBy']) ?? 0,
      progress: null,
      workerId: null,
      claimedAt: null,
      startedAt: null,
      updatedAt: at,
    }
  }

/** What an event does to a row; nothing for those that are not here. */
const CHANGES: Readonly<Partial<Record<EventType, Change>>> = {
  'task.claimed': (task, { at, data, workerId }) => ({
    ...task,
    state: 'running',
    attempt: integer(data['attempt']) ?? task.attempt,
    workerId,
    claimedAt: at,
    startedAt: null,
    updatedAt: at,
  }),
  'task.started': (task, { at, data, workerId }) => ({
    ...task,
    state: 'running',
    attempt: integer(data['attempt']) ?? task.attempt,
    workerId: workerId ?? task.workerId,
    claimedAt: task.claimedAt ?? at,
    startedAt: at,
    updatedAt: at,
  }),
  'task.progress': (task, { at, data }) => ({
    ...task,
    progress: {
      fraction: typeof data['fraction'] === 'number' ? data['fraction'] : 0,
      stage: textOf(data['stage']),
      message: textOf(data['message']),
      at,
    },
    updatedAt: at,
  }),
  'task.succeeded': finish('succeeded'),
  'task.cancelled': finish('cancelled'),
  'task.failed': die('failed'),
  'task.timed_out': die('timed_out'),
  'task.retrying': wait('retrying'),
  'task.scheduled': wait('pending'),
  'task.resumed': wait('pending'),
  'task.paused': (task, { at }) => ({ ...task, state: 'paused', updatedAt: at }),
}

/** Events carry an error's type and the beginning of its message only. */
function errorOf(value: unknown): TaskError | null {
  if (typeof value !== 'object' || value === null || !('type' in value) || !('message' in value)) return null
  return { type: String(value.type), message: String(value.message), traceback: null, cause: null }
}

const integer = (value: unknown) => (Number.isInteger(value) ? (value as number) : null)
const textOf = (value: unknown) => (typeof value === 'string' ? value : null)
