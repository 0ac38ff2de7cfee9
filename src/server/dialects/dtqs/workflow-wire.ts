import * as z from 'zod'
import { MAX_NODE_KEY_LENGTH, MAX_WORKFLOW_NODES } from '../../../shared/domain/limits.ts'
import type {
  NewWorkflow,
  NewWorkflowNode,
  Workflow,
  WorkflowNode,
  WorkflowReceipt,
  WorkflowSummary,
} from '../../../shared/domain/workflow.ts'
import { findCycle } from '../../../shared/domain/workflow-graph.ts'
import { orNull } from '../body-fields.ts'
import { isoInstant, isoInstantOrNull } from '../instant.ts'
import { invalidField } from '../read-input.ts'
import type { createdAnswer, workflowAnswer } from './answers.ts'
import { limit, offset, oneOf, optionalParameter } from './query-fields.ts'
import { taskFields, toSubmitTask } from './submit-wire.ts'
import { DTQS_WORKFLOW_STATES, toDtqsState, toWorkflowState } from './states.ts'

const MAX_NAME_LENGTH = 256
const MAX_BATCH = 100

const nameOf = (most: number) =>
  z.string('must be text').min(1, 'must not be empty').max(most, `must be at most ${most} characters`)

const node = taskFields.extend({
  /** Its name in the workflow; `task-1`, `task-2` … when it has none. */
  name: orNull(nameOf(MAX_NODE_KEY_LENGTH)),
  on_failure: orNull(oneOf(['fail', 'skip'])).transform((word) => word ?? 'fail'),
})

const tasksOf = (most: number) =>
  z
    .array(node, 'must be a list of tasks')
    .min(1, 'must have at least one task')
    .max(most, `must have at most ${most} tasks`)

const workflowName = nameOf(MAX_NAME_LENGTH)
const named = (byDefault: string) => orNull(workflowName).transform((name) => name ?? byDefault)

export const workflowBody = z.object(
  {
    workflow_name: workflowName,
    tasks: tasksOf(MAX_WORKFLOW_NODES),
    dependencies: orNull(
      z.record(
        z.string(),
        z.array(z.string('must be the name of a task'), 'must be a list of names'),
        'must be an object of lists of names',
      ),
    ).transform((dependencies) => dependencies ?? {}),
  },
  'must be an object',
)
export const batchBody = z.object(
  { workflow_name: named('batch'), tasks: tasksOf(MAX_BATCH) },
  'must be an object',
)
export const chainBody = z.object(
  { workflow_name: named('chain'), tasks: tasksOf(MAX_WORKFLOW_NODES) },
  'must be an object',
)

type WireNode = z.output<typeof node>

/**
 * Wire → domain.
 * @throws INVALID_REQUEST naming what is wrong: a name twice, a name that is none, a cycle.
 */
export function toNewWorkflow(body: z.output<typeof workflowBody>): NewWorkflow {
  const keys = keysOf(body.tasks)
  const known = new Set(keys)
  const parentsOf = new Map(Object.entries(body.dependencies))
  for (const [child, parents] of parentsOf) {
    const path = `dependencies.${child}`
    if (!known.has(child)) throw invalidField(path, 'is the name of no task of this workflow')
    for (const parent of parents)
      if (!known.has(parent)) throw invalidField(path, `names '${parent}', which is no task of this workflow`)
    if (new Set(parents).size < parents.length) throw invalidField(path, 'names a task twice')
  }
  const nodes = body.tasks.map((task, index) => toNode(task, keys[index]!, parentsOf.get(keys[index]!) ?? []))
  const cycle = findCycle(nodes)
  if (cycle !== null)
    throw invalidField(`dependencies.${cycle[0]}`, `closes a cycle: ${[...cycle, cycle[0]].join(' → ')}`)
  return { name: body.workflow_name, nodes }
}

/** Tasks that run side by side. */
export function toBatch(body: z.output<typeof batchBody>): NewWorkflow {
  return toNewWorkflow({ ...body, dependencies: {} })
}

/** Each task waits for the one before it. */
export function toChain(body: z.output<typeof chainBody>): NewWorkflow {
  const keys = keysOf(body.tasks)
  const nodes = body.tasks.map((task, index) =>
    toNode(task, keys[index]!, keys.slice(Math.max(0, index - 1), index)),
  )
  return { name: body.workflow_name, nodes }
}

function keysOf(tasks: readonly WireNode[]): readonly string[] {
  const keys = tasks.map(({ name }, index) => name ?? `task-${index + 1}`)
  const taken = new Map<string, number>()
  for (const [index, key] of keys.entries()) {
    const first = taken.get(key)
    if (first !== undefined)
      throw invalidField(`tasks[${index}].name`, `'${key}' is taken by tasks[${first}]`)
    taken.set(key, index)
  }
  return keys
}

const toNode = (task: WireNode, key: string, parents: readonly string[]): NewWorkflowNode => ({
  key,
  parents,
  task: toSubmitTask(task),
  onFailure: task.on_failure,
})

export function toCreated({ id, name, createdAt, nodes }: WorkflowReceipt): z.output<typeof createdAnswer> {
  return {
    workflow_id: id,
    workflow_name: name,
    total_tasks: nodes.length,
    task_ids: nodes.map(({ taskId }) => taskId),
    task_ids_by_name: Object.fromEntries(nodes.map(({ key, taskId }) => [key, taskId])),
    created_at: isoInstant(createdAt),
  }
}

export const workflowListQuery = z.object({
  status: optionalParameter(oneOf(DTQS_WORKFLOW_STATES)),
  limit,
  offset,
})

export function toWorkflowItem({
  id,
  name,
  state,
  isFailing,
  isCancelRequested,
  total,
  ended,
  progress,
  createdAt,
  finishedAt,
}: WorkflowSummary) {
  return {
    workflow_id: id,
    workflow_name: name,
    status: toWorkflowState(state),
    total_tasks: total,
    completed: ended.succeeded,
    failed: ended.failed + ended.timedOut,
    timed_out: ended.timedOut,
    cancelled: ended.cancelled,
    skipped: ended.skipped,
    is_failing: isFailing,
    cancel_requested: isCancelRequested,
    progress_percent: Math.round(progress * 1000) / 10,
    created_at: isoInstant(createdAt),
    completed_at: isoInstantOrNull(finishedAt),
  }
}

/** The item, what its nodes do now, and the graph as one draws it. */
export function toWorkflowAnswer(workflow: Workflow): z.output<typeof workflowAnswer> {
  const { counts, nodes } = workflow
  return {
    ...toWorkflowItem(workflow),
    running: counts.running,
    pending: counts.scheduled + counts.pending + counts.retrying + counts.paused,
    nodes: nodes.map(toGraphNode),
    edges: nodes.flatMap(({ key, parents }) => parents.map((parent) => ({ from: parent, to: key }))),
  }
}

function toGraphNode(node: WorkflowNode) {
  return {
    name: node.key,
    task_id: node.taskId,
    task_name: node.name,
    status: toDtqsState(node.state),
    waits_for: node.blockedBy,
    progress: node.progress,
    retry_count: Math.max(0, node.attempt - 1),
    attempt: node.attempt,
    task_deleted: node.isTaskDeleted,
    on_failure: node.onFailure,
    started_at: isoInstantOrNull(node.startedAt),
    completed_at: isoInstantOrNull(node.finishedAt),
  }
}
