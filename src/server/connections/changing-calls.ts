import type { Capabilities, CapabilityName } from '../../shared/domain/capabilities.ts'
import { CAPABILITY_NAMES } from '../../shared/domain/capabilities.ts'
import type { BrokerMethod } from '../attach/lack-of.ts'

/** Calls that change nothing at the broker; every other one is refused through a read-only connection. */
const ASKING_CALLS: ReadonlySet<BrokerMethod> = new Set<BrokerMethod>([
  'health',
  'overview',
  'getTask',
  'getTaskByNumber',
  'listTasks',
  'listFullTasks',
  'countTasks',
  'subtasks',
  'getOperation',
  'listOperations',
  'attempts',
  'progressHistory',
  'logs',
  'listQueues',
  'getQueue',
  'stats',
  'taskTotals',
  'trends',
  'failureGroups',
  'handlers',
  'checkInput',
  'listWorkers',
  'getWorker',
  'getWorkerByNumber',
  'getWorkflow',
  'listWorkflows',
  'countWorkflows',
  'getSchedule',
  'listSchedules',
  'nextFires',
  'listAlerts',
  'alertHistory',
  'alertRules',
  'resilience',
  'degradations',
  'mayWaitForResults',
])

export const isChanging = (method: BrokerMethod): boolean => !ASKING_CALLS.has(method)

/** What does nothing but change; the others are read through a read-only connection too. */
const CHANGING_CAPABILITIES: ReadonlySet<CapabilityName> = new Set<CapabilityName>([
  'submit',
  'submitTogether',
  'cancel',
  'cancelRunning',
  'terminate',
  'pauseTasks',
  'updateTasks',
  'deleteTasks',
  'replay',
  'bulk',
  'pauseQueues',
  'purgeQueues',
  'queueSettings',
  'pauseWorkers',
  'changeWorkers',
  'externalWorkers',
])

export const readOnlyReason = (name: string): string =>
  `The connection '${name}' is read-only: nothing is changed through it.`

/** What can be done through a read-only connection. */
export function readingOnly(capabilities: Capabilities, reason: string): Capabilities {
  const kept = CAPABILITY_NAMES.map((name) => [
    name,
    CHANGING_CAPABILITIES.has(name) ? { available: false, reason } : capabilities[name],
  ])
  return Object.fromEntries(kept) as Record<CapabilityName, Capabilities[CapabilityName]>
}
