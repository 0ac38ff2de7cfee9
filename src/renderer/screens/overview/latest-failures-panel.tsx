import { Link } from '@tanstack/react-router'
import { Check } from 'lucide-react'
import type { FailureGroup } from '../../../shared/domain/broker.ts'
import { formatCount } from '../../ui/format/count.ts'
import { Panel } from '../../ui/panel.tsx'
import { relativeText } from '../../ui/relative-time.tsx'
import { useNow } from '../../ui/now.ts'
import { failureTitle } from './failure-title.ts'
import styles from './latest-failures-panel.module.css'
import { QuietNote } from './quiet-note.tsx'

const SHOWN = 5

/** Dead letters by error, latest first; a click opens the latest task that died of it. */
export function LatestFailuresPanel({ failures }: { readonly failures: readonly FailureGroup[] }) {
  return (
    <Panel
      title="Latest failures"
      note="by error"
      aside={
        failures.length > SHOWN && (
          <Link to="/tasks" search={{ state: 'failed' }}>
            All {formatCount(failures.length)}
          </Link>
        )
      }
    >
      {failures.length === 0 ? (
        <QuietNote icon={Check}>No dead letters.</QuietNote>
      ) : (
        <ul>
          {failures.slice(0, SHOWN).map((group) => (
            <FailureRow key={group.fingerprint} group={group} />
          ))}
        </ul>
      )}
    </Panel>
  )
}

function FailureRow({ group }: { readonly group: FailureGroup }) {
  const { type, message, count, queues, latestTaskId, latestAt } = group
  const { title, detail } = failureTitle(group)
  const latest = relativeText(latestAt, useNow())
  return (
    <li className={styles.row}>
      <Link
        to="/tasks"
        search={{ state: 'failed', task: latestTaskId }}
        className={styles.link}
        title={`${type}: ${message} (latest ${latest})`}
      >
        <span className={styles.type}>{title}</span>
        <span className={styles.count}>{formatCount(count)}</span>
        <span className={styles.message}>{detail}</span>
        <span className={styles.queues}>{queues.length === 1 ? queues[0] : `${queues.length} queues`}</span>
      </Link>
    </li>
  )
}
