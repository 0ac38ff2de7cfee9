import type { EpochMs } from '../../../../shared/domain/clock.ts'
import { isFinal, type TaskState } from '../../../../shared/domain/state.ts'
import type { OnFailure } from '../../../../shared/domain/workflow.ts'
import { taskEvent } from '../event-log.ts'
import { SUMMARY_COLUMNS, type TaskSummaryRow } from '../rows.ts'
import { prepareCancelWaiting, type WaitingTask } from './cancel-waiting.ts'
import type { RecordingContext } from './recorder.ts'

export type FinalState = Extract<TaskState, 'succeeded' | 'failed' | 'timed_out' | 'cancelled'>

/** What the end of a node does to its workflow, in the transaction that ends it. */
export interface WorkflowProgress {
  /**
   * A task of a workflow became final. Its children become due or are cancelled, and with the last
   * node the workflow is final too.
   */
  ended(task: { readonly number: number }, state: FinalState, now: EpochMs): void
  /**
   * A task of a workflow is about to be deleted; one that waits is cancelled first. Its workflow keeps
   * what it came to, and goes with the last of its tasks. Answers the row as it is now: deleting a
   * node may have changed others.
   */
  beforeRemoval(row: TaskSummaryRow, now: EpochMs): TaskSummaryRow
}

interface NodeRow {
  readonly workflow_number: number
  readonly on_failure: OnFailure
  readonly is_cancel_requested: number
}

interface ReleasedRow extends WaitingTask {
  readonly run_at: number
  readonly blocked_by: number
}

export function prepareWorkflowProgress({ db, record }: RecordingContext): WorkflowProgress {
  const cancelWaiting = prepareCancelWaiting({ db, record })
  const findNode = db.prepare<[number], NodeRow>(`
    SELECT n.workflow_number, n.on_failure, w.is_cancel_requested
    FROM workflow_nodes n JOIN workflows w ON w.number = n.workflow_number WHERE n.task_number = ?`)
  const findTask = db.prepare<[number], TaskSummaryRow>(
    `SELECT ${SUMMARY_COLUMNS} FROM tasks WHERE number = ?`,
  )
  const letGo = db.prepare<[number], ReleasedRow>(`
    UPDATE tasks SET blocked_by = blocked_by - 1
    WHERE number IN (SELECT child FROM workflow_edges WHERE parent = ?) AND blocked_by > 0 AND state IN ('scheduled', 'paused')
    RETURNING number, id, name, queue, attempt, state, run_at, blocked_by`)
  const setDue = db.prepare(
    'UPDATE tasks SET state = @state, run_at = @runAt, updated_at = @now WHERE number = @number',
  )
  const waitingBelow = db.prepare<[object], WaitingTask>(`
    WITH RECURSIVE below (number) AS (
      SELECT child FROM workflow_edges WHERE parent = @number
      UNION SELECT child FROM workflow_edges JOIN below ON parent = below.number)
    SELECT number, id, name, queue, attempt, state FROM tasks
    WHERE number IN (SELECT number FROM below) AND blocked_by > 0 AND state IN ('scheduled', 'paused') ORDER BY number`)
  const count = Object.fromEntries(
    (['succeeded', 'failed', 'timed_out', 'cancelled'] as const).map((state) => [
      state,
      db.prepare(`
        UPDATE workflows SET ${state} = ${state} + @count, skipped = skipped + @skipped,
          cause = CASE WHEN @cause = 'failed' THEN 'failed' ELSE coalesce(cause, @cause) END,
          state = CASE WHEN @isLast THEN coalesce(CASE WHEN @cause = 'failed' THEN 'failed' END, cause, @cause, 'succeeded') ELSE state END,
          finished_at = CASE WHEN @isLast THEN @now END
        WHERE number = @workflow`),
    ]),
  ) as Record<FinalState, ReturnType<typeof db.prepare>>
  const unfinished = db
    .prepare<[number], number>(
      'SELECT total - succeeded - failed - timed_out - cancelled FROM workflows WHERE number = ?',
    )
    .pluck()
  const forgetResults = db.prepare(
    'UPDATE workflow_nodes SET gone_result = NULL WHERE workflow_number = ? AND gone_result IS NOT NULL',
  )
  const keepGone = db.prepare(`
    UPDATE workflow_nodes SET gone_state = @state, gone_result = CASE
      WHEN (SELECT state FROM workflows WHERE number = workflow_number) = 'running'
      THEN (SELECT result FROM tasks WHERE number = @number) END
    WHERE task_number = @number`)
  const takeTask = db
    .prepare<[number], number>(
      'UPDATE workflows SET tasks_left = tasks_left - 1 WHERE number = ? RETURNING tasks_left',
    )
    .pluck()
  const forget = [
    'DELETE FROM workflow_edges WHERE child IN (SELECT task_number FROM workflow_nodes WHERE workflow_number = ?)',
    'DELETE FROM workflow_nodes WHERE workflow_number = ?',
    'DELETE FROM workflows WHERE number = ?',
  ].map((sql) => db.prepare(sql))

  /** Children whose last parent this was become due now, or at their own later time. */
  function letChildrenGo(number: number, now: EpochMs): void {
    for (const child of letGo.all(number).toSorted((a, b) => a.number - b.number)) {
      if (child.blocked_by > 0) continue
      const runAt = Math.max(child.run_at, now)
      const state = child.state === 'paused' ? 'paused' : runAt > now ? 'scheduled' : 'pending'
      setDue.run({ number: child.number, state, runAt, now })
      if (state !== child.state) record.moved(child, child.state, state)
      if (state !== 'paused')
        record.event(taskEvent('task.scheduled', now, child, null, { state, runAt, blockedBy: 0 }))
    }
  }

  function add(
    workflow: number,
    state: FinalState,
    nodes: number,
    how: { readonly isSkipped: boolean; readonly cause: 'failed' | 'cancelled' | null },
    now: EpochMs,
  ): void {
    const isLast = unfinished.get(workflow) === nodes
    const skipped = how.isSkipped ? nodes : 0
    count[state].run({ workflow, count: nodes, skipped, cause: how.cause, isLast: isLast ? 1 : 0, now })
    if (isLast) forgetResults.run(workflow)
  }

  function ended({ number }: { readonly number: number }, state: FinalState, now: EpochMs): void {
    const node = findNode.get(number)
    if (node === undefined) return
    const isCancelling = node.is_cancel_requested === 1
    const isSkipped = state !== 'succeeded' && node.on_failure === 'skip' && !isCancelling
    const goesOn = (state === 'succeeded' || isSkipped) && !isCancelling
    const cause = state === 'succeeded' || isSkipped ? null : state === 'cancelled' ? 'cancelled' : 'failed'
    add(node.workflow_number, state, 1, { isSkipped, cause }, now)
    if (goesOn) return letChildrenGo(number, now)
    const below = waitingBelow.all({ number })
    for (const task of below) cancelWaiting(task, now)
    if (below.length > 0)
      add(node.workflow_number, 'cancelled', below.length, { isSkipped: false, cause: 'cancelled' }, now)
  }

  return {
    ended,
    beforeRemoval(given, now) {
      const row = findTask.get(given.number)!
      const { workflow_number: workflow } = findNode.get(row.number)!
      if (!isFinal(row.state)) {
        cancelWaiting(row, now)
        ended(row, 'cancelled', now)
      }
      const gone = findTask.get(row.number)!
      keepGone.run({ number: row.number, state: gone.state })
      if (takeTask.get(workflow) === 0) for (const statement of forget) statement.run(workflow)
      return gone
    },
  }
}
