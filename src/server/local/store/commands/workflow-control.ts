import type { EpochMs } from '../../../../shared/domain/clock.ts'
import { BrokerError, workflowNotFound } from '../../../../shared/domain/errors.ts'
import { isFinal, type TaskState } from '../../../../shared/domain/state.ts'
import type { WorkflowState } from '../../../../shared/domain/workflow.ts'
import { SUMMARY_COLUMNS, type TaskSummaryRow } from '../rows.ts'
import type { prepareCancel } from './cancel.ts'
import type { CommandContext } from './command-context.ts'
import type { prepareDelete } from './delete.ts'

/** Tasks deleted in one transaction. */
const SLICE = 250

interface Collaborators {
  readonly cancel: ReturnType<typeof prepareCancel>
  readonly remove: ReturnType<typeof prepareDelete>
}

interface WorkflowRow {
  readonly number: number
  readonly state: WorkflowState
}

/** Each throws WORKFLOW_NOT_FOUND, INVALID_STATE. */
export function prepareWorkflowControl({ db }: CommandContext, { cancel, remove }: Collaborators) {
  const byId = db.prepare<[string], WorkflowRow>('SELECT number, state FROM workflows WHERE id = ?')
  const request = db.prepare(
    `UPDATE workflows SET is_cancel_requested = 1, cause = coalesce(cause, 'cancelled') WHERE number = ?`,
  )
  // Children first: then most of what is cancelled has nothing below it any more.
  const tasksOf = db
    .prepare<[number], string>(
      'SELECT task_id FROM workflow_nodes WHERE workflow_number = ? AND gone_state IS NULL ORDER BY position DESC',
    )
    .pluck()
  const stateOf = db.prepare<[string], TaskState>('SELECT state FROM tasks WHERE id = ?').pluck()
  const someTasks = db.prepare<[number], TaskSummaryRow>(`
    SELECT ${SUMMARY_COLUMNS} FROM tasks WHERE number IN (
      SELECT task_number FROM workflow_nodes WHERE workflow_number = ? AND gone_state IS NULL ORDER BY position LIMIT ${SLICE})`)

  function find(id: string): WorkflowRow {
    const row = byId.get(id)
    if (row === undefined) throw workflowNotFound(id)
    return row
  }

  return {
    /** Answers the tasks that run and have to be told. */
    cancelWorkflow({
      id,
      now,
    }: {
      readonly id: string
      readonly now: EpochMs
    }): readonly { readonly taskId: string; readonly number: number }[] {
      const { number, state } = find(id)
      if (state !== 'running')
        throw new BrokerError('INVALID_STATE', `Workflow '${id}' has ended already; it is ${state}.`, {
          workflowId: id,
          state,
          wanted: 'cancelled',
        })
      request.run(number)
      return tasksOf.all(number).flatMap((taskId) => {
        // Cancelling one cancels what waits for it.
        if (isFinal(stateOf.get(taskId)!)) return []
        const { running } = cancel({ id: taskId, now })
        return running === null ? [] : [{ taskId, number: running.number }]
      })
    },
    /** Deletes some tasks of a final workflow, and with the last of them the workflow; true when it is gone. */
    deleteSomeOfWorkflow({ id, now }: { readonly id: string; readonly now: EpochMs }): boolean {
      const { number, state } = find(id)
      if (state === 'running')
        throw new BrokerError('INVALID_STATE', `Workflow '${id}' is running; cancel it first.`, {
          workflowId: id,
          state,
          wanted: 'deleted',
        })
      for (const row of someTasks.all(number)) remove(row, now)
      return byId.get(id) === undefined
    },
  }
}
