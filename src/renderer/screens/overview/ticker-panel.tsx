import { Link } from '@tanstack/react-router'
import { Activity, ChevronRight } from 'lucide-react'
import type { BrokerEvent } from '../../../shared/domain/event.ts'
import { detailOf, EVENT_LOOKS, subjectOf } from '../../live/describe-event.ts'
import { formatClockSeconds } from '../../ui/format/instant.ts'
import { useMaskText } from '../../ui/json/secret-reveal.tsx'
import { Panel } from '../../ui/panel.tsx'
import { EventMark } from '../../ui/state/event-mark.tsx'
import { QuietNote } from './quiet-note.tsx'
import styles from './ticker-panel.module.css'
import { useTicker } from './use-ticker.ts'

/** The latest events, newest first. Calm also at thousands a second: it is redrawn twice a second at most. */
export function TickerPanel({ queue, rows }: { readonly queue: string | undefined; readonly rows: number }) {
  const events = useTicker(queue, rows)
  return (
    <Panel
      title="Events"
      note="newest first"
      aside={
        <Link to="/events" search={{ queue }} className={styles.all}>
          All <ChevronRight size={14} strokeWidth={1.75} aria-hidden />
        </Link>
      }
    >
      {events.length === 0 ? (
        <QuietNote icon={Activity}>What happens shows here.</QuietNote>
      ) : (
        <ol className={styles.list}>
          {events.map((event) => (
            <TickerRow key={event.seq} event={event} />
          ))}
        </ol>
      )}
    </Panel>
  )
}

function TickerRow({ event }: { readonly event: BrokerEvent }) {
  const { type, at, taskId } = event
  const subject = subjectOf(event)
  const mask = useMaskText()
  return (
    <li className={styles.row}>
      <span className={styles.time}>{formatClockSeconds(at)}</span>
      <EventMark type={type} {...EVENT_LOOKS[type]} />
      {taskId === null ? (
        <span className="truncate" title={mask(detailOf(event))}>
          {subject}
        </span>
      ) : (
        <Link to="/tasks" search={{ task: taskId }} className={styles.subject} title={subject}>
          {subject}
        </Link>
      )}
    </li>
  )
}
