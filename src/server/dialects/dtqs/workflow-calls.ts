import * as z from 'zod'
import { BrokerError, isBrokerError, workflowNotFound } from '../../../shared/domain/errors.ts'
import { toJsonText } from '../../../shared/domain/json.ts'
import type { StateCounts } from '../../../shared/domain/queue.ts'
import { TASK_STATES, type TaskState } from '../../../shared/domain/state.ts'
import type {
  NewWorkflow,
  NewWorkflowNode,
  Workflow,
  WorkflowNode,
  WorkflowState,
  WorkflowSummary,
} from '../../../shared/domain/workflow.ts'
import { checkWorkflowGraph } from '../../../shared/domain/workflow-graph.ts'
import { id as idField, instantText } from '../../attach/answer-fields.ts'
import { isSegment, type JsonCalls, pathOf } from '../../attach/json-calls.ts'
import { objectText, textOf } from '../../attach/json-text.ts'
import type { AnsweredCalls } from '../../attach/limit-broker.ts'
import { formatPosition, parsePosition } from '../../attach/list-position.ts'
import { pageLimit, pageOffset } from '../../attach/page-limit.ts'
import { DTQS_WORKFLOW_STATES, readDtqsState, toWorkflowState } from './states.ts'
import { SUBMIT_FIELDS, toWireFields } from './submit-fields.ts'
import { count, status, text, toldPage } from './told-task.ts'

const toldCreated = z.object({
  workflow_id: idField,
  workflow_name: text,
  task_ids: z.array(idField).max(1000),
  created_at: instantText,
})
const item = {
  workflow_id: idField,
  workflow_name: text,
  status: z.enum(DTQS_WORKFLOW_STATES),
  total_tasks: count,
  completed: count,
  failed: count,
  timed_out: count.default(0),
  cancelled: count,
  skipped: count.default(0),
  progress_percent: z.number().min(0).max(100),
  is_failing: z.boolean().default(false),
  cancel_requested: z.boolean().default(false),
  created_at: instantText,
  completed_at: instantText.nullish(),
}
const toldItem = z.object(item)
const toldNode = z.object({
  name: text,
  task_id: idField,
  task_name: text,
  status,
  waits_for: count.default(0),
  progress: z.number().min(0).max(1).nullish(),
  attempt: count.default(0),
  task_deleted: z.boolean().default(false),
  on_failure: z.enum(['fail', 'skip']).default('fail'),
  started_at: instantText.nullish(),
  completed_at: instantText.nullish(),
})
const toldWorkflow = z.object({
  ...item,
  nodes: z.array(toldNode).max(10_000),
  edges: z.array(z.object({ from: text, to: text })).max(100_000),
})
const toldWorkflows = toldPage('workflows', toldItem)

const PATH = '/api/v1/workflows'
const WORKFLOW_IN_DOMAIN: Readonly<Record<(typeof DTQS_WORKFLOW_STATES)[number], WorkflowState>> = {
  RUNNING: 'running',
  COMPLETED: 'succeeded',
  FAILED: 'failed',
  CANCELLED: 'cancelled',
}

/** @throws WORKFLOW_NOT_FOUND for an id that no path can have. */
function pathOfWorkflow(id: string): string {
  if (!isSegment(id)) throw workflowNotFound(id)
  return pathOf`/api/v1/workflows/${id}`
}

/** Workflows as docs/dialects.md has them: the document names them and describes none. */
export function workflowCalls(calls: JsonCalls): Partial<AnsweredCalls> {
  const getWorkflow = async (id: string) =>
    toWorkflow(await calls.read(toldWorkflow, { path: pathOfWorkflow(id) }))
  const fetch = (word: string | undefined, limit: number, offset: number) =>
    calls.read(toldWorkflows, { path: PATH, query: { status: word, limit, offset } })
  return {
    async submitWorkflow(workflow) {
      const told = await calls.write(toldCreated, { method: 'POST', path: PATH, body: toBody(workflow) })
      if (told.task_ids.length !== workflow.nodes.length)
        throw new BrokerError(
          'SERVICE_UNAVAILABLE',
          'The server made a workflow of other nodes; look at it.',
          {
            component: 'remote_connections',
          },
        )
      return {
        id: told.workflow_id,
        name: told.workflow_name,
        createdAt: told.created_at,
        nodes: workflow.nodes.map(({ key }, index) => ({ key, taskId: told.task_ids[index]! })),
        isRepeat: false,
      }
    },
    getWorkflow,
    async listWorkflows({ states, limit, cursor, offset }) {
      const size = pageLimit(limit)
      const position = parsePosition(cursor, 'newest')
      const word = oneWord(states)
      if (word === 'nothing') return { workflows: [], next: null }
      // New ones come before the page: how many, the total tells.
      const before = position === null ? 0 : ((await fetch(word, 1, 0)).total ?? 0) - position
      const from = Math.max(0, position === null ? pageOffset(offset) : before)
      const { total, items } = await fetch(word, size, from)
      const left = (total ?? 0) - from - items.length
      return {
        workflows: items.map(toSummary),
        next: left > 0 && items.length > 0 ? formatPosition({ order: 'newest', fromOldest: left }) : null,
      }
    },
    async countWorkflows(states) {
      if (states === undefined) return (await fetch(undefined, 1, 0)).total ?? 0
      const totals = await Promise.all(
        [...new Set(states)].map(async (state) => (await fetch(toWorkflowState(state), 1, 0)).total ?? 0),
      )
      return totals.reduce((sum, total) => sum + total, 0)
    },
    /** Stops what runs, whether it was asked to or not: there is one way to cancel. */
    async cancelWorkflow(id) {
      try {
        await calls.write(z.object({ workflow_id: idField }), {
          method: 'POST',
          path: `${pathOfWorkflow(id)}/cancel`,
        })
      } catch (error) {
        if (!isBrokerError(error, 'INVALID_STATE')) throw error
        const { state } = await getWorkflow(id)
        throw new BrokerError('INVALID_STATE', error.message, { workflowId: id, state, wanted: 'cancelled' })
      }
      return getWorkflow(id)
    },
  }
}

