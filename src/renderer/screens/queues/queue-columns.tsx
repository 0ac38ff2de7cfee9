import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Untold } from '../../../shared/domain/capabilities.ts'
import type { EpochMs } from '../../../shared/domain/clock.ts'
import type { Queue } from '../../../shared/domain/queue.ts'
import { NotTold } from '../../app/use-untold.tsx'
import { StateBar } from '../../charts/state-bar.tsx'
import { countUnfinished } from '../../charts/unfinished.ts'
import type { Column } from '../../ui/data-table/column.ts'
import { TwoLines } from '../../ui/data-table/two-lines.tsx'
import { formatCount, formatRate } from '../../ui/format/count.ts'
import { StatePill } from '../../ui/state/state-pill.tsx'
import { describeQueue } from '../overview/busiest-queues.ts'
import { conditionOf, hasLongWait, waitedText } from './queue-words.ts'
import styles from './queues.module.css'

const figure = (count: number) => (
  <span className={count === 0 ? styles.zero : undefined}>{formatCount(count)}</span>
)

/** What each column tells. */
export const QUEUE_FIELDS: Readonly<Record<string, keyof Queue>> = {
  state: 'counts',
  pending: 'counts',
  running: 'counts',
  in: 'submittedPerSecond',
  out: 'throughputPerSecond',
  oldest: 'oldestPendingAt',
  dead: 'deadLetters',
}

/** @param now to which waiting is counted */
export function queueColumns(
  now: EpochMs,
  untold: Untold['queue'],
  buttons: (queue: Queue) => ReactNode,
): readonly Column<Queue>[] {
  return [
    {
      id: 'name',
      header: 'Queue',
      sortBy: ({ name }) => name,
      cell: (queue) => (
        <TwoLines
          note={describeQueue({ ...queue, isPaused: false }, untold) ?? <NotTold />}
          tone={conditionOf(queue, untold) === 'stalled' ? 'trouble' : 'plain'}
        >
          <Link to="/queues/$queue" params={{ queue: queue.name }} title={queue.name}>
            {queue.name}
          </Link>
          {queue.isPaused && (
            <span className={styles.pill}>
              <StatePill state="paused" />
            </span>
          )}
        </TwoLines>
      ),
    },
    {
      id: 'state',
      header: 'By state',
      width: '14%',
      leavesAt: 'medium',
      sortBy: ({ counts }) => countUnfinished(counts),
      isNumeric: false,
      cell: ({ counts, name }) => <StateBar counts={counts} label={name} />,
    },
    {
      id: 'pending',
      header: 'Pending',
      width: '5rem',
      isNumeric: true,
      sortBy: ({ counts }) => counts.pending,
      cell: ({ counts }) => figure(counts.pending),
    },
    {
      id: 'running',
      header: 'Running',
      width: '5rem',
      isNumeric: true,
      sortBy: ({ counts }) => counts.running,
      cell: ({ counts }) => figure(counts.running),
    },
    {
      id: 'in',
      header: 'In/s',
      width: '4.5rem',
      isNumeric: true,
      leavesAt: 'narrow',
      sortBy: ({ submittedPerSecond }) => submittedPerSecond,
      cell: ({ submittedPerSecond }) => (
        <span className={styles.quiet}>{formatRate(submittedPerSecond)}</span>
      ),
    },
    {
      id: 'out',
      header: 'Out/s',
      width: '4.5rem',
      isNumeric: true,
      leavesAt: 'narrow',
      sortBy: ({ throughputPerSecond }) => throughputPerSecond,
      cell: ({ throughputPerSecond }) => (
        <span className={styles.quiet}>{formatRate(throughputPerSecond)}</span>
      ),
    },
    {
      id: 'oldest',
      header: 'Oldest waits',
      width: '6.5rem',
      isNumeric: true,
      sortBy: ({ oldestPendingAt }) => (oldestPendingAt === null ? 0 : now - oldestPendingAt),
      cell: (queue) => (
        <span className={hasLongWait(queue, now) ? styles.long : styles.quiet}>{waitedText(queue, now)}</span>
      ),
    },
    {
      id: 'dead',
      header: 'Dead',
      width: '4.5rem',
      isNumeric: true,
      sortBy: ({ deadLetters }) => deadLetters,
      cell: ({ deadLetters, name }) =>
        deadLetters === 0 ? (
          figure(0)
        ) : (
          <Link to="/dead-letters" search={{ queue: name }} className={styles.dead}>
            {formatCount(deadLetters)}
          </Link>
        ),
    },
    {
      id: 'actions',
      header: '',
      label: 'Actions',
      width: '5.5rem',
      isNumeric: true,
      cell: (queue) => buttons(queue),
    },
  ]
}
