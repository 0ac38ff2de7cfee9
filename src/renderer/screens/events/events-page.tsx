import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Activity, ArrowUp, ListFilter } from 'lucide-react'
import { useCallback, useRef, useState, type ReactElement } from 'react'
import { useStore } from 'zustand'
import { useBroker } from '../../app/broker-connection.tsx'
import { Page } from '../../app/frame/page.tsx'
import { overlay } from '../../app/overlay-store.ts'
import { eventsPerSecond } from '../../live/event-rate.ts'
import { setPaused, useIsPaused } from '../../live/live-mode.ts'
import { useLiveQuery } from '../../live/use-live-query.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { countOf, formatCount } from '../../ui/format/count.ts'
import { useNow } from '../../ui/now.ts'
import { EventFilters } from './event-filters.tsx'
import { EventList } from './event-list.tsx'
import styles from './event-list.module.css'
import { KEPT_EVENTS, type EventLog } from './event-log.ts'
import type { EventsSearch } from './events-search.ts'
import { useEventLog } from './use-event-log.ts'
import { useHeldLog } from './use-held-log.ts'

const route = getRouteApi('/events')

/** The live stream. It stands still while paused or scrolled, and goes on behind. */
export function EventsPage(): ReactElement {
  const search = route.useSearch()
  const navigate = useNavigate({ from: '/events' })
  const { queries, live } = useBroker()
  const queues = useLiveQuery({ live, query: queries.queues.list.queryOptions(), everyMs: 5000 })
  const isPaused = useIsPaused()
  const scroller = useRef<HTMLDivElement>(null)
  const [isScrolled, setIsScrolled] = useState(false)
  const log = useEventLog(search)
  const { shown, newer } = useHeldLog(log, isPaused || isScrolled)
  const change = (next: EventsSearch) => void navigate({ search: next, replace: true })
  const toNewest = useCallback(() => {
    setPaused(false)
    scroller.current?.scrollTo({ top: 0 })
  }, [])

  return (
    <Page title="Events" layout="fill">
      <div className={styles.bar}>
        <EventFilters search={search} onChange={change} queues={queues.data ?? []} />
        <RateNote log={log} />
      </div>
      <div className={styles.headPlace} aria-hidden>
        <div className={styles.head}>
          <span>Time</span>
          <span>Event</span>
          <span>Task</span>
          <span>Detail</span>
          <span>Queue</span>
          <span className={styles.headWorker}>Worker</span>
          <span className={styles.headId}>Id</span>
        </div>
      </div>
      <div className={styles.notice} data-newer={newer > 0}>
        <Notice newer={newer} isPaused={isPaused} onShow={toNewest} />
      </div>
      {shown.events.length === 0 ? (
        <NoEvents search={search} log={shown} onClear={() => change({})} />
      ) : (
        <EventList events={shown.events} scroller={scroller} onScrolled={setIsScrolled} />
      )}
      <footer className={styles.foot}>
        <span>
          {formatCount(shown.events.length)} shown
          {shown.matched > shown.events.length &&
            ` of ${formatCount(shown.matched)} since this page was opened`}
        </span>
        {shown.events.length >= KEPT_EVENTS && (
          <span>The newest {formatCount(KEPT_EVENTS)} are kept here</span>
        )}
      </footer>
    </Page>
  )
}

/** How fast events match, and that the list is a sample when it is one. */
function RateNote({ log }: { readonly log: EventLog }) {
  const now = useNow()
  const matched = eventsPerSecond(log.matchedRate, now)
  const shown = eventsPerSecond(log.shownRate, now)
  return (
    <p className={styles.rate} role="status" aria-live="off">
      {matched > shown * 1.1 + 1
        ? `A sample: ${formatCount(shown)} of ${formatCount(matched)} a second, failures first`
        : `${formatCount(matched)} a second`}
    </p>
  )
}

interface NoticeProps {
  readonly newer: number
  readonly isPaused: boolean
  readonly onShow: () => void
}

function Notice({ newer, isPaused, onShow }: NoticeProps) {
  if (newer > 0) {
    return (
      <>
        <button type="button" className={styles.newer} onClick={onShow}>
          <ArrowUp size={12} strokeWidth={2} aria-hidden />
          {countOf(newer, 'new event')}
        </button>
        {newer > KEPT_EVENTS && <span>the newest {formatCount(KEPT_EVENTS)} are kept</span>}
      </>
    )
  }
  return <span>{isPaused ? 'Paused. New events are kept for you.' : 'Live, newest first'}</span>
}

/** Whether something is still to come, so that nothing may be said to have happened yet. */
function isOnItsWay({ historyUntil, matched }: EventLog, isFiltered: boolean): boolean {
  return historyUntil === null || (historyUntil > 0 && matched === 0 && !isFiltered)
}

interface NoEventsProps {
  readonly search: EventsSearch
  readonly log: EventLog
  readonly onClear: () => void
}

function NoEvents({ search: { types, queue, text }, log, onClear }: NoEventsProps) {
  const { live } = useBroker()
  const status = useStore(live.store, (state) => state.connection.status)
  const isFiltered = types !== undefined || queue !== undefined || text !== undefined
  if (status === 'live' && isOnItsWay(log, isFiltered))
    return <div role="group" aria-busy="true" aria-label="Reading the events" />
  if (isFiltered) {
    return (
      <EmptyState
        icon={ListFilter}
        title="No event matches"
        actions={<Button onClick={onClear}>Clear the filter</Button>}
      >
        {[
          text !== undefined && `“${text}”`,
          queue !== undefined && `in ${queue}`,
          types !== undefined && 'of these types',
        ]
          .filter(Boolean)
          .join(', ')}
        {'. New ones appear by themselves.'}
      </EmptyState>
    )
  }
  return (
    <EmptyState
      icon={Activity}
      title={status === 'live' ? 'Nothing has happened yet' : 'Waiting for the broker'}
      actions={<Button onClick={() => overlay.openSubmit()}>Submit a task…</Button>}
    >
      Whatever happens to a task, a worker or a queue appears here.
    </EmptyState>
  )
}
