import {
  type Capabilities,
  capableOf,
  type Coverage,
  EVERYTHING,
} from '../../../shared/domain/capabilities.ts'
import { untoldBut } from '../../attach/blank-task.ts'
import { TASKQUEUE_STATE_GROUPS } from './states.ts'

export const NO_EVENTS = 'The taskqueue API tells no events; its tasks are asked for again and again.'
const NOT_THERE = 'The taskqueue API has no call for this.'
const NO_CANCEL = 'The taskqueue API cannot cancel a task; it can delete it.'
const NO_WORKERS = 'The taskqueue API has no call that lists workers.'
const NO_RETRY = 'The taskqueue API cannot run a task again.'

/** @param hasWorkers whether it lists its workers, which the document does not have. */
export const taskqueueCapabilities = (hasWorkers: boolean): Capabilities =>
  capableOf(
    [
      'submit',
      'priorities',
      'scheduling',
      'readTasks',
      'taskNumbers',
      'listTasks',
      'listInputs',
      'countTasks',
      'pauseTasks',
      'updateTasks',
      'deleteTasks',
      ...(hasWorkers ? (['workers', 'pauseWorkers'] as const) : []),
    ],
    {
      events: NO_EVENTS,
      submitTogether: 'The taskqueue API takes one task a submit.',
      cancel: NO_CANCEL,
      cancelRunning: NO_CANCEL,
      terminate: NO_CANCEL,
      replay: NO_RETRY,
      deadLetters: NO_RETRY,
      queues: 'The taskqueue API has no queues.',
      pauseQueues: 'The taskqueue API has no queues.',
      purgeQueues: 'The taskqueue API has no queues.',
      queueSettings: 'The taskqueue API has no queues.',
      workers: NO_WORKERS,
      pauseWorkers: NO_WORKERS,
      externalWorkers: 'Workers of a taskqueue server register and lease there, not through another.',
    },
    NOT_THERE,
  )

export const TASKQUEUE_COVERAGE: Coverage = {
  submitFields: ['name', 'kwargs', 'priority', 'runAt'],
  changeFields: ['name', 'kwargs', 'priority', 'runAt'],
  replayFields: [],
  taskFilters: ['order', 'cursor', 'offset'],
  stateGroups: TASKQUEUE_STATE_GROUPS,
  untold: {
    ...EVERYTHING.coverage.untold,
    task: untoldBut(
      'id',
      'number',
      'name',
      'kwargs',
      'priority',
      'state',
      'runAt',
      'result',
      'error',
      'workerId',
      'createdAt',
      'updatedAt',
      'startedAt',
      'finishedAt',
    ),
    worker: ['kind', 'pid', 'queues', 'names', 'concurrency', 'running', 'succeeded', 'failed', 'meanRunMs'],
  },
}
