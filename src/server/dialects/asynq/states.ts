import { TASK_STATES, type TaskState } from '../../../shared/domain/state.ts'
import { stateGroupsOf } from '../../attach/told-states.ts'

export const ASYNQ_STATES = ['pending', 'active', 'scheduled', 'retry', 'archived', 'completed'] as const
export type AsynqState = (typeof ASYNQ_STATES)[number]

const STATE_ON_WIRE = {
  scheduled: 'scheduled',
  pending: 'pending',
  running: 'active',
  retrying: 'retry',
  paused: 'pending',
  succeeded: 'completed',
  failed: 'archived',
  timed_out: 'archived',
  cancelled: 'archived',
} as const satisfies Record<TaskState, AsynqState>

export function toAsynqState(state: TaskState): AsynqState {
  return STATE_ON_WIRE[state]
}

/** Every domain state that reads as `state`. */
export function fromAsynqState(state: AsynqState): readonly TaskState[] {
  return TASK_STATES.filter((candidate) => STATE_ON_WIRE[candidate] === state)
}

/** How a finished task ended, in the words of a stream's `done`. */
export type EndStatus = 'completed' | 'failed' | 'cancelled'

/** Null while the task is not final. */
export function toEndStatus(state: TaskState): EndStatus | null {
  switch (state) {
    case 'succeeded':
      return 'completed'
    case 'failed':
    case 'timed_out':
      return 'failed'
    case 'cancelled':
      return 'cancelled'
    case 'scheduled':
    case 'pending':
    case 'running':
    case 'retrying':
    case 'paused':
      return null
  }
}

const STATE_IN_DOMAIN: Readonly<Record<AsynqState, TaskState>> = {
  pending: 'pending',
  active: 'running',
  scheduled: 'scheduled',
  retry: 'retrying',
  archived: 'failed',
  completed: 'succeeded',
}

/** What a server's word means; of states that read alike there, the first one of their group. */
export function readAsynqState(state: AsynqState): TaskState {
  return STATE_IN_DOMAIN[state]
}

/** States that read the same there, as `Coverage.stateGroups` has them. */
export const ASYNQ_STATE_GROUPS = stateGroupsOf(STATE_ON_WIRE, STATE_IN_DOMAIN)
