import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { BrokerEvent } from '../../../shared/domain/event.ts'
import type { Period } from '../../../shared/domain/queue.ts'
import { useBroker } from '../../app/broker-connection.tsx'
import { useHealth } from '../../app/use-health.ts'
import { useStatus } from '../../app/use-status.ts'
import { useLiveQuery } from '../../live/use-live-query.ts'
import type { OverviewPeriod } from './overview-search.ts'

/** Which period to ask besides, to compare with the one before the one shown. */
const LONGER: Readonly<Record<OverviewPeriod, Period>> = { '15m': '1h', '1h': '24h', '24h': '7d' }

const changesDeadLetters = ({ type }: BrokerEvent) =>
  type === 'task.failed' || type === 'task.timed_out' || type === 'task.replayed' || type === 'task.deleted'

/** Everything the Overview shows, each part asked as often as it changes and no more. */
export function useOverviewData(period: OverviewPeriod, queue: string | undefined) {
  const { queries, live } = useBroker()
  const overview = useLiveQuery({ live, query: queries.overview.queryOptions(), everyMs: 1000, idleMs: 5000 })
  const queues = useLiveQuery({
    live,
    query: queries.queues.list.queryOptions(),
    everyMs: 1000,
    idleMs: 5000,
  })
  // The chart moves with time as well as with events.
  const stats = useLiveQuery({
    live,
    query: queries.stats.queryOptions({ input: { period, queue }, placeholderData: keepPreviousData }),
    everyMs: 2000,
    idleMs: 10_000,
  })
  const longerStats = useQuery(
    queries.stats.queryOptions({
      input: { period: LONGER[period], queue },
      staleTime: 60_000,
      refetchInterval: 60_000,
    }),
  )
  const failures = useLiveQuery({
    live,
    query: queries.deadLetters.groups.queryOptions({
      input: { queue, limit: 100 },
      placeholderData: keepPreviousData,
    }),
    everyMs: 2000,
    idleMs: 30_000,
    isTouchedBy: changesDeadLetters,
  })
  const health = useHealth()
  const status = useStatus()
  const handlers = useQuery(queries.handlers.queryOptions({ refetchInterval: 30_000 }))
  return { overview, queues, stats, longerStats, failures, health, status, handlers }
}
