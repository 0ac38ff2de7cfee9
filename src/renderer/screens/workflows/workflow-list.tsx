import type { EpochMs } from '../../../shared/domain/clock.ts'
import type { WorkflowSummary } from '../../../shared/domain/workflow.ts'
import { classNames } from '../../ui/class-names.ts'
import { formatDuration } from '../../ui/format/duration.ts'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { StatePill } from '../../ui/state/state-pill.tsx'
import table from '../../ui/table.module.css'
import { TaskId } from '../../ui/task-id.tsx'
import { WorkflowProgress } from './workflow-progress.tsx'
import styles from './workflows.module.css'

interface WorkflowListProps {
  readonly workflows: readonly WorkflowSummary[]
  /** The instant to which times are counted. */
  readonly now: EpochMs
  readonly onOpen: (id: string) => void
}

/** One row a workflow, newest first. */
export function WorkflowList({ workflows, now, onOpen }: WorkflowListProps) {
  return (
    <table className={table.table} aria-label="Workflows">
      <colgroup>
        <col className={styles.stateColumn} />
        <col />
        <col className={styles.progressColumn} />
        <col className={styles.idColumn} />
        <col className={styles.timeColumn} />
        <col className={styles.timeColumn} />
      </colgroup>
      <thead>
        <tr>
          <th className={table.head}>State</th>
          <th className={table.head}>Workflow</th>
          <th className={table.head}>Tasks</th>
          <th className={classNames(table.head, styles.idCell)}>Id</th>
          <th className={classNames(table.head, table.numeric)}>Took</th>
          <th className={classNames(table.head, table.numeric)}>Submitted</th>
        </tr>
      </thead>
      <tbody>
        {workflows.map((workflow) => (
          <tr
            key={workflow.id}
            className={classNames(table.row, styles.row)}
            onClick={() => onOpen(workflow.id)}
          >
            <td className={table.cell}>
              <StatePill state={workflow.state} />
            </td>
            <td className={table.cell}>
              <button type="button" className={styles.name} title={workflow.name}>
                {workflow.name}
              </button>
              <Note workflow={workflow} />
            </td>
            <td className={table.cell}>
              <WorkflowProgress workflow={workflow} />
            </td>
            <td className={classNames(table.cell, styles.idCell)}>
              <TaskId id={workflow.id} />
            </td>
            <td className={classNames(table.cell, table.numeric, table.quiet)}>
              {formatDuration((workflow.finishedAt ?? now) - workflow.createdAt)}
            </td>
            <td className={classNames(table.cell, table.numeric, table.quiet)}>
              <RelativeTime at={workflow.createdAt} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** What the state alone does not say. */
function Note({ workflow: { state, isFailing, isCancelRequested } }: { readonly workflow: WorkflowSummary }) {
  if (state !== 'running') return null
  if (isCancelRequested) return <span className={styles.trouble}>asked to stop</span>
  return isFailing ? <span className={styles.trouble}>will fail: one of its tasks has</span> : null
}
