export const TASKQUEUE_STATES = ['pending', 'scheduled', 'running', 'paused', 'completed', 'failed'] as const
export type TaskqueueState = (typeof TASKQUEUE_STATES)[number]
