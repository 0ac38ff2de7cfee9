import { capableOf, type Coverage } from '../../../shared/domain/capabilities.ts'
import { untoldBut } from '../../attach/blank-task.ts'
import { TURBINE_STATE_GROUPS } from './states.ts'

const NOT_THERE = 'The turbine API has no call for this.'
const NO_SUBMIT = 'The turbine API watches and steers tasks, and takes none.'
const NO_INPUTS = 'The turbine API lists tasks without their input; one task alone tells it.'
const NO_SERIES =
  'The turbine API tells how many tasks ended in each minute, and not how: too little for these figures.'
const NO_WORKER_CONTROL = 'The turbine API watches workers, and cannot steer them.'

/** What a server of this format can do for whoever attaches to it. */
export const CAPABILITIES = capableOf(
  [
    'overview',
    'readTasks',
    'listTasks',
    'countTasks',
    'cancel',
    'cancelRunning',
    'terminate',
    'queues',
    'purgeQueues',
    'deadLetters',
    'workers',
    'events',
  ],
  {
    submit: NO_SUBMIT,
    submitTogether: NO_SUBMIT,
    priorities: NO_SUBMIT,
    scheduling: NO_SUBMIT,
    replay: 'The turbine API runs dead letters again, and no other tasks.',
    listInputs: NO_INPUTS,
    taskNumbers: 'The turbine API knows no integer ids.',
    pauseTasks: 'The turbine API cannot pause a task.',
    updateTasks: 'The turbine API cannot change a task.',
    deleteTasks: 'The turbine API deletes no single task; a queue is purged of what waits.',
    pauseQueues: 'The turbine API cannot pause a queue.',
    queueSettings: 'The turbine API knows no settings of queues.',
    stats: NO_SERIES,
    trends: NO_SERIES,
    taskTotals: 'The turbine API counts what happened by state, and not by task name.',
    pauseWorkers: NO_WORKER_CONTROL,
    changeWorkers: NO_WORKER_CONTROL,
    externalWorkers: NO_WORKER_CONTROL,
    attempts: 'The turbine API tells how often a task was tried again, and nothing of each attempt.',
    progress: 'The turbine API tells no progress.',
    logs: 'The turbine API keeps no lines of tasks.',
    failureGroups: 'The turbine API lists dead letters one by one.',
    handlers: 'The turbine API does not tell what its workers can run.',
  },
  NOT_THERE,
)

export const COVERAGE: Coverage = {
  submitFields: [],
  changeFields: [],
  replayFields: [],
  taskFilters: ['queue', 'createdAfter', 'isDeadLetter', 'order', 'cursor', 'offset'],
  stateGroups: TURBINE_STATE_GROUPS,
  untold: {
    task: untoldBut(
      'id',
      'name',
      'queue',
      'args',
      'kwargs',
      'state',
      'maxRetries',
      'attempt',
      'result',
      'error',
      'workerId',
      'createdAt',
      'startedAt',
      'finishedAt',
    ),
    summary: ['maxRetries', 'error'],
    queue: ['isPaused', 'settings', 'submittedPerSecond', 'oldestPendingAt', 'createdAt'],
    worker: ['number', 'kind', 'declaredStatus', 'names', 'updatedAt'],
    overview: ['deadLetters', 'slots', 'oldestPendingAt', 'lastSeq'],
    counts: ['retrying', 'succeeded', 'failed', 'timed_out', 'cancelled'],
    totals: ['submitted', 'cancelled', 'retried', 'deadLettered', 'waitMs', 'runMs', 'started', 'ended'],
  },
}
