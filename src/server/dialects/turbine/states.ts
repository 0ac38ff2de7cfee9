import { TASK_STATES, type TaskState } from '../../../shared/domain/state.ts'
import { stateGroupsOf } from '../../attach/told-states.ts'

/** The document's states, and the two that stand in its state distribution. */
export const TURBINE_STATES = ['pending', 'running', 'success', 'failed', 'retry', 'revoked'] as const
export type TurbineState = (typeof TURBINE_STATES)[number]

const STATE_ON_WIRE = {
  scheduled: 'pending',
  pending: 'pending',
  running: 'running',
  retrying: 'retry',
  paused: 'pending',
  succeeded: 'success',
  failed: 'failed',
  timed_out: 'failed',
  cancelled: 'revoked',
} as const satisfies Record<TaskState, TurbineState>

export function toTurbineState(state: TaskState): TurbineState {
  return STATE_ON_WIRE[state]
}

/** Every domain state that reads as `state`. */
export function fromTurbineState(state: TurbineState): readonly TaskState[] {
  return TASK_STATES.filter((candidate) => STATE_ON_WIRE[candidate] === state)
}

const STATE_IN_DOMAIN: Readonly<Record<TurbineState, TaskState>> = {
  pending: 'pending',
  running: 'running',
  success: 'succeeded',
  failed: 'failed',
  retry: 'retrying',
  revoked: 'cancelled',
}

/** What a server's word means; of states that read alike there, the first one of their group. */
export function readTurbineState(state: TurbineState): TaskState {
  return STATE_IN_DOMAIN[state]
}

/** States that read the same there, as `Coverage.stateGroups` has them. */
export const TURBINE_STATE_GROUPS = stateGroupsOf(STATE_ON_WIRE, STATE_IN_DOMAIN)
