import type { Overview } from './overview.ts'
import type { Queue, Totals } from './queue.ts'
import { TASK_STATES, type TaskState } from './state.ts'
import type { ReplayChanges, SubmitTask, Task, TaskChanges, TaskSummary } from './task.ts'
import type { TaskQuery } from './task-query.ts'
import type { Worker } from './worker.ts'

/** What a broker may lack. Each but `submit` and those below it is a group of calls of the `Broker` port. */
export const CAPABILITY_NAMES = [
  'overview',
  'submit',
  /** Several tasks in one submit, all or nothing. */
  'submitTogether',
  'priorities',
  /** A submit for later. */
  'scheduling',
  /** One task with its input and its result. */
  'readTasks',
  /** Integer ids beside the others. */
  'taskNumbers',
  'listTasks',
  /** Lists with input and result. */
  'listInputs',
  'countTasks',
  /** Of what waits. */
  'cancel',
  /** Asking a running task to end. */
  'cancelRunning',
  /** Stopping a running task that does not look up. */
  'terminate',
  'pauseTasks',
  'updateTasks',
  'deleteTasks',
  'replay',
  'bulk',
  'attempts',
  'progress',
  'logs',
  'subtasks',
  'queues',
  'pauseQueues',
  'purgeQueues',
  'queueSettings',
  'stats',
  'trends',
  'taskTotals',
  /** Listing them, running them again, purging them. */
  'deadLetters',
  'failureGroups',
  'workers',
  'pauseWorkers',
  /** Draining and resizing workers. */
  'changeWorkers',
  /** Adding and removing workers. */
  'addWorkers',
  /** Workers that register and lease from elsewhere. */
  'externalWorkers',
  'handlers',
  'workflows',
  'deleteWorkflows',
  'schedules',
  /** Those that stand. */
  'alerts',
  /** Acknowledging them, and those that were. */
  'alertHistory',
  'alertRules',
  'resilience',
  'events',
] as const

export type CapabilityName = (typeof CAPABILITY_NAMES)[number]

/** What an attached system can do. `false` comes with the reason, to be shown to people. */
export type Capability = true | { readonly available: false; readonly reason: string }

export type Capabilities = Readonly<Record<CapabilityName, Capability>>

/** Conditions and orders of a {@link TaskQuery}; its size alone is asked of every broker. */
export type TaskFilter = Exclude<keyof TaskQuery, 'limit' | 'states'>

/** How much of each thing a system takes and tells. What it does not take is refused, never left out. */
export interface Coverage {
  readonly submitFields: readonly (keyof SubmitTask)[]
  readonly changeFields: readonly (keyof TaskChanges)[]
  readonly replayFields: readonly (keyof ReplayChanges)[]
  readonly taskFilters: readonly TaskFilter[]
  /** States of one group read the same there; each state is in one group, which goes by its first one. */
  readonly stateGroups: readonly (readonly TaskState[])[]
  /** What it does not tell: a stand-in is there (null, zero, none), and nobody may take it for true. */
  readonly untold: Untold
}

export interface Untold {
  readonly task: readonly (keyof Task)[]
  /** Of tasks in lists, besides those of `task`: one task alone tells more. */
  readonly summary: readonly (keyof TaskSummary)[]
  readonly queue: readonly (keyof Queue)[]
  readonly worker: readonly (keyof Worker)[]
  readonly overview: readonly (keyof Overview)[]
  /** Of the numbers by state, of a queue and of all. Those of one group are told together, under its first. */
  readonly counts: readonly TaskState[]
  /** Of the sums of what happened, of a queue and of all. */
  readonly totals: readonly (keyof Totals)[]
}

const FULL_CAPABILITIES = Object.fromEntries(CAPABILITY_NAMES.map((name) => [name, true])) as Record<
  CapabilityName,
  true
>

const REPLAY_FIELDS: readonly (keyof ReplayChanges)[] = Object.keys({
  queue: true,
  args: true,
  kwargs: true,
  priority: true,
  runAt: true,
  timeoutMs: true,
  maxRetries: true,
  metadata: true,
} satisfies Record<keyof ReplayChanges, true>) as (keyof ReplayChanges)[]

const SUBMIT_FIELDS = Object.keys({
  name: true,
  queue: true,
  args: true,
  kwargs: true,
  priority: true,
  runAt: true,
  timeoutMs: true,
  queueTimeoutMs: true,
  maxRetries: true,
  backoff: true,
  unique: true,
  idempotencyKey: true,
  metadata: true,
  parentId: true,
} satisfies Record<keyof SubmitTask, true>) as (keyof SubmitTask)[]

const TASK_FILTERS = Object.keys({
  queue: true,
  name: true,
  names: true,
  workerId: true,
  isDeadLetter: true,
  createdAfter: true,
  createdBefore: true,
  finishedAfter: true,
  finishedBefore: true,
  minPriority: true,
  maxPriority: true,
  minAttempt: true,
  maxAttempt: true,
  startedAfter: true,
  startedBefore: true,
  replayOf: true,
  parentId: true,
  workflowId: true,
  errorFingerprint: true,
  text: true,
  order: true,
  sort: true,
  cursor: true,
  offset: true,
} satisfies Record<TaskFilter, true>) as TaskFilter[]

const FULL_COVERAGE: Coverage = {
  submitFields: SUBMIT_FIELDS,
  changeFields: ['name', ...REPLAY_FIELDS],
  replayFields: REPLAY_FIELDS,
  taskFilters: TASK_FILTERS,
  stateGroups: TASK_STATES.map((state) => [state]),
  untold: { task: [], summary: [], queue: [], worker: [], overview: [], counts: [], totals: [] },
}

/** Of a broker that can do, take and tell everything. */
export const EVERYTHING: { readonly capabilities: Capabilities; readonly coverage: Coverage } = {
  capabilities: FULL_CAPABILITIES,
  coverage: FULL_COVERAGE,
}

/**
 * Whether it is told how many tasks are in any of some states. Of states that read the same there, their number
 * stands under the first one.
 */
export function areCountsTold(
  states: readonly TaskState[],
  { stateGroups, untold }: Pick<Coverage, 'stateGroups' | 'untold'>,
): boolean {
  return states.every((state) => {
    const [first = state] = stateGroups.find((group) => group.includes(state)) ?? []
    return states.includes(first) && !untold.counts.includes(first)
  })
}

/** Why something is not there; null when it is. */
export function reasonOf(capability: Capability): string | null {
  return capability === true ? null : capability.reason
}

/** Capabilities of a system that has these alone; each of the others is lacking for its reason. */
export function capableOf(
  present: readonly CapabilityName[],
  reasons: Readonly<Partial<Record<CapabilityName, string>>>,
  otherwise: string,
): Capabilities {
  const lacking = (name: CapabilityName) => ({
    available: false as const,
    reason: reasons[name] ?? otherwise,
  })
  return Object.fromEntries(
    CAPABILITY_NAMES.map((name) => [name, present.includes(name) ? true : lacking(name)]),
  ) as Record<CapabilityName, Capability>
}
