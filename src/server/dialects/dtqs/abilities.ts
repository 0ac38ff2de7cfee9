import {
  type Capabilities,
  type CapabilityName,
  capableOf,
  type Coverage,
  EVERYTHING,
} from '../../../shared/domain/capabilities.ts'
import { untoldBut } from '../../attach/blank-task.ts'
import { DTQS_STATE_GROUPS } from './states.ts'
import { SUBMIT_FIELDS } from './submit-fields.ts'

export const NO_EVENTS = 'The dtqs API tells no events; what it shows is asked for again and again.'
const NOT_THERE = 'The dtqs API has no call for this.'
const NOT_DESCRIBED = 'This server keeps to the dtqs document, which does not describe this.'
const ONE_BY_ONE = 'The dtqs API takes one task a submit.'
const NO_QUEUES = 'The dtqs API names queues and has no call that lists or steers them.'

/** What the document describes. */
const DOCUMENTED: readonly CapabilityName[] = [
  'overview',
  'submit',
  'priorities',
  'scheduling',
  'readTasks',
  'listTasks',
  'countTasks',
  'cancel',
  'cancelRunning',
  'terminate',
  'replay',
  'attempts',
  'workers',
  'pauseWorkers',
  'changeWorkers',
  'alerts',
]

/** What docs/dialects.md adds. */
const ADDED: readonly CapabilityName[] = [
  'bulk',
  'trends',
  'workflows',
  'alertHistory',
  'alertRules',
  'resilience',
]

export function dtqsCapabilities(isWide: boolean): Capabilities {
  const added = Object.fromEntries(ADDED.map((name) => [name, NOT_DESCRIBED]))
  return capableOf(
    isWide ? [...DOCUMENTED, ...ADDED] : DOCUMENTED,
    {
      ...added,
      events: NO_EVENTS,
      submitTogether: ONE_BY_ONE,
      listInputs: 'The dtqs API tells input and result of one task at a time.',
      queues: NO_QUEUES,
      pauseQueues: NO_QUEUES,
      purgeQueues: NO_QUEUES,
      queueSettings: NO_QUEUES,
      addWorkers: 'Workers of a dtqs server come and go by themselves.',
      externalWorkers: 'Workers of a dtqs server register and lease there, not through another.',
      deleteWorkflows: 'The dtqs API cannot delete a workflow.',
    },
    NOT_THERE,
  )
}

const DOCUMENTED_FIELDS = [
  'id',
  'name',
  'state',
  'priority',
  'workerId',
  'createdAt',
  'startedAt',
  'finishedAt',
  'attempt',
  'maxRetries',
] as const
const ADDED_FIELDS = [
  'queue',
  'args',
  'kwargs',
  'result',
  'error',
  'progress',
  'timeoutMs',
  'runAt',
  'updatedAt',
  'replayOf',
  'parentId',
  'workflowId',
] as const

const UNTOLD_OF_WORKERS = [
  'number',
  'kind',
  'pid',
  'declaredStatus',
  'queues',
  'names',
  'running',
  'succeeded',
  'failed',
  'meanRunMs',
  'startedAt',
  'updatedAt',
] as const

export const dtqsCoverage = (isWide: boolean): Coverage => ({
  submitFields: SUBMIT_FIELDS,
  changeFields: [],
  replayFields: [],
  taskFilters: [
    'queue',
    'name',
    'workerId',
    'createdAfter',
    'createdBefore',
    'minPriority',
    'maxPriority',
    'text',
    'order',
    'sort',
    'cursor',
    'offset',
  ],
  stateGroups: DTQS_STATE_GROUPS,
  untold: {
    ...EVERYTHING.coverage.untold,
    task: untoldBut(...DOCUMENTED_FIELDS, ...(isWide ? ADDED_FIELDS : [])),
    worker: [...UNTOLD_OF_WORKERS, ...(isWide ? [] : (['concurrency', 'lastHeartbeatAt'] as const))],
    totals: ['cancelled', 'retried', 'deadLettered', 'waitMs', 'runMs', 'started', 'ended'],
    overview: [
      'deadLetters',
      'queues',
      'throughputPerSecond',
      'oldestPendingAt',
      'lastSeq',
      ...(isWide ? [] : (['slots'] as const)),
    ],
  },
})
