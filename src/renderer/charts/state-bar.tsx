import type { StateCounts } from '../../shared/domain/queue.ts'
import { UNFINISHED_BAR_ORDER } from './unfinished.ts'
import { formatCount } from '../ui/format/count.ts'
import { STATE_LOOKS } from '../ui/state/task-state.ts'
import styles from './state-bar.module.css'

interface StateBarProps {
  readonly counts: StateCounts
  readonly label: string
}

/** What is unfinished as one stacked bar. The numbers stand beside it, or in its title. */
export function StateBar({ counts, label }: StateBarProps) {
  const parts = UNFINISHED_BAR_ORDER.filter((state) => counts[state] > 0)
  const text = parts
    .map((state) => `${formatCount(counts[state])} ${STATE_LOOKS[state].word.toLowerCase()}`)
    .join(', ')
  return (
    <div
      className={styles.bar}
      role="img"
      aria-label={`${label}: ${text || 'nothing unfinished'}`}
      title={text}
    >
      {parts.map((state) => (
        <span key={state} data-hue={state} className={styles.part} style={{ flexGrow: counts[state] }} />
      ))}
    </div>
  )
}
