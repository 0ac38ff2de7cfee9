import { ArrowDown, ArrowUp } from 'lucide-react'
import type { ReactNode } from 'react'
import { Checkbox } from '../../../ui/checkbox.tsx'
import { classNames } from '../../../ui/class-names.ts'
import { Tooltip } from '../../../ui/tooltip.tsx'
import { TASK_COLUMNS, type TaskColumn } from './task-columns.ts'
import styles from './task-table.module.css'

interface TableHeadProps {
  readonly columns: readonly TaskColumn[]
  readonly order: 'newest' | 'oldest'
  readonly ticked: boolean | 'some'
  readonly selectionStrip: ReactNode
  readonly newTasks: ReactNode
  readonly onOrder: (order: 'newest' | 'oldest') => void
  readonly onTickAll: () => void
}

/** The head of the list. While rows are ticked, what can be done with them stands in its place. */
export function TableHead(props: TableHeadProps) {
  const { columns, order, ticked, selectionStrip, newTasks, onOrder, onTickAll } = props
  const isNewest = order === 'newest'
  const Arrow = isNewest ? ArrowDown : ArrowUp
  const tickAll = (
    <div role="columnheader" className={classNames(styles.cell, styles.tick)}>
      <Checkbox label="Tick all loaded tasks" isChecked={ticked} onChange={onTickAll} />
    </div>
  )
  if (ticked !== false) {
    return (
      <div role="rowgroup" className={styles.headGroup}>
        <div role="row" aria-rowindex={1} className={classNames(styles.head, styles.strip)}>
          {tickAll}
          <div role="columnheader" className={styles.stripBody}>
            {selectionStrip}
          </div>
        </div>
      </div>
    )
  }
  return (
    <div role="rowgroup" className={styles.headGroup}>
      <div role="row" aria-rowindex={1} className={styles.head}>
        {tickAll}
        <div role="columnheader" className={styles.cell}>
          State
        </div>
        <div role="columnheader" className={classNames(styles.cell, styles.taskHead)}>
          Task {newTasks}
        </div>
        {TASK_COLUMNS.filter(({ value }) => columns.includes(value)).map(({ value, label }) => (
          <div key={value} role="columnheader" className={classNames(styles.cell, styles[value])}>
            {label}
          </div>
        ))}
        <div
          role="columnheader"
          aria-label="When"
          aria-sort={isNewest ? 'descending' : 'ascending'}
          className={classNames(styles.cell, styles.when)}
        >
          <Tooltip text={isNewest ? 'Newest submitted first' : 'Oldest submitted first'}>
            <button
              type="button"
              className={styles.sort}
              onClick={() => onOrder(isNewest ? 'oldest' : 'newest')}
            >
              When <Arrow size={12} strokeWidth={2} aria-hidden />
            </button>
          </Tooltip>
        </div>
      </div>
    </div>
  )
}
