import { Link } from '@tanstack/react-router'
import { ListChecks } from 'lucide-react'
import { EmptyState } from '../../ui/empty-state.tsx'
import { classNames } from '../../ui/class-names.ts'
import { formatCount, formatPercent } from '../../ui/format/count.ts'
import { formatExactDuration } from '../../ui/format/duration.ts'
import { Panel } from '../../ui/panel.tsx'
import table from '../../ui/table.module.css'
import styles from './analytics.module.css'
import type { NameFigures } from './by-name.ts'

const SHOWN = 50

interface NamesPanelProps {
  readonly names: readonly NameFigures[]
  readonly queue: string | undefined
}

/** What each task name has come to since the broker's first day; those that took most time first. */
export function NamesPanel({ names, queue }: NamesPanelProps) {
  return (
    <Panel
      title="By task name"
      note={`since the first day, most time first${names.length > SHOWN ? `, the first ${SHOWN}` : ''}`}
    >
      {names.length === 0 ? (
        <EmptyState icon={ListChecks} title="No task has run yet">
          What each handler costs shows here once it has.
        </EmptyState>
      ) : (
        <div className={styles.tableScroller} tabIndex={0} role="region" aria-label="Figures by task name">
          <table className={classNames(table.table, styles.names)} aria-label="By task name">
            <thead>
              <tr>
                <th className={table.head}>Task name</th>
                <th className={classNames(table.head, table.numeric)}>Finished</th>
                <th className={classNames(table.head, table.numeric)}>Failed</th>
                <th className={classNames(table.head, table.numeric)}>Retries</th>
                <th className={classNames(table.head, table.numeric)}>Wait, mean</th>
                <th className={classNames(table.head, table.numeric)}>Run, mean</th>
                <th className={classNames(table.head, table.numeric)}>Run, p95</th>
              </tr>
            </thead>
            <tbody>
              {names.slice(0, SHOWN).map((figures) => (
                <NameRow key={figures.name} figures={figures} queue={queue} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  )
}

function NameRow({ figures, queue }: { readonly figures: NameFigures; readonly queue: string | undefined }) {
  const { name, queues, finished, failed, retried, meanWaitMs, meanRunMs, p95RunMs } = figures
  const number = classNames(table.cell, table.numeric)
  return (
    <tr className={table.row}>
      <td className={table.cell} title={`${name}, in ${queues.join(', ')}`}>
        <Link to="/tasks" search={{ name, queue }} className={styles.taskName}>
          {name}
        </Link>
      </td>
      <td className={number}>{formatCount(finished)}</td>
      <td className={classNames(number, failed > 0 ? styles.failed : table.quiet)}>
        {finished === 0 || failed === 0
          ? formatCount(failed)
          : `${formatCount(failed)}, ${formatPercent(failed / finished)}`}
      </td>
      <td className={classNames(number, table.quiet)}>{formatCount(retried)}</td>
      <td className={classNames(number, table.quiet)}>{duration(meanWaitMs)}</td>
      <td className={number}>{duration(meanRunMs)}</td>
      <td className={number}>{p95RunMs === null ? '–' : `≤ ${formatExactDuration(p95RunMs)}`}</td>
    </tr>
  )
}

const duration = (ms: number | null) => (ms === null ? '–' : formatExactDuration(ms))
