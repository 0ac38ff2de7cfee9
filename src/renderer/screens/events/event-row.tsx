import { Link } from '@tanstack/react-router'
import { memo } from 'react'
import type { BrokerEvent } from '../../../shared/domain/event.ts'
import { detailOf, EVENT_LOOKS, subjectOf } from '../../live/describe-event.ts'
import { classNames } from '../../ui/class-names.ts'
import { formatClockMillis, formatInstant, shortId } from '../../ui/format/instant.ts'
import { useMaskText } from '../../ui/json/secret-reveal.tsx'
import { EventMark } from '../../ui/state/event-mark.tsx'
import styles from './event-list.module.css'

/** One event on one line; a task's leads to the task. */
export const EventRow = memo(function EventRow({ event }: { readonly event: BrokerEvent }) {
  const { type, taskId } = event
  if (taskId === null || type === 'task.deleted') {
    return (
      <div className={styles.row}>
        <Cells event={event} />
      </div>
    )
  }
  return (
    <Link
      to="/tasks"
      search={{ task: taskId }}
      className={classNames(styles.row, styles.link)}
      preload={false}
    >
      <Cells event={event} />
    </Link>
  )
})

function Cells({ event }: { readonly event: BrokerEvent }) {
  const { type, at, taskId, queue, workerId } = event
  const detail = useMaskText()(detailOf(event))
  return (
    <>
      <time className={styles.time} dateTime={new Date(at).toISOString()} title={formatInstant(at)}>
        {formatClockMillis(at)}
      </time>
      <EventMark type={type} {...EVENT_LOOKS[type]} />
      <span className={styles.subject}>{subjectOf(event)}</span>
      <span className={styles.detail} title={detail}>
        {detail}
      </span>
      <span className={styles.queue}>{type.startsWith('task.') ? queue : ''}</span>
      <span className={styles.worker}>{type.startsWith('task.') ? workerId : ''}</span>
      <span className={styles.id} title={taskId ?? undefined}>
        {taskId === null ? '' : shortId(taskId)}
      </span>
    </>
  )
}
