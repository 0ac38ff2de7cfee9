import type * as z from 'zod'
import type { EpochMs } from '../../../shared/domain/clock.ts'
import type { Json } from '../../../shared/domain/json.ts'
import type { TaskState } from '../../../shared/domain/state.ts'
import type {
  Attempt,
  AttemptOutcome,
  ProgressEntry,
  Task,
  TaskSummary,
} from '../../../shared/domain/task.ts'
import { isoInstant, isoInstantOrNull } from '../instant.ts'
import type { timelineAnswer } from './answers.ts'
import { type TimelineEventType, toDtqsState } from './states.ts'
import { durationSeconds, retryCount } from './wire.ts'

/** What is kept of a task's life. */
export interface TaskHistory {
  readonly task: Task
  /** Those that have ended. */
  readonly attempts: readonly Attempt[]
  readonly progress: readonly ProgressEntry[]
  /** Tasks that ran it again. */
  readonly replays: readonly TaskSummary[]
}

interface TimelineEvent {
  readonly at: EpochMs
  readonly type: TimelineEventType
  readonly details: Readonly<Record<string, Json>>
}

const END_EVENTS = {
  succeeded: 'completed',
  failed: 'failed',
  timed_out: 'timed_out',
  cancelled: 'cancelled',
  paused: 'paused',
  lost: 'worker_lost',
} as const satisfies Record<AttemptOutcome, TimelineEventType>

const FINAL_EVENTS: Readonly<Partial<Record<TaskState, TimelineEventType>>> = {
  succeeded: 'completed',
  failed: 'failed',
  timed_out: 'timed_out',
  cancelled: 'cancelled',
}

/** What ran of a task, as it is kept: every start, progress, every end; in order of time. */
export function toTimeline(history: TaskHistory): z.output<typeof timelineAnswer> {
  const { task } = history
  return {
    task_id: task.id,
    task_name: task.name,
    status: toDtqsState(task.state),
    created_at: isoInstant(task.createdAt),
    started_at: isoInstantOrNull(task.startedAt),
    completed_at: isoInstantOrNull(task.finishedAt),
    duration_seconds: durationSeconds(task),
    retry_count: retryCount(task),
    original_task_id: task.replayOf,
    replayed_as: history.replays.map(({ id }) => id),
    events: eventsOf(history)
      .toSorted((one, other) => one.at - other.at)
      .map(({ at, type, details }) => ({ timestamp: isoInstant(at), event_type: type, details })),
  }
}

/** In the order in which they follow each other when their instants are the same. */
function eventsOf({ task, attempts, progress }: TaskHistory): readonly TimelineEvent[] {
  const toldBy = (attempt: number, workerId: string | null) =>
    progress
      .filter((entry) => entry.attempt === attempt)
      .map(({ at, fraction, stage, message }) => ({
        at,
        type: 'progress' as const,
        details: { worker_id: workerId, attempt, progress: fraction, stage, message },
      }))
  return [
    ...attempts.flatMap((ended) => [
      ...startOf(ended),
      ...toldBy(ended.attempt, ended.workerId),
      endOf(ended),
    ]),
    ...(task.state === 'running' && task.startedAt !== null
      ? [started(task.startedAt, task.workerId, task.attempt), ...toldBy(task.attempt, task.workerId)]
      : []),
    ...endWithoutAttempt(task, attempts),
  ]
}

const started = (at: EpochMs, workerId: string | null, attempt: number): TimelineEvent => ({
  at,
  type: 'started',
  details: { worker_id: workerId, attempt },
})

function startOf({ startedAt, workerId, attempt }: Attempt): readonly TimelineEvent[] {
  return startedAt === null ? [] : [started(startedAt, workerId, attempt)]
}

function endOf({ finishedAt, outcome, workerId, attempt, error, retryAt }: Attempt): TimelineEvent {
  return {
    at: finishedAt,
    type: END_EVENTS[outcome],
    details: {
      worker_id: workerId,
      attempt,
      ...(error === null ? {} : { error_type: error.type, error_message: error.message }),
      ...(retryAt === null ? {} : { retry_at: isoInstant(retryAt) }),
    },
  }
}

/** A task may end while it waits: cancelled, or timed out in its queue. */
function endWithoutAttempt(task: Task, attempts: readonly Attempt[]): readonly TimelineEvent[] {
  const type = FINAL_EVENTS[task.state]
  if (type === undefined || task.finishedAt === null) return []
  if (attempts.some(({ finishedAt }) => finishedAt === task.finishedAt)) return []
  const error = task.error === null ? {} : { error_type: task.error.type, error_message: task.error.message }
  return [{ at: task.finishedAt, type, details: error }]
}
