import { Link } from '@tanstack/react-router'
import type { Trends } from '../../../shared/domain/trends.ts'
import { countOf, formatCount } from '../../ui/format/count.ts'
import { formatClockTime } from '../../ui/format/instant.ts'
import { useMaskText } from '../../ui/json/secret-reveal.tsx'
import { Panel } from '../../ui/panel.tsx'
import styles from './analytics.module.css'

interface PatternsPanelProps {
  /** Undefined before the first answer. */
  readonly trends: Trends | undefined
  /** Of the period, as in "of the last 24 hours". */
  readonly when: string
}

/** What fails most, and at which time of the day most is submitted. Of all queues. */
export function PatternsPanel({ trends, when }: PatternsPanelProps) {
  const failures = trends?.failures
  const mask = useMaskText()
  return (
    <>
      <Panel title="Failure patterns" note={`all queues, ${when}`}>
        {failures !== undefined && failures.patterns.length === 0 && (
          <p className={styles.none}>Nothing failed for good in this time.</p>
        )}
        <ul className={styles.list} aria-label="Failure patterns">
          {(failures?.patterns ?? []).map(({ type, message, latestTaskId, count }) => (
            <li key={latestTaskId} className={styles.pattern}>
              <div className={styles.patternText}>
                <p className={styles.patternType} title={type}>
                  {type}
                </p>
                <p className={styles.patternMessage} title={mask(message)}>
                  {mask(message)}
                </p>
              </div>
              <span className={styles.patternCount}>
                {formatCount(count)}
                <Link
                  to="/tasks"
                  search={{ task: latestTaskId }}
                  aria-label={`Open the latest task with ${type}`}
                >
                  Latest
                </Link>
              </span>
            </li>
          ))}
        </ul>
      </Panel>
      <Panel title="Peak loads" note={`time of the day, ${when}`}>
        {trends?.peaks.length === 0 && <p className={styles.none}>Nothing was submitted in this time.</p>}
        <ol className={styles.list} aria-label="Peak loads">
          {(trends?.peaks ?? []).map(({ minuteOfDay, submitted }, _index, peaks) => (
            <li key={minuteOfDay} className={styles.peak}>
              <span className={styles.peakTime}>{clockOf(minuteOfDay, trends?.at ?? 0)}</span>
              <span className={styles.peakTrack}>
                <span style={{ width: `${(submitted / (peaks[0]?.submitted ?? 1)) * 100}%` }} />
              </span>
              <span className={styles.number}>{countOf(submitted, 'task')}</span>
            </li>
          ))}
        </ol>
      </Panel>
    </>
  )
}

const DAY_MS = 86_400_000

/** A time of the day in UTC, as the reader's clock shows it today. */
const clockOf = (minuteOfDay: number, now: number) =>
  formatClockTime(Math.floor(now / DAY_MS) * DAY_MS + minuteOfDay * 60_000)
