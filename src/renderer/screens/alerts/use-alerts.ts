import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useBroker } from '../../app/broker-connection.tsx'
import { isOfAnAlert } from '../../app/use-open-alerts.ts'
import { useIsPaused } from '../../live/live-mode.ts'
import { useLiveQuery } from '../../live/use-live-query.ts'

/** How many alerts one page of the history has. */
const PAGE_SIZE = 50

/** All there were, page by page. Asked anew when one is raised, acknowledged or cleared. */
export function useAlertHistory() {
  const { live, queries } = useBroker()
  const isPaused = useIsPaused()
  const history = useInfiniteQuery(
    queries.alerts.history.infiniteOptions({
      input: (cursor: string | undefined) => ({ limit: PAGE_SIZE, cursor }),
      initialPageParam: undefined,
      getNextPageParam: ({ next }) => next ?? undefined,
    }),
  )
  const { refetch } = history
  useEffect(() => {
    if (isPaused) return
    return live.onBatch(({ events }) => {
      if (events.some(isOfAnAlert)) void refetch()
    })
  }, [live, refetch, isPaused])
  return history
}

/** The rules change by hand only. */
export function useAlertRules() {
  const { live, queries } = useBroker()
  return useLiveQuery({ live, query: queries.alerts.rules.queryOptions(), everyMs: 5000, idleMs: 60_000 })
}
