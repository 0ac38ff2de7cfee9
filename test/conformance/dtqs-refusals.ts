import type { BrokerMethod } from '../../src/server/attach/lack-of.ts'
import type { Broker } from '../../src/shared/domain/broker.ts'
import type { SubmitTask } from '../../src/shared/domain/task.ts'
import type { TaskQuery } from '../../src/shared/domain/task-query.ts'
import type { NewWorkflow } from '../../src/shared/domain/workflow.ts'

const isInSeconds = ({ timeoutMs }: Pick<SubmitTask, 'timeoutMs'>) =>
  timeoutMs === undefined || !(timeoutMs > 0) || timeoutMs % 1000 === 0
const isWireTask = ({ priority, ...task }: Pick<SubmitTask, 'priority' | 'timeoutMs'>) =>
  priority !== 0 && isInSeconds(task)

/** Whether no list of the wire takes these filters together. */
function isTooMuch({
  sort,
  name,
  workerId,
  createdAfter,
  createdBefore,
  text,
  ...query
}: TaskQuery): boolean {
  const isSearch = [name, workerId, createdAfter, createdBefore, text].some((value) => value !== undefined)
  if (query.minPriority !== query.maxPriority) return true
  if (new Set(query.states).size > 0 && isSeveralWords(query.states ?? [])) return true
  return sort !== undefined && (isSearch || sort.by === 'state')
}

const isSeveralWords = (states: NonNullable<TaskQuery['states']>) =>
  ['running', 'succeeded', 'cancelled'].filter((state) => states.includes(state as never)).length +
    (states.includes('pending') ? 1 : 0) +
    (states.includes('failed') ? 1 : 0) >
  1

/** Answers of lists that may come from elsewhere than the store: the wire's attach does not tell so. */
const MAY_BE_CACHED: ReadonlySet<BrokerMethod> = new Set<BrokerMethod>([
  'listTasks',
  'countTasks',
  'listWorkers',
  'overview',
])

type Refuses = (parameters: readonly unknown[], local: Broker) => boolean | Promise<boolean>

const isTooMuchOf: Refuses = ([query]) => isTooMuch(query as TaskQuery)

const REFUSES: Readonly<Partial<Record<BrokerMethod, Refuses>>> = {
  submit: ([tasks]) => !(tasks as readonly SubmitTask[]).every(isWireTask),
  listTasks: isTooMuchOf,
  countTasks: isTooMuchOf,
  // It stops a running task; it never only asks.
  async cancel([id, options], local) {
    const task = await local.getTask(id as string).catch(() => null)
    return task?.state === 'running' && !(options as { terminate: boolean }).terminate
  },
  cancelWorkflow: ([, options]) => !(options as { terminate: boolean }).terminate,
  submitWorkflow([workflow]) {
    const { idempotencyKey, nodes } = workflow as NewWorkflow
    return idempotencyKey !== undefined || !nodes.every(({ task }) => isWireTask(task))
  },
  listWorkflows: ([query]) => new Set((query as { states?: readonly string[] }).states).size > 1,
  mayWaitForResults: () => true,
}

/** What the document of dtqs cannot say, of the calls that it has. */
export async function dtqsRefuses(
  method: BrokerMethod,
  parameters: readonly unknown[],
  local: Broker,
): Promise<boolean> {
  if (MAY_BE_CACHED.has(method)) {
    const marks = await local.degradations()
    if (marks.some(({ strategy }) => strategy === 'return_cached' || strategy === 'default_value'))
      return true
  }
  return (await REFUSES[method]?.(parameters, local)) ?? false
}
