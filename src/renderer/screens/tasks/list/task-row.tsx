import { memo, useState, type MouseEvent, type ReactNode } from 'react'
import type { Task, TaskSummary } from '../../../../shared/domain/task.ts'
import { NotTold } from '../../../app/use-untold.tsx'
import { Checkbox } from '../../../ui/checkbox.tsx'
import { formatDuration } from '../../../ui/format/duration.ts'
import { useMaskText } from '../../../ui/json/secret-reveal.tsx'
import { RelativeTime } from '../../../ui/relative-time.tsx'
import { StatePill } from '../../../ui/state/state-pill.tsx'
import { TaskId } from '../../../ui/task-id.tsx'
import { mostAttempts } from '../attempt-count.ts'
import { detailOf } from './row-detail.ts'
import type { TaskColumn } from './task-columns.ts'
import styles from './task-table.module.css'
import { WhenText } from './when-text.tsx'

export interface TaskRowProps {
  readonly id: string
  readonly columns: readonly TaskColumn[]
  readonly task: TaskSummary
  /** What the broker does not tell of tasks. */
  readonly untold: readonly (keyof Task)[]
  /** Counts from 2: the head is row 1. */
  readonly ariaRowIndex: number
  /** Distance of the row from the first one, in CSS pixels. */
  readonly top: number
  readonly isCurrent: boolean
  readonly isOpen: boolean
  readonly isTicked: boolean
  readonly isDeleted: boolean
  /** It no longer matches what is listed. */
  readonly hasLeft: boolean
  readonly onOpen: (id: string) => void
  readonly onTick: (id: string, isRange: boolean) => void
}

/** The grid has the focus, not what is in it. */
const keepFocus = (event: MouseEvent) => event.preventDefault()

const CELLS: Readonly<Record<TaskColumn, (task: TaskSummary) => ReactNode>> = {
  id: (task) => <TaskId id={task.id} tabIndex={-1} />,
  queue: (task) => task.queue,
  worker: (task) => task.workerId ?? '',
  priority: (task) => task.priority,
  attempt: (task) => `${task.attempt} / ${mostAttempts(task)}`,
  submitted: (task) => <RelativeTime at={task.createdAt} />,
  ran: ({ startedAt, finishedAt }) =>
    startedAt === null || finishedAt === null ? '' : formatDuration(finishedAt - startedAt),
}

/** What a column tells, where that may be missing. */
const FIELDS: Partial<Record<TaskColumn, keyof Task>> = {
  queue: 'queue',
  worker: 'workerId',
  priority: 'priority',
  attempt: 'attempt',
  submitted: 'createdAt',
  ran: 'startedAt',
}

/** What may be cut off is whole on hover. */
const TITLES: Partial<Record<TaskColumn, (task: TaskSummary) => string | null>> = {
  queue: (task) => task.queue,
  worker: (task) => task.workerId,
}

/** One task in the list. Drawn anew only when one of its properties changes. */
export const TaskRow = memo(function TaskRow(props: TaskRowProps) {
  const { id, columns, task, ariaRowIndex, top, isCurrent, isOpen, isTicked, isDeleted, hasLeft } = props
  const { onOpen, onTick, untold } = props
  const [firstState] = useState(task.state)
  const mask = useMaskText()
  const detail = detailOf(task, mask)
  const tick = (event: MouseEvent) => {
    event.stopPropagation()
    onTick(task.id, event.shiftKey)
  }
  return (
    // Keys are the grid's: the row it names as active is this one.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      id={id}
      role="row"
      aria-rowindex={ariaRowIndex}
      aria-selected={isTicked}
      aria-current={isOpen || undefined}
      data-current={isCurrent}
      data-open={isOpen}
      data-faded={hasLeft || isDeleted}
      data-deleted={isDeleted}
      data-hue={task.state}
      className={styles.row}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => onOpen(task.id)}
    >
      {task.state !== firstState && <span key={task.state} className={styles.flash} aria-hidden />}
      <div role="gridcell" className={`${styles.cell} ${styles.tick}`}>
        {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions */}
        <span className={styles.tickTarget} onClick={tick} onMouseDown={keepFocus}>
          <Checkbox label={`Tick ${task.name}`} isChecked={isTicked} onChange={() => {}} tabIndex={-1} />
        </span>
      </div>
      <div role="gridcell" className={styles.cell}>
        <StatePill state={task.state} />
      </div>
      <div role="gridcell" className={`${styles.cell} ${styles.task}`}>
        <span className={styles.name} title={task.name}>
          {task.name}
        </span>
        {detail !== null && (
          <span className={styles.detail} title={detail}>
            {detail}
          </span>
        )}
      </div>
      {columns.map((column) => (
        <div
          key={column}
          role="gridcell"
          className={`${styles.cell} ${styles[column]}`}
          title={TITLES[column]?.(task) ?? undefined}
        >
          {FIELDS[column] !== undefined && untold.includes(FIELDS[column]) ? (
            <NotTold />
          ) : (
            CELLS[column](task)
          )}
        </div>
      ))}
      <div role="gridcell" className={`${styles.cell} ${styles.when}`}>
        {isDeleted ? 'deleted' : <WhenText task={task} />}
      </div>
    </div>
  )
})
