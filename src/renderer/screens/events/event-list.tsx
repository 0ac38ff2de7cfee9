import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, type RefObject } from 'react'
import type { BrokerEvent } from '../../../shared/domain/event.ts'
import { useRem } from '../../ui/use-rem.ts'
import styles from './event-list.module.css'
import { EventRow } from './event-row.tsx'

/** As the rows' height in the style sheet. */
const ROW_REM = 1.75

interface EventListProps {
  /** Oldest first; shown newest first. */
  readonly events: readonly BrokerEvent[]
  readonly scroller: RefObject<HTMLDivElement | null>
  readonly onScrolled: (isAway: boolean) => void
}

/** Only the rows in sight exist, however long the list is. */
export function EventList({ events, scroller, onScrolled }: EventListProps) {
  const rowHeight = ROW_REM * useRem()
  // The React Compiler, which could not memoize this, is not used here.
  // oxlint-disable-next-line react/incompatible-library
  const rows = useVirtualizer({
    count: events.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => events.at(-1 - index)?.seq ?? index,
    overscan: 8,
  })
  useEffect(() => {
    const element = scroller.current
    if (element === null) return
    const report = () => onScrolled(element.scrollTop > rowHeight / 2)
    element.addEventListener('scroll', report, { passive: true })
    return () => element.removeEventListener('scroll', report)
  }, [scroller, onScrolled, rowHeight])
  return (
    <div
      ref={scroller}
      className={styles.scroller}
      tabIndex={0}
      role="region"
      aria-label="Events, newest first"
    >
      <ol className={styles.list} style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, key, start }) => {
          const event = events.at(-1 - index)
          return event === undefined ? null : (
            <li key={key} className={styles.place} style={{ transform: `translateY(${start}px)` }}>
              <EventRow event={event} />
            </li>
          )
        })}
      </ol>
    </div>
  )
}
