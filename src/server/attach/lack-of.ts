import type { Broker } from '../../shared/domain/broker.ts'
import {
  type Capabilities,
  type CapabilityName,
  type Coverage,
  reasonOf,
} from '../../shared/domain/capabilities.ts'
import { isAlwaysTold } from './told-states.ts'

/** A call of the port, whose every answer is a promise. */
export type BrokerMethod = {
  [Name in keyof Broker]: Broker[Name] extends (...parameters: never[]) => Promise<unknown> ? Name : never
}[Exclude<keyof Broker, symbol>]

type CallParameters<Method extends BrokerMethod> = Parameters<Broker[Method]>

interface Need<Method extends BrokerMethod> {
  readonly capabilities: readonly CapabilityName[]
  /** What of the parameters asks for more; null when nothing does. */
  readonly lack?: (
    parameters: CallParameters<Method>,
    known: { readonly capabilities: Capabilities; readonly coverage: Coverage },
  ) => string | null
}

const need = (...capabilities: readonly CapabilityName[]) => ({ capabilities })

const NEEDS: { readonly [Method in BrokerMethod]: Need<Method> } = {
  health: need(),
  overview: need('overview'),
  submit: {
    capabilities: ['submit'],
    lack([tasks], { capabilities, coverage }) {
      if (tasks.length !== 1 && reasonOf(capabilities.submitTogether) !== null)
        return reasonOf(capabilities.submitTogether)
      for (const task of tasks) {
        if (task.priority !== undefined && reasonOf(capabilities.priorities) !== null)
          return reasonOf(capabilities.priorities)
        if (task.runAt !== undefined && reasonOf(capabilities.scheduling) !== null)
          return reasonOf(capabilities.scheduling)
        const field = firstForeign(task, coverage.submitFields)
        if (field !== null) return `A submit there takes no '${field}'.`
      }
      return null
    },
  },
  getTask: need('readTasks'),
  getTaskByNumber: need('taskNumbers'),
  listTasks: { capabilities: ['listTasks'], lack: ([query], known) => filterLack(query, known.coverage) },
  listFullTasks: {
    capabilities: ['listInputs'],
    lack: ([query], known) => filterLack(query, known.coverage),
  },
  countTasks: { capabilities: ['countTasks'], lack: ([query], known) => filterLack(query, known.coverage) },
  cancel: {
    capabilities: ['cancel'],
    lack: ([, { terminate }], { capabilities }) => (terminate ? reasonOf(capabilities.terminate) : null),
  },
  replay: {
    capabilities: ['replay'],
    lack([, changes], { coverage }) {
      const field = firstForeign(changes, coverage.replayFields)
      return field === null ? null : `Running a task again there cannot change its '${field}'.`
    },
  },
  deleteTask: need('deleteTasks'),
  pauseTask: need('pauseTasks'),
  resumeTask: need('pauseTasks'),
  updateTask: {
    capabilities: ['updateTasks'],
    lack([, changes], { coverage }) {
      const field = firstForeign(changes, coverage.changeFields)
      return field === null ? null : `The '${field}' of a waiting task cannot be changed there.`
    },
  },
  subtasks: need('subtasks'),
  startBulk: {
    capabilities: ['bulk'],
    lack: ([{ terminate }], { capabilities }) =>
      terminate === true ? reasonOf(capabilities.terminate) : null,
  },
  getOperation: need('bulk'),
  cancelOperation: need('bulk'),
  listOperations: need('bulk'),
  attempts: need('attempts'),
  progressHistory: need('progress'),
  logs: need('logs'),

  listQueues: need('queues'),
  getQueue: need('queues'),
  setQueuePaused: need('pauseQueues'),
  purgeQueue: need('purgeQueues'),
  updateQueue: need('queueSettings'),
  stats: need('stats'),
  taskTotals: need('taskTotals'),
  trends: need('trends'),
  reprocessDeadLetters: need('deadLetters'),
  purgeDeadLetters: need('deadLetters'),
  failureGroups: need('failureGroups'),

  handlers: need('handlers'),
  checkInput: need('handlers'),
  listWorkers: need('workers'),
  getWorker: need('workers'),
  getWorkerByNumber: need('workers', 'taskNumbers'),
  setWorkerPaused: need('pauseWorkers'),
  drainWorker: need('changeWorkers'),
  resizeWorker: need('changeWorkers'),
  removeWorker: need('addWorkers'),
  addLocalWorker: need('addWorkers'),

  registerWorker: need('externalWorkers'),
  heartbeat: need('externalWorkers'),
  setWorkerStatus: need('externalWorkers'),
  leaseTasks: need('externalWorkers'),
  renewLeases: need('externalWorkers'),
  startTask: need('externalWorkers'),
  reportProgress: need('externalWorkers'),
  writeLog: need('externalWorkers'),
  saveCheckpoint: need('externalWorkers'),
  completeTask: need('externalWorkers'),
  failTask: need('externalWorkers'),
  releaseTask: need('externalWorkers'),

  submitWorkflow: need('workflows'),
  getWorkflow: need('workflows'),
  listWorkflows: need('workflows'),
  countWorkflows: need('workflows'),
  cancelWorkflow: need('workflows'),
  deleteWorkflow: need('workflows', 'deleteWorkflows'),
  createSchedule: need('schedules'),
  updateSchedule: need('schedules'),
  deleteSchedule: need('schedules'),
  getSchedule: need('schedules'),
  listSchedules: need('schedules'),
  setSchedulePaused: need('schedules'),
  runScheduleNow: need('schedules'),
  nextFires: need('schedules'),

  listAlerts: need('alerts'),
  acknowledgeAlert: need('alerts', 'alertHistory'),
  alertHistory: need('alerts', 'alertHistory'),
  alertRules: need('alertRules'),
  updateAlertRule: need('alertRules'),
  resilience: need('resilience'),
  markDegraded: need('resilience'),
  degradations: need('resilience'),
  clearDegradation: need('resilience'),
  mayWaitForResults: need(),
}

export const BROKER_METHODS = Object.keys(NEEDS) as readonly BrokerMethod[]

/** The capabilities that a call needs whatever its parameters. */
export const capabilitiesOf = (method: BrokerMethod): readonly CapabilityName[] => NEEDS[method].capabilities

/** Why a broker cannot answer a call with these parameters, for people; null when it can. */
export function lackOf<Method extends BrokerMethod>(
  method: Method,
  parameters: CallParameters<Method>,
  known: { readonly capabilities: Capabilities; readonly coverage: Coverage },
): string | null {
  const { capabilities, lack }: Need<Method> = NEEDS[method]
  for (const name of capabilities) {
    const reason = reasonOf(known.capabilities[name])
    if (reason !== null) return reason
  }
  return lack?.(parameters, known) ?? null
}

function filterLack(
  { limit: _size, states, ...filters }: CallParameters<'listTasks'>[0],
  { taskFilters, stateGroups }: Coverage,
): string | null {
  const filter = firstForeign(filters, taskFilters)
  if (filter !== null) return `Lists there know no '${filter}'.`
  const untold = states?.find((state) => !isAlwaysTold(state, states, stateGroups))
  return untold === undefined ? null : `Lists there cannot tell ${untold} tasks from others.`
}

/** The first field that is given and is none of the known ones. */
function firstForeign(given: object, known: readonly string[]): string | null {
  for (const [field, value] of Object.entries(given))
    if (value !== undefined && !known.includes(field)) return field
  return null
}