function oneWord(states: readonly WorkflowState[] | undefined): string | undefined {
  const words = new Set(states?.map(toWorkflowState))
  if (states === undefined || words.size === DTQS_WORKFLOW_STATES.length) return undefined
  const [word] = words
  if (word === undefined) return 'nothing'
  if (words.size === 1) return word
  throw new BrokerError('NOT_SUPPORTED', 'Lists there take one status at a time, or all; ask for one.', {
    operation: 'listWorkflows',
  })
}

/** @throws INVALID_REQUEST naming what is wrong with the graph, NOT_SUPPORTED for what the wire cannot say. */
function toBody({ name, nodes, idempotencyKey }: NewWorkflow): string {
  if (idempotencyKey !== undefined) refuse('A workflow there has no idempotency key.')
  checkWorkflowGraph(nodes)
  const dependencies = Object.fromEntries(
    nodes.filter(({ parents }) => parents.length > 0).map(({ key, parents }) => [key, parents]),
  )
  const tasks = nodes.map(toWireNode).join(',')
  return objectText({
    workflow_name: textOf(name),
    tasks: `[${tasks}]` as ReturnType<typeof toJsonText>,
    dependencies: toJsonText(dependencies),
  })
}

function toWireNode({ key, task, onFailure }: NewWorkflowNode): string {
  const known: readonly string[] = SUBMIT_FIELDS
  for (const [field, value] of Object.entries(task))
    if (value !== undefined && !known.includes(field))
      refuse(`A task of a workflow there takes no '${field}'.`)
  return objectText({ name: textOf(key), ...toWireFields(task), on_failure: textOf(onFailure) })
}

function refuse(reason: string): never {
  throw new BrokerError('NOT_SUPPORTED', reason, { operation: 'submitWorkflow' })
}

function toSummary(told: z.output<typeof toldItem>): WorkflowSummary {
  return {
    id: told.workflow_id,
    name: told.workflow_name,
    state: WORKFLOW_IN_DOMAIN[told.status],
    isFailing: told.is_failing,
    isCancelRequested: told.cancel_requested,
    total: told.total_tasks,
    ended: {
      succeeded: told.completed,
      failed: Math.max(0, told.failed - told.timed_out),
      timedOut: told.timed_out,
      cancelled: told.cancelled,
      skipped: told.skipped,
    },
    progress: told.progress_percent / 100,
    createdAt: told.created_at,
    finishedAt: told.completed_at ?? null,
  }
}

function toWorkflow(told: z.output<typeof toldWorkflow>): Workflow {
  const parentsOf = new Map<string, string[]>(told.nodes.map(({ name }) => [name, []]))
  for (const { from, to } of told.edges) parentsOf.get(to)?.push(from)
  const nodes = told.nodes.map((node) => toNode(node, parentsOf.get(node.name) ?? []))
  return { ...toSummary(told), counts: countStates(nodes), nodes }
}

function toNode(told: z.output<typeof toldNode>, parents: readonly string[]): WorkflowNode {
  return {
    key: told.name,
    parents,
    onFailure: told.on_failure,
    taskId: told.task_id,
    name: told.task_name,
    // One that waits for others is not due yet.
    state: told.waits_for > 0 && told.status === 'PENDING' ? 'scheduled' : readDtqsState(told.status),
    blockedBy: told.waits_for,
    isTaskDeleted: told.task_deleted,
    progress: told.progress ?? null,
    attempt: told.attempt,
    startedAt: told.started_at ?? null,
    finishedAt: told.completed_at ?? null,
  }
}

function countStates(nodes: readonly { readonly state: TaskState }[]): StateCounts {
  const counts = Object.fromEntries(TASK_STATES.map((state) => [state, 0])) as Record<TaskState, number>
  for (const { state } of nodes) counts[state] += 1
  return counts
}
