import { Ban, Columns3, RotateCw, Trash2, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useLacking } from '../../../app/use-lacking.ts'
import { Button, IconButton } from '../../../ui/button.tsx'
import { formatCount } from '../../../ui/format/count.ts'
import type { Impossible } from '../actions/impossible.ts'
import type { TaskChange } from '../actions/task-change.ts'
import { whyNotComparable } from '../compare/compare-search.ts'
import { ChangeMenu } from './change-menu.tsx'
import styles from './selection-strip.module.css'

interface SelectionStripProps {
  readonly count: number
  readonly isAllMatching: boolean
  /** How many match in all, when that is more than what is ticked and all loaded rows are; else null. */
  readonly matching: number | null
  /** What is being done to them, as "Cancelling 120 of 400"; null when nothing is. */
  readonly busy: string | null
  /** What cannot be done to any of them, and why. */
  readonly impossible: Impossible & Readonly<Record<TaskChange, string | null>>
  readonly newTasks: ReactNode
  readonly onSelectMatching: () => void
  readonly onCancel: () => void
  readonly onChange: (change: TaskChange) => void
  readonly onRunAgain: () => void
  readonly onDelete: () => void
  readonly onCompare: () => void
  readonly onStop: () => void
  readonly onClear: () => void
}

/** What can be done with the ticked tasks; stands in the head of the list. */
export function SelectionStrip(props: SelectionStripProps) {
  const { count, isAllMatching, matching, busy, impossible, newTasks } = props
  const lacksReplay = useLacking('replay')
  const lacksCancel = useLacking('cancel')
  const lacksDelete = useLacking('deleteTasks')
  if (busy !== null) {
    return (
      <div className={styles.strip}>
        <span role="status" className={styles.count}>
          {busy}
        </span>
        <Button size="small" variant="ghost" onClick={props.onStop}>
          Stop
        </Button>
      </div>
    )
  }
  return (
    <div className={styles.strip}>
      <span className={styles.count}>
        {isAllMatching ? `All ${formatCount(count)} that match` : `${formatCount(count)} ticked`}
      </span>
      {matching !== null && (
        <Button size="small" variant="ghost" className={styles.all} onClick={props.onSelectMatching}>
          Tick all {formatCount(matching)} that match
        </Button>
      )}
      <Button
        size="small"
        variant="ghost"
        icon={RotateCw}
        disabledReason={lacksReplay ?? impossible.runAgain}
        onClick={props.onRunAgain}
      >
        Run again
      </Button>
      <Button
        size="small"
        variant="ghost"
        icon={Ban}
        disabledReason={lacksCancel ?? impossible.cancel}
        onClick={props.onCancel}
      >
        Cancel
      </Button>
      <Button
        size="small"
        variant="ghost"
        icon={Columns3}
        disabledReason={whyNotComparable(count)}
        onClick={props.onCompare}
      >
        Compare
      </Button>
      <Button
        size="small"
        variant="ghost"
        icon={Trash2}
        disabledReason={lacksDelete ?? impossible.delete}
        onClick={props.onDelete}
      >
        Delete…
      </Button>
      <ChangeMenu impossible={impossible} onAsk={props.onChange} />
      {newTasks}
      <IconButton size="small" icon={X} label="Untick all" className={styles.clear} onClick={props.onClear} />
    </div>
  )
}
