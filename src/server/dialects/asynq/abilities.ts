import {
  type Capabilities,
  capableOf,
  type Coverage,
  EVERYTHING,
} from '../../../shared/domain/capabilities.ts'
import { untoldBut } from '../../attach/blank-task.ts'
import { ASYNQ_STATE_GROUPS } from './states.ts'

const NOT_THERE = 'The asynq API has no call for this.'
export const NO_EVENTS =
  'The asynq API tells no events but the progress of single tasks; the rest is asked for again and again.'
const NO_LISTS = 'This server has no call that lists tasks, as the asynq API as it is written has none.'
const NO_WORKERS = 'The asynq API has no call that lists workers.'
export const ONLY_STOPPED = 'The asynq API does not ask a running task to end: it stops it.'

/** @param hasLists whether the server has the call that lists tasks, which not all have. */
export function capabilitiesOfServer(hasLists: boolean): Capabilities {
  return capableOf(
    [
      'submit',
      'scheduling',
      'readTasks',
      ...(hasLists ? (['listTasks'] as const) : []),
      'cancel',
      'terminate',
      'deleteTasks',
      'progress',
      'queues',
    ],
    {
      events: NO_EVENTS,
      submitTogether: 'The asynq API takes one task a submit.',
      priorities: 'The asynq API knows no priorities.',
      listTasks: NO_LISTS,
      listInputs: 'The asynq API tells the input of no task.',
      countTasks: 'The asynq API tells how many tasks of each state a queue has, and no other numbers.',
      cancelRunning: ONLY_STOPPED,
      pauseTasks: 'The asynq API cannot pause a task.',
      updateTasks: 'The asynq API cannot change a task.',
      replay: 'The asynq API cannot run a task again.',
      deadLetters: 'The asynq API does not tell archived tasks apart: failed, timed out and cancelled ones.',
      failureGroups: 'The asynq API tells the errors of single tasks alone.',
      overview: 'The asynq API tells how many tasks each queue has, and nothing of the whole.',
      pauseQueues: 'The asynq API cannot pause a queue.',
      purgeQueues: 'The asynq API cannot purge a queue.',
      workers: NO_WORKERS,
      pauseWorkers: NO_WORKERS,
      changeWorkers: NO_WORKERS,
      externalWorkers: 'The asynq API has no calls for workers.',
      attempts: 'The asynq API tells how often a task was tried again, and nothing of each attempt.',
    },
    NOT_THERE,
  )
}

export const COVERAGE: Coverage = {
  submitFields: ['name', 'queue', 'kwargs', 'runAt', 'timeoutMs', 'maxRetries', 'unique', 'metadata'],
  changeFields: [],
  replayFields: [],
  taskFilters: ['queue', 'order', 'cursor'],
  stateGroups: ASYNQ_STATE_GROUPS,
  untold: {
    ...EVERYTHING.coverage.untold,
    task: untoldBut('id', 'name', 'queue', 'state', 'maxRetries', 'runAt', 'progress', 'error'),
    summary: ['maxRetries', 'runAt', 'progress', 'error'],
    queue: [
      'isPaused',
      'settings',
      'deadLetters',
      'totals',
      'throughputPerSecond',
      'submittedPerSecond',
      'oldestPendingAt',
      'consumers',
      'createdAt',
    ],
  },
}
