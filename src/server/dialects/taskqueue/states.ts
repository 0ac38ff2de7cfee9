import { createStateWords } from '../state-words.ts'

export const TASKQUEUE_STATES = ['pending', 'scheduled', 'running', 'paused', 'completed', 'failed'] as const
export type TaskqueueState = (typeof TASKQUEUE_STATES)[number]

const WORDS = createStateWords<TaskqueueState>(
  {
    scheduled: 'scheduled',
    pending: 'pending',
    running: 'running',
    retrying: 'pending',
    paused: 'paused',
    succeeded: 'completed',
    failed: 'failed',
    timed_out: 'failed',
    cancelled: 'failed',
  },
  {
    pending: 'pending',
    scheduled: 'scheduled',
    running: 'running',
    paused: 'paused',
    completed: 'succeeded',
    failed: 'failed',
  },
)

export const toTaskqueueState = WORDS.toWord
/** Every domain state that reads as a word. */
export const fromTaskqueueState = WORDS.statesOf
/** What a server's word means; of states that read alike there, the first one of their group. */
export const readTaskqueueState = WORDS.meaningOf
/** States that read the same there, as `Coverage.stateGroups` has them. */
export const TASKQUEUE_STATE_GROUPS = WORDS.groups
