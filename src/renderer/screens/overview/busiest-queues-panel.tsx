import { Link, useNavigate } from '@tanstack/react-router'
import { Layers } from 'lucide-react'
import type { Untold } from '../../../shared/domain/capabilities.ts'
import type { EpochMs } from '../../../shared/domain/clock.ts'
import type { Queue } from '../../../shared/domain/queue.ts'
import { NotTold, useUntold } from '../../app/use-untold.tsx'
import { StateBar } from '../../charts/state-bar.tsx'
import { classNames } from '../../ui/class-names.ts'
import { formatCount, formatRate } from '../../ui/format/count.ts'
import { formatAge, formatDuration } from '../../ui/format/duration.ts'
import { Panel } from '../../ui/panel.tsx'
import table from '../../ui/table.module.css'
import { BEHIND_AFTER_MS } from './attention.ts'
import { describeQueue, isStalled, rankQueues } from './busiest-queues.ts'
import styles from './busiest-queues-panel.module.css'
import { QuietNote } from './quiet-note.tsx'

const SHOWN = 4

interface BusiestQueuesPanelProps {
  readonly queues: readonly Queue[]
  /** The instant to which waiting is counted. */
  readonly now: EpochMs
}

export function BusiestQueuesPanel({ queues, now }: BusiestQueuesPanelProps) {
  const rows = rankQueues(queues, SHOWN)
  const untold = useUntold('queue')
  const note = queues.length > SHOWN ? `${SHOWN} of ${formatCount(queues.length)}` : null
  return (
    <Panel title="Busiest queues" note={note}>
      {rows.length === 0 ? (
        <QuietNote icon={Layers}>A queue appears with the first task that names it.</QuietNote>
      ) : (
        <table className={table.table}>
          <colgroup>
            <col />
            <col className={styles.bar} />
            <col className={styles.count} />
            <col className={styles.count} />
            <col className={styles.rate} />
            <col className={styles.rate} />
            <col className={styles.oldest} />
          </colgroup>
          <thead>
            <tr>
              <th className={table.head}>Queue</th>
              <th className={table.head}>By state</th>
              <th className={classNames(table.head, table.numeric)}>Pending</th>
              <th className={classNames(table.head, table.numeric)}>Running</th>
              <th className={classNames(table.head, table.numeric)}>In/s</th>
              <th className={classNames(table.head, table.numeric)}>Out/s</th>
              <th className={classNames(table.head, table.numeric)}>Oldest</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((queue) => (
              <QueueRow key={queue.name} queue={queue} now={now} untold={untold} />
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  )
}

interface QueueRowProps {
  readonly queue: Queue
  readonly now: EpochMs
  readonly untold: Untold['queue']
}

function QueueRow({ queue, now, untold }: QueueRowProps) {
  const navigate = useNavigate()
  const { name, counts, submittedPerSecond, throughputPerSecond, oldestPendingAt, isPaused } = queue
  const waitedMs = oldestPendingAt === null ? null : now - oldestPendingAt
  const isBehind = waitedMs !== null && waitedMs >= BEHIND_AFTER_MS && !isPaused
  const told = (field: keyof Queue, text: string) => (untold.includes(field) ? <NotTold /> : text)
  return (
    <tr
      className={classNames(table.row, styles.row)}
      onClick={() => void navigate({ to: '/tasks', search: { queue: name } })}
    >
      <td className={table.cell}>
        <Link
          to="/tasks"
          search={{ queue: name }}
          className={styles.name}
          onClick={(event) => event.stopPropagation()}
          title={name}
        >
          {name}
        </Link>
        <span className={classNames(styles.note, isStalled(queue, untold) && styles.stalled)}>
          {describeQueue(queue, untold) ?? <NotTold />}
        </span>
      </td>
      <td className={table.cell}>
        <StateBar counts={counts} label={name} />
      </td>
      <td className={classNames(table.cell, table.numeric)}>{formatCount(counts.pending)}</td>
      <td className={classNames(table.cell, table.numeric)}>{formatCount(counts.running)}</td>
      <td className={classNames(table.cell, table.numeric, table.quiet)}>
        {told('submittedPerSecond', formatRate(submittedPerSecond))}
      </td>
      <td className={classNames(table.cell, table.numeric, table.quiet)}>
        {told('throughputPerSecond', formatRate(throughputPerSecond))}
      </td>
      <td className={classNames(table.cell, table.numeric, isBehind ? styles.behind : table.quiet)}>
        {told(
          'oldestPendingAt',
          waitedMs === null ? '–' : waitedMs < 60_000 ? formatAge(waitedMs) : formatDuration(waitedMs),
        )}
      </td>
    </tr>
  )
}
