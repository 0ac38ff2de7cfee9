import { skipToken, useQuery } from '@tanstack/react-query'
import type { EpochMs } from '../../../shared/domain/clock.ts'
import type { ScheduleTiming } from '../../../shared/domain/schedule.ts'
import { useBroker } from '../../app/broker-connection.tsx'
import { describeFailure } from '../../app/failure.ts'
import { RelativeTime } from '../../ui/relative-time.tsx'
import styles from './schedules.module.css'
import { formatFire, ownTimeZone } from './timing-words.ts'

const SHOWN = 5

/** Asks for the next instants of a timing, and what the broker thinks of it. Null asks nothing. */
export function useNextFires(timing: ScheduleTiming | null) {
  const { queries } = useBroker()
  const { data, error } = useQuery(
    queries.schedules.nextFires.queryOptions({
      input: timing === null ? skipToken : { timing, count: SHOWN },
      retry: false,
      staleTime: 5_000,
      refetchInterval: 15_000,
    }),
  )
  return {
    fires: timing === null ? undefined : data,
    problem: timing === null || error === null ? null : describeFailure(error).message,
  }
}

interface NextFiresProps {
  readonly fires: readonly EpochMs[] | undefined
  /** Of the schedule; shown beside the reader's own clock where the two differ. */
  readonly timeZone: string | null
}

/** The next instants, as the reader's clock shows them. Keeps its height while they are on their way. */
export function NextFires({ fires, timeZone }: NextFiresProps) {
  const hasZone = timeZone !== null && timeZone !== ownTimeZone()
  if (fires?.length === 0) return <p className={styles.none}>No instant is left.</p>
  return (
    <ol className={styles.fires} aria-label="Next fires">
      {(fires ?? []).map((at) => (
        <li key={at}>
          <span>{formatFire(at)}</span>
          <span className={styles.quiet}>{hasZone && `${formatFire(at, timeZone)} there`}</span>
          <span className={styles.soon}>
            <RelativeTime at={at} />
          </span>
        </li>
      ))}
    </ol>
  )
}
