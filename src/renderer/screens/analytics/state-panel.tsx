import { Link } from '@tanstack/react-router'
import type { StateCounts } from '../../../shared/domain/queue.ts'
import { TASK_STATES } from '../../../shared/domain/state.ts'
import { formatCount, formatPercent } from '../../ui/format/count.ts'
import { Panel } from '../../ui/panel.tsx'
import { StateSwatch } from '../../ui/state/state-pill.tsx'
import { STATE_LOOKS } from '../../ui/state/task-state.ts'
import styles from './analytics.module.css'

interface StatePanelProps {
  readonly counts: StateCounts
  readonly queue: string | undefined
}

/** How many tasks are in each state now, those that are kept. A table as it is. */
export function StatePanel({ counts, queue }: StatePanelProps) {
  const total = TASK_STATES.reduce((sum, state) => sum + counts[state], 0)
  const most = Math.max(1, ...TASK_STATES.map((state) => counts[state]))
  return (
    <Panel title="States" note={`${formatCount(total)} tasks are kept now`}>
      <table className={styles.states} aria-label="Tasks by state">
        <thead className="visually-hidden">
          <tr>
            <th>State</th>
            <th aria-hidden>Part</th>
            <th>Tasks</th>
            <th>Share</th>
          </tr>
        </thead>
        <tbody>
          {TASK_STATES.map((state) => (
            <tr key={state}>
              <td>
                <StateSwatch state={state} />{' '}
                <Link to="/tasks" search={{ state, queue }} className={styles.stateName}>
                  {STATE_LOOKS[state].word}
                </Link>
              </td>
              <td className={styles.barCell} aria-hidden>
                <span
                  className={styles.stateBar}
                  data-hue={state}
                  style={{ width: `${(counts[state] / most) * 100}%` }}
                />
              </td>
              <td className={styles.number}>{formatCount(counts[state])}</td>
              <td className={styles.share}>{total === 0 ? '–' : formatPercent(counts[state] / total)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}
