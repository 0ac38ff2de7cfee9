import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useBroker } from '../../app/broker-connection.tsx'
import { useIsPaused } from '../../live/live-mode.ts'
import { useLiveQuery } from '../../live/use-live-query.ts'
import type { AnalyticsPeriod } from './analytics-search.ts'

const HOURS = { '1h': 1, '24h': 24, '7d': 168, '30d': 720 } as const
/** A chart of days does not change every second. */
const EVERY_MS = { '1h': 2_000, '24h': 5_000, '7d': 15_000, '30d': 30_000 } as const

/** What the page shows, each part asked as often as it can change and no more. */
export function useAnalytics(period: AnalyticsPeriod, queue: string | undefined) {
  const { queries, live } = useBroker()
  const isPaused = useIsPaused()
  const everyMs = EVERY_MS[period]
  const stats = useLiveQuery({
    live,
    query: queries.stats.queryOptions({ input: { period, queue }, placeholderData: keepPreviousData }),
    everyMs,
    idleMs: 15_000,
  })
  const queues = useLiveQuery({
    live,
    query: queries.queues.list.queryOptions(),
    everyMs: 2_000,
    idleMs: 15_000,
  })
  const totals = useLiveQuery({
    live,
    query: queries.taskTotals.queryOptions(),
    everyMs: 5_000,
    idleMs: 30_000,
  })
  const trends = useQuery(
    queries.trends.queryOptions({
      input: { hours: HOURS[period], step: period === '1h' || period === '24h' ? 'hour' : 'day' },
      placeholderData: keepPreviousData,
      refetchInterval: isPaused ? false : 30_000,
    }),
  )
  return { stats, queues, totals, trends }
}
