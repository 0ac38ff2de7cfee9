import type { TaskState } from '../../../shared/domain/state.ts'
import { createStateWords } from '../state-words.ts'

export const ASYNQ_STATES = ['pending', 'active', 'scheduled', 'retry', 'archived', 'completed'] as const
export type AsynqState = (typeof ASYNQ_STATES)[number]

const WORDS = createStateWords<AsynqState>(
  {
    scheduled: 'scheduled',
    pending: 'pending',
    running: 'active',
    retrying: 'retry',
    paused: 'pending',
    succeeded: 'completed',
    failed: 'archived',
    timed_out: 'archived',
    cancelled: 'archived',
  },
  {
    pending: 'pending',
    active: 'running',
    scheduled: 'scheduled',
    retry: 'retrying',
    archived: 'failed',
    completed: 'succeeded',
  },
)

export const toAsynqState = WORDS.toWord
/** Every domain state that reads as a word. */
export const fromAsynqState = WORDS.statesOf
/** What a server's word means; of states that read alike there, the first one of their group. */
export const readAsynqState = WORDS.meaningOf
/** States that read the same there, as `Coverage.stateGroups` has them. */
export const ASYNQ_STATE_GROUPS = WORDS.groups

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
