import type { Clock } from '../../../shared/domain/clock.ts'
import { BrokerError, isBrokerError } from '../../../shared/domain/errors.ts'
import {
  type NewWorkflow,
  type NodeTask,
  WORKFLOW_STATES,
  type WorkflowPort,
} from '../../../shared/domain/workflow.ts'
import { checkWorkflowGraph } from '../../../shared/domain/workflow-graph.ts'
import { checkSubmit } from '../check-submit.ts'
import type { Store } from '../store/store-client.ts'

const MAX_NAME_LENGTH = 256

export interface WorkflowDependencies {
  readonly store: Store
  readonly clock: Clock
  readonly withHandlerDefaults: <Task extends NodeTask>(task: Task) => Task
  /** Asks a running attempt to end, wherever it runs; with `terminate` it is stopped. */
  readonly stopAttempt: (taskId: string, number: number, terminate: boolean) => Promise<unknown>
}

export function createWorkflows({
  store,
  clock,
  withHandlerDefaults,
  stopAttempt,
}: WorkflowDependencies): WorkflowPort {
  return {
    async submitWorkflow(workflow) {
      check(workflow)
      const nodes = workflow.nodes.map((node) => ({ ...node, task: withHandlerDefaults(node.task) }))
      return store.run('submitWorkflow', { workflow: { ...workflow, nodes }, now: clock.now() })
    },
    getWorkflow: (id) => store.read('workflow', { id }),
    listWorkflows: (query) => store.read('workflows', query),
    countWorkflows: (states = WORKFLOW_STATES) => store.read('workflowCount', { states }),
    async cancelWorkflow(id, { terminate }) {
      const running = await store.run('cancelWorkflow', { id, now: clock.now() })
      await Promise.all(running.map(({ taskId, number }) => stopAttempt(taskId, number, terminate)))
      return store.read('workflow', { id })
    },
    async deleteWorkflow(id) {
      const deleteSome = () => store.run('deleteSomeOfWorkflow', { id, now: clock.now() })
      let isGone = await deleteSome()
      while (!isGone) isGone = await deleteSome().catch(isGoneAlready)
    },
  }
}

/** Somebody else deleted the last of its tasks between two slices. */
function isGoneAlready(error: unknown): true {
  if (isBrokerError(error, 'WORKFLOW_NOT_FOUND')) return true
  throw error
}

/** @throws INVALID_REQUEST naming the field. */
function check({ name, nodes, idempotencyKey }: NewWorkflow): void {
  const refuse = (path: string, what: string): never => {
    throw new BrokerError('INVALID_REQUEST', `${path} ${what}.`, { path })
  }
  if (name.length === 0 || name.length > MAX_NAME_LENGTH)
    refuse('name', `must have 1 to ${MAX_NAME_LENGTH} characters`)
  if (idempotencyKey !== undefined && (idempotencyKey === '' || idempotencyKey.length > 200))
    refuse('idempotencyKey', 'must have 1 to 200 characters')
  checkWorkflowGraph(nodes)
  for (const [index, { task }] of nodes.entries()) checkSubmit(task, `nodes[${index}].task`)
}
