import { ChevronDown, ChevronRight } from 'lucide-react'
import type { FailureGroup } from '../../../shared/domain/broker.ts'
import type { Column } from '../../ui/data-table/column.ts'
import { TwoLines } from '../../ui/data-table/two-lines.tsx'
import { countOf, formatCount } from '../../ui/format/count.ts'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { failureTitle } from '../overview/failure-title.ts'
import styles from './dead-letters.module.css'

/**
 * @param open fingerprint of the group that is unfolded
 * @param mask hides secrets in what is said
 */
export function groupColumns(
  open: string | undefined,
  mask: (text: string) => string,
): readonly Column<FailureGroup>[] {
  return [
    {
      id: 'fold',
      header: '',
      label: 'Unfolded',
      width: '2.25rem',
      cell: ({ fingerprint }) => {
        const Icon = fingerprint === open ? ChevronDown : ChevronRight
        return <Icon size={14} strokeWidth={1.75} aria-hidden />
      },
    },
    {
      id: 'error',
      header: 'Error',
      cell: (group) => {
        const { title, detail } = failureTitle({ ...group, message: mask(group.message) })
        return (
          <TwoLines note={<span title={detail}>{detail}</span>}>
            <span title={title}>{title}</span>
          </TwoLines>
        )
      },
    },
    {
      id: 'names',
      header: 'Task',
      width: '10rem',
      leavesAt: 'narrow',
      cell: ({ names }) => (
        <span title={names.join(', ')}>{names.length === 1 ? names[0] : countOf(names.length, 'name')}</span>
      ),
    },
    {
      id: 'queues',
      header: 'Queue',
      width: '8rem',
      cell: ({ queues }) => (
        <span className={styles.quiet} title={queues.join(', ')}>
          {queues.length === 1 ? queues[0] : countOf(queues.length, 'queue')}
        </span>
      ),
    },
    {
      id: 'count',
      header: 'Tasks',
      width: '5rem',
      isNumeric: true,
      cell: ({ count }) => <span className={styles.count}>{formatCount(count)}</span>,
    },
    {
      id: 'latest',
      header: 'Newest',
      width: '6.5rem',
      isNumeric: true,
      cell: ({ latestAt }) => (
        <span className={styles.quiet}>
          <RelativeTime at={latestAt} />
        </span>
      ),
    },
  ]
}

/** Whether text stands in the error or in the name of a task that died of it. */
export function matchesText({ type, message, names }: FailureGroup, text: string): boolean {
  const wanted = text.trim().toLowerCase()
  return [type, message, ...names].some((part) => part.toLowerCase().includes(wanted))
}
