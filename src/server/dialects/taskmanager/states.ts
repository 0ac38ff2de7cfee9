import type { EpochMs } from '../../../shared/domain/clock.ts'
import type { TaskState } from '../../../shared/domain/state.ts'

export const TASKMANAGER_STATES = [
  'PENDING',
  'RECEIVED',
  'STARTED',
  'SUCCESS',
  'FAILURE',
  'TIMEOUT',
  'REVOKED',
] as const
export type TaskmanagerState = (typeof TASKMANAGER_STATES)[number]

const STATE_ON_WIRE = {
  scheduled: 'PENDING',
  pending: 'PENDING',
  running: 'STARTED',
  retrying: 'PENDING',
  paused: 'PENDING',
  succeeded: 'SUCCESS',
  failed: 'FAILURE',
  timed_out: 'TIMEOUT',
  cancelled: 'REVOKED',
} as const satisfies Record<TaskState, TaskmanagerState>

/** A task that was claimed and has not begun is `RECEIVED`. */
export function toTaskmanagerState(task: {
  readonly state: TaskState
  readonly startedAt?: EpochMs | null
}): TaskmanagerState {
  return task.state === 'running' && task.startedAt === null ? 'RECEIVED' : STATE_ON_WIRE[task.state]
}
