import { BrokerError, workflowNotFound } from '../../../../shared/domain/errors.ts'
import { MAX_PAGE_SIZE } from '../../../../shared/domain/limits.ts'
import type { StateCounts } from '../../../../shared/domain/queue.ts'
import { TASK_STATES, type TaskState } from '../../../../shared/domain/state.ts'
import type { Progress } from '../../../../shared/domain/task.ts'
import type {
  OnFailure,
  Workflow,
  WorkflowNode,
  WorkflowPage,
  WorkflowQuery,
  WorkflowState,
  WorkflowSummary,
} from '../../../../shared/domain/workflow.ts'
import { WORKFLOW_STATES } from '../../../../shared/domain/workflow.ts'
import type { ReadableDatabase } from '../open-database.ts'

const DEFAULT_LIMIT = 100

interface WorkflowRow {
  readonly number: number
  readonly id: string
  readonly name: string
  readonly state: WorkflowState
  readonly cause: 'failed' | 'cancelled' | null
  readonly is_cancel_requested: number
  readonly total: number
  readonly succeeded: number
  readonly failed: number
  readonly timed_out: number
  readonly cancelled: number
  readonly skipped: number
  readonly created_at: number
  readonly finished_at: number | null
}

interface NodeRow {
  readonly task_number: number
  readonly key: string
  readonly on_failure: OnFailure
  readonly task_id: string
  readonly task_name: string
  readonly gone_state: TaskState | null
  /** Null when the task has been deleted. */
  readonly state: TaskState | null
  readonly name: string | null
  readonly blocked_by: number | null
  readonly progress: string | null
  readonly attempt: number | null
  readonly started_at: number | null
  readonly finished_at: number | null
}

const COLUMNS = `number, id, name, state, cause, is_cancel_requested, total, succeeded, failed, timed_out, cancelled,
  skipped, created_at, finished_at`

/** Workflows as they are now: a node is read from its task, and from the workflow once that is gone. */
export function prepareWorkflows(db: ReadableDatabase) {
  const byId = db.prepare<[string], WorkflowRow>(`SELECT ${COLUMNS} FROM workflows WHERE id = ?`)
  const nodes = db.prepare<[number], NodeRow>(`
    SELECT n.task_number, n.key, n.on_failure, n.task_id, n.task_name, n.gone_state,
           t.state, t.name, t.blocked_by, t.progress, t.attempt, t.started_at, t.finished_at
    FROM workflow_nodes n LEFT JOIN tasks t ON t.number = n.task_number
    WHERE n.workflow_number = ? ORDER BY n.position`)
  const edges = db.prepare<[number], { child: number; key: string }>(`
    SELECT e.child, parent.key FROM workflow_nodes child
    JOIN workflow_edges e ON e.child = child.task_number
    JOIN workflow_nodes parent ON parent.task_number = e.parent
    WHERE child.workflow_number = ? ORDER BY parent.position`)
  // The states are merged: each is in order in its index, so the newest of each are the newest of all.
  const page = db.prepare<[object], WorkflowRow>(`
    SELECT ${COLUMNS} FROM workflows WHERE number IN (
      ${WORKFLOW_STATES.map(
        (state) => `SELECT * FROM (SELECT number FROM workflows
          WHERE state = '${state}' AND @${state} AND number < @before ORDER BY number DESC LIMIT @limit + @offset)`,
      ).join(' UNION ALL ')}
    ) ORDER BY number DESC LIMIT @limit OFFSET @offset`)
  const count = db
    .prepare<[string], number>(
      'SELECT count(*) FROM workflows WHERE state IN (SELECT value FROM json_each(?))',
    )
    .pluck()

  return {
    /** Throws WORKFLOW_NOT_FOUND. */
    workflow({ id }: { readonly id: string }): Workflow {
      const row = byId.get(id)
      if (row === undefined) throw workflowNotFound(id)
      const parents = new Map<number, string[]>()
      for (const { child, key } of edges.all(row.number)) {
        const known = parents.get(child)
        if (known === undefined) parents.set(child, [key])
        else known.push(key)
      }
      const all = nodes.all(row.number).map((node) => toNode(node, parents.get(node.task_number) ?? []))
      return { ...toSummary(row), counts: countStates(all), nodes: all }
    },
    /** Throws INVALID_REQUEST for a cursor of another list. */
    workflows({ states, limit: asked, cursor, offset = 0 }: WorkflowQuery): WorkflowPage {
      const limit = Math.min(asked ?? DEFAULT_LIMIT, MAX_PAGE_SIZE)
      const wanted = Object.fromEntries(
        WORKFLOW_STATES.map((state) => [state, states === undefined || states.includes(state) ? 1 : 0]),
      )
      // One more than asked tells whether there is a next page.
      const rows = page.all({ ...wanted, before: parseCursor(cursor), limit: limit + 1, offset })
      const found = rows.slice(0, limit)
      return {
        workflows: found.map(toSummary),
        next: rows.length > limit ? String(found.at(-1)!.number) : null,
      }
    },
    workflowCount: ({ states }: { readonly states: readonly WorkflowState[] }): number =>
      count.get(JSON.stringify(states))!,
  }
}

function toSummary(row: WorkflowRow): WorkflowSummary {
  const { succeeded, failed, timed_out: timedOut, cancelled, skipped, total } = row
  return {
    id: row.id,
    name: row.name,
    state: row.state,
    isFailing: row.state === 'running' && row.cause !== null,
    isCancelRequested: row.is_cancel_requested === 1,
    total,
    ended: { succeeded, failed, timedOut, cancelled, skipped },
    progress: (succeeded + failed + timedOut + cancelled) / total,
    createdAt: row.created_at,
    finishedAt: row.finished_at,
  }
}

function toNode(row: NodeRow, parents: readonly string[]): WorkflowNode {
  return {
    key: row.key,
    parents,
    onFailure: row.on_failure,
    taskId: row.task_id,
    name: row.name ?? row.task_name,
    state: (row.state ?? row.gone_state)!,
    blockedBy: row.blocked_by ?? 0,
    isTaskDeleted: row.state === null,
    progress: row.progress === null ? null : (JSON.parse(row.progress) as Progress).fraction,
    attempt: row.attempt ?? 0,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
  }
}

function countStates(nodes: readonly WorkflowNode[]): StateCounts {
  const counts = Object.fromEntries(TASK_STATES.map((state) => [state, 0])) as Record<TaskState, number>
  for (const { state } of nodes) counts[state] += 1
  return counts
}

function parseCursor(cursor: string | undefined): number {
  if (cursor === undefined) return Number.MAX_SAFE_INTEGER
  const number = Number(cursor)
  if (Number.isSafeInteger(number) && number > 0) return number
  throw new BrokerError(
    'INVALID_REQUEST',
    `'${cursor}' is no cursor of a workflow list; leave it out for the first page.`,
    { path: 'cursor' },
  )
}
