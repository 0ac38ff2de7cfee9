import type { WorkerStatus } from '../../../shared/domain/worker.ts'
import type { WorkflowState } from '../../../shared/domain/workflow.ts'
import { createStateWords } from '../state-words.ts'

export const DTQS_STATES = ['PENDING', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED'] as const
export type DtqsState = (typeof DTQS_STATES)[number]

const WORDS = createStateWords<DtqsState>(
  {
    scheduled: 'PENDING',
    pending: 'PENDING',
    running: 'RUNNING',
    retrying: 'PENDING',
    paused: 'PENDING',
    succeeded: 'COMPLETED',
    failed: 'FAILED',
    timed_out: 'FAILED',
    cancelled: 'CANCELLED',
  },
  {
    PENDING: 'pending',
    RUNNING: 'running',
    COMPLETED: 'succeeded',
    FAILED: 'failed',
    CANCELLED: 'cancelled',
  },
)

export const toDtqsState = WORDS.toWord
/** Every domain state that reads as a word. */
export const fromDtqsState = WORDS.statesOf
/** What a server's word means; of states that read alike there, the first one of their group. */
export const readDtqsState = WORDS.meaningOf
/** States that read the same there, as `Coverage.stateGroups` has them. */
export const DTQS_STATE_GROUPS = WORDS.groups

export const DTQS_WORKER_STATES = ['ACTIVE', 'IDLE', 'PAUSED', 'DRAINING', 'OFFLINE'] as const

const WORKER_ON_WIRE = {
  active: 'ACTIVE',
  idle: 'IDLE',
  paused: 'PAUSED',
  draining: 'DRAINING',
  offline: 'OFFLINE',
} as const satisfies Record<WorkerStatus, (typeof DTQS_WORKER_STATES)[number]>

export function toDtqsWorkerStatus(status: WorkerStatus) {
  return WORKER_ON_WIRE[status]
}

export const DTQS_WORKFLOW_STATES = ['RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED'] as const
type DtqsWorkflowState = (typeof DTQS_WORKFLOW_STATES)[number]

const WORKFLOW_ON_WIRE = {
  running: 'RUNNING',
  succeeded: 'COMPLETED',
  failed: 'FAILED',
  cancelled: 'CANCELLED',
} as const satisfies Record<WorkflowState, DtqsWorkflowState>

export function toWorkflowState(state: WorkflowState): DtqsWorkflowState {
  return WORKFLOW_ON_WIRE[state]
}

/** Every domain state that reads as `word`; undefined, which is all of them, for no word. */
export function fromWorkflowState(word: DtqsWorkflowState | undefined): readonly WorkflowState[] | undefined {
  if (word === undefined) return undefined
  return (Object.keys(WORKFLOW_ON_WIRE) as WorkflowState[]).filter(
    (state) => WORKFLOW_ON_WIRE[state] === word,
  )
}

/** What a timeline tells of. */
export const TIMELINE_EVENTS = [
  'started',
  'progress',
  'completed',
  'failed',
  'timed_out',
  'cancelled',
  'paused',
  'worker_lost',
] as const
export type TimelineEventType = (typeof TIMELINE_EVENTS)[number]
