import type { ReactNode } from 'react'
import type { Failure } from '../../../app/failure.ts'
import { FreshnessNote } from '../../../app/frame/freshness-note.tsx'
import { Button } from '../../../ui/button.tsx'
import { countOf, formatCount } from '../../../ui/format/count.ts'
import { nextPageSize } from './page-size.ts'
import styles from './table-foot.module.css'

interface TableFootProps {
  readonly loaded: number
  readonly total: number | null
  readonly hasMore: boolean
  readonly isLoadingMore: boolean
  /** Why the next page could not be read. */
  readonly failure: Failure | null
  readonly order: 'newest' | 'oldest'
  readonly onMore: () => void
  /** What can be done with the whole list. */
  readonly tools?: ReactNode
}

/** How much of the list is here, and the way on. */
export function TableFoot(props: TableFootProps) {
  const { loaded, total, hasMore, isLoadingMore, failure, order, onMore, tools } = props
  return (
    <footer className={styles.foot}>
      <span>{extentText({ loaded, total, hasMore, order })}</span>
      <span className={styles.note}>
        <FreshnessNote />
      </span>
      {failure !== null && (
        <span role="alert" className={styles.failure}>
          {failure.message}
        </span>
      )}
      <span className={styles.tools}>{tools}</span>
      {hasMore && (
        <Button variant="ghost" size="small" className={styles.more} onClick={onMore} isBusy={isLoadingMore}>
          {isLoadingMore ? 'Loading…' : `Load ${formatCount(nextPageSize(loaded))} more`}
        </Button>
      )}
    </footer>
  )
}

/** `First 100 of 31,402`, or `12 tasks` when all of them are here. */
export function extentText(extent: {
  readonly loaded: number
  readonly total: number | null
  readonly hasMore: boolean
  readonly order: 'newest' | 'oldest'
}): string {
  const { loaded, total, hasMore, order } = extent
  if (!hasMore) return countOf(loaded, 'task')
  const which = order === 'newest' ? 'First' : 'Oldest'
  // Counted a moment before or after the rows were read: never less than what is here.
  return `${which} ${formatCount(loaded)}${total === null ? '' : ` of ${formatCount(Math.max(total, loaded))}`}`
}
