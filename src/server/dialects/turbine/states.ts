import { createStateWords } from '../state-words.ts'

/** The document's states, and the two that stand in its state distribution. */
export const TURBINE_STATES = ['pending', 'running', 'success', 'failed', 'retry', 'revoked'] as const
export type TurbineState = (typeof TURBINE_STATES)[number]

const WORDS = createStateWords<TurbineState>(
  {
    scheduled: 'pending',
    pending: 'pending',
    running: 'running',
    retrying: 'retry',
    paused: 'pending',
    succeeded: 'success',
    failed: 'failed',
    timed_out: 'failed',
    cancelled: 'revoked',
  },
  {
    pending: 'pending',
    running: 'running',
    success: 'succeeded',
    failed: 'failed',
    retry: 'retrying',
    revoked: 'cancelled',
  },
)

export const toTurbineState = WORDS.toWord
/** Every domain state that reads as a word. */
export const fromTurbineState = WORDS.statesOf
/** What a server's word means; of states that read alike there, the first one of their group. */
export const readTurbineState = WORDS.meaningOf
/** States that read the same there, as `Coverage.stateGroups` has them. */
export const TURBINE_STATE_GROUPS = WORDS.groups
