import { ChevronRight } from 'lucide-react'
import { useState } from 'react'
import type { ProgressEntry } from '../../../../shared/domain/task.ts'
import { Button } from '../../../ui/button.tsx'
import { countOf } from '../../../ui/format/count.ts'
import { formatClockSeconds, formatInstant } from '../../../ui/format/instant.ts'
import { useMaskText } from '../../../ui/json/secret-reveal.tsx'
import { Part } from './part.tsx'
import styles from './progress-history.module.css'

const SHOWN_AT_ONCE = 100

/** What the task has reported on its way, newest first; folded until it is asked for. */
export function ProgressHistory({ entries }: { readonly entries: readonly ProgressEntry[] }) {
  const [isOpen, setIsOpen] = useState(false)
  const mask = useMaskText()
  const shown = entries.slice(-SHOWN_AT_ONCE).toReversed()
  return (
    <Part
      title="Progress"
      note={countOf(entries.length, 'report')}
      aside={
        <Button size="small" variant="ghost" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
          <ChevronRight
            size={12}
            strokeWidth={2}
            className={isOpen ? styles.turned : undefined}
            aria-hidden
          />
          {isOpen ? 'Hide' : 'Show'}
        </Button>
      }
    >
      {isOpen && (
        // A list that scrolls is a stop of the Tab key.
        <div className={styles.scroll} tabIndex={0} role="region" aria-label="Progress reports">
          <table className={styles.table}>
            <thead className="visually-hidden">
              <tr>
                <th>Time</th>
                <th>Attempt</th>
                <th>Done</th>
                <th>What</th>
              </tr>
            </thead>
            <tbody>
              {shown.map(({ streamId, at, attempt, fraction, stage, message }) => (
                <tr key={streamId}>
                  <td className={styles.time} title={formatInstant(at)}>
                    {formatClockSeconds(at)}
                  </td>
                  <td className={styles.time}>#{attempt}</td>
                  <td className={styles.percent}>{Math.floor(fraction * 100)} %</td>
                  <td>{mask([stage, message].filter((part) => part !== null && part !== '').join(': '))}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {entries.length > SHOWN_AT_ONCE && (
            <p className={styles.rest}>
              The newest {SHOWN_AT_ONCE} of {countOf(entries.length, 'report')}
            </p>
          )}
        </div>
      )}
    </Part>
  )
}
