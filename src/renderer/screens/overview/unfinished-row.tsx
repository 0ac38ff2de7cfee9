import type { StateCounts } from '../../../shared/domain/queue.ts'
import { StateBar } from '../../charts/state-bar.tsx'
import { countUnfinished, UNFINISHED_BAR_ORDER } from '../../charts/unfinished.ts'
import { formatCount } from '../../ui/format/count.ts'
import { StateSwatch } from '../../ui/state/state-pill.tsx'
import { STATE_LOOKS } from '../../ui/state/task-state.ts'
import styles from './unfinished-row.module.css'

/** What is not finished, by state: one bar, and each part with its word and number. */
export function UnfinishedRow({ counts }: { readonly counts: StateCounts }) {
  return (
    <div className={styles.row}>
      <span className={styles.total}>
        <span className={styles.number}>{formatCount(countUnfinished(counts))}</span> unfinished
      </span>
      <StateBar counts={counts} label="Unfinished by state" />
      <ul className={styles.legend}>
        {UNFINISHED_BAR_ORDER.map((state) => (
          <li key={state} className={styles.entry}>
            <StateSwatch state={state} />
            {STATE_LOOKS[state].word} <span className={styles.number}>{formatCount(counts[state])}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}
