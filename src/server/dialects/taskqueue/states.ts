import { TASK_STATES, type TaskState } from '../../../shared/domain/state.ts'
import { stateGroupsOf } from '../../attach/told-states.ts'

export const TASKQUEUE_STATES = ['pending', 'scheduled', 'running', 'paused', 'completed', 'failed'] as const
export type TaskqueueState = (typeof TASKQUEUE_STATES)[number]

const STATE_ON_WIRE = {
  scheduled: 'scheduled',
  pending: 'pending',
  running: 'running',
  retrying: 'pending',
  paused: 'paused',
  succeeded: 'completed',
  failed: 'failed',
  timed_out: 'failed',
  cancelled: 'failed',
} as const satisfies Record<TaskState, TaskqueueState>

export function toTaskqueueState(state: TaskState): TaskqueueState {
  return STATE_ON_WIRE[state]
}

/** Every domain state that reads as `state`. */
export function fromTaskqueueState(state: TaskqueueState): readonly TaskState[] {
  return TASK_STATES.filter((candidate) => STATE_ON_WIRE[candidate] === state)
}

const STATE_IN_DOMAIN: Readonly<Record<TaskqueueState, TaskState>> = {
  pending: 'pending',
  scheduled: 'scheduled',
  running: 'running',
  paused: 'paused',
  completed: 'succeeded',
  failed: 'failed',
}

/** What a server's word means; of states that read alike there, the first one of their group. */
export function readTaskqueueState(state: TaskqueueState): TaskState {
  return STATE_IN_DOMAIN[state]
}

/** States that read the same there, as `Coverage.stateGroups` has them. */
export const TASKQUEUE_STATE_GROUPS = stateGroupsOf(STATE_ON_WIRE, STATE_IN_DOMAIN)
