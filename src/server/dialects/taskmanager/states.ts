import type { EpochMs } from '../../../shared/domain/clock.ts'
import type { TaskState } from '../../../shared/domain/state.ts'
import { createStateWords } from '../state-words.ts'

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

const WORDS = createStateWords<TaskmanagerState>(
  {
    scheduled: 'PENDING',
    pending: 'PENDING',
    running: 'STARTED',
    retrying: 'PENDING',
    paused: 'PENDING',
    succeeded: 'SUCCESS',
    failed: 'FAILURE',
    timed_out: 'TIMEOUT',
    cancelled: 'REVOKED',
  },
  {
    PENDING: 'pending',
    RECEIVED: 'running',
    STARTED: 'running',
    SUCCESS: 'succeeded',
    FAILURE: 'failed',
    TIMEOUT: 'timed_out',
    REVOKED: 'cancelled',
  },
)
/** What a server's word means; of states that read alike there, the first one of their group. */
export const readTaskmanagerState = WORDS.meaningOf
/** States that read the same there, as `Coverage.stateGroups` has them. */
export const TASKMANAGER_STATE_GROUPS = WORDS.groups

/** A task that was claimed and has not begun is `RECEIVED`. */
export function toTaskmanagerState(task: {
  readonly state: TaskState
  readonly startedAt?: EpochMs | null
}): TaskmanagerState {
  return task.state === 'running' && task.startedAt === null ? 'RECEIVED' : WORDS.toWord(task.state)
}
