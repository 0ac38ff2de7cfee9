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

/**
 * Of each capability whether it does nothing but change something. The others are kept through a read-only
 * connection: what they change is refused call by call, and what they tell can be looked at.
 */
const ONLY_CHANGES: Readonly<Record<CapabilityName, boolean>> = {
  overview: false,
  submit: true,
  submitTogether: true,
  priorities: false,
  scheduling: true,
  readTasks: false,
  taskNumbers: false,
  listTasks: false,
  listInputs: false,
  countTasks: false,
  cancel: true,
  cancelRunning: true,
  terminate: true,
  pauseTasks: true,
  updateTasks: true,
  deleteTasks: true,
  replay: true,
  // It also tells how one goes on; through this connection none is begun.
  bulk: true,
  attempts: false,
  progress: false,
  logs: false,
  subtasks: false,
  queues: false,
  pauseQueues: true,
  purgeQueues: true,
  queueSettings: true,
  stats: false,
  trends: false,
  taskTotals: false,
  deadLetters: false,
  failureGroups: false,
  workers: false,
  pauseWorkers: true,
  changeWorkers: true,
  addWorkers: true,
  externalWorkers: true,
  handlers: false,
  workflows: false,
  deleteWorkflows: true,
  schedules: false,
  alerts: false,
  alertHistory: false,
  alertRules: false,
  resilience: false,
  events: false,
}

/** What can be done through a read-only connection. */
export function readingOnly(capabilities: Capabilities, reason: string): Capabilities {
  const kept = CAPABILITY_NAMES.map((name) => [
    name,
    ONLY_CHANGES[name] ? { available: false, reason } : capabilities[name],
  ])
  return Object.fromEntries(kept) as Record<CapabilityName, Capabilities[CapabilityName]>
}
