import type { LogEntry } from '../../../../shared/domain/task.ts'
import { useLacking } from '../../../app/use-lacking.ts'
import { formatCount } from '../../../ui/format/count.ts'
import { formatExactDuration } from '../../../ui/format/duration.ts'
import { maskInText } from '../../../ui/json/mask-in-text.ts'
import { Panel } from '../../../ui/panel.tsx'
import { linesThatDiffer } from './compare-logs.ts'
import { letterOf } from './compare-search.ts'
import styles from './compare.module.css'
import type { Run } from './use-runs.ts'

interface CompareLogsProps {
  readonly runs: readonly Run[]
  readonly words: readonly string[]
  readonly isOnlyDifferences: boolean
}

/** What each run said, and when, counted from its submission; lines that the first did not say are marked. */
export function CompareLogs({ runs, words, isOnlyDifferences }: CompareLogsProps) {
  const lacking = useLacking('logs')
  if (lacking !== null)
    return (
      <Panel title="Logs">
        <p className={styles.nothing}>{lacking}</p>
      </Panel>
    )
  const first = runs[0]?.logs ?? []
  return (
    <Panel title="Logs" note="from when each was submitted">
      <div className={styles.logs}>
        {runs.map(({ task, logs: told }, index) => {
          const logs = told ?? []
          const differing = index === 0 ? [] : linesThatDiffer(first, logs)
          const listed = logs
            .map((entry, place) => ({ entry, place, differs: differing[place] === true }))
            .filter(({ differs }) => !isOnlyDifferences || index === 0 || differs)
          return (
            <div
              key={task.id}
              className={styles.log}
              role="region"
              aria-label={`Log lines of ${letterOf(index)}`}
              tabIndex={0}
            >
              <h3 className={styles.logHead}>
                {letterOf(index)} <span className={styles.none}>{formatCount(logs.length)}</span>
              </h3>
              {logs.length === 0 && <p className={styles.none}>It said nothing.</p>}
              {listed.map(({ entry, place, differs }) => (
                <Line key={place} entry={entry} since={task.createdAt} differs={differs} words={words} />
              ))}
            </div>
          )
        })}
      </div>
    </Panel>
  )
}

interface LineProps {
  readonly entry: LogEntry
  readonly since: number
  readonly differs: boolean
  readonly words: readonly string[]
}

const Line = ({ entry: { at, level, message }, since, differs, words }: LineProps) => (
  <p className={styles.line} data-differs={differs || undefined}>
    <span className={styles.offset}>+{formatExactDuration(at - since)}</span>{' '}
    {level !== 'info' && <b>{level} </b>}
    {differs && (
      <span className={styles.mark}>
        <span aria-hidden>≠</span>
        <span className="visually-hidden">Not said by A: </span>
      </span>
    )}
    {maskInText(message, words).text}
  </p>
)
