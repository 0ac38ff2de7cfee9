import { useQuery, type QueryKey, type UseQueryOptions, type UseQueryResult } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useStore } from 'zustand'
import type { BrokerEvent } from '../../shared/domain/event.ts'
import type { Live } from './live-store.ts'
import { useIsPaused } from './live-mode.ts'
import { createThrottle } from './throttle.ts'

interface LiveQueryOptions<Data, Key extends QueryKey> {
  readonly live: Live
  readonly query: UseQueryOptions<Data, Error, Data, Key>
  /** While events come, ask again at most this often. */
  readonly everyMs: number
  /** Without events, ask again this often; false for never. */
  readonly idleMs?: number | false
  /** Which events make the answer old; all of them when not given. Keep it stable between renders. */
  readonly isTouchedBy?: (event: BrokerEvent) => boolean
}

/**
 * A query that follows the broker: asked again when events say that its answer is old, when the
 * connection comes back, and never while the window is paused. Old data stays on screen meanwhile.
 */
export function useLiveQuery<Data, Key extends QueryKey>(
  options: LiveQueryOptions<Data, Key>,
): UseQueryResult<Data> {
  const { live, query, everyMs, idleMs = false, isTouchedBy } = options
  const isPaused = useIsPaused()
  const isLive = useStore(live.store, (state) => state.connection.status === 'live')
  const result = useQuery({ ...query, refetchInterval: isPaused ? false : idleMs })
  const { refetch } = result

  useEffect(() => {
    if (isPaused || !isLive || query.enabled === false) return
    const throttle = createThrottle(() => void refetch({ cancelRefetch: false }), everyMs, {
      now: () => performance.now(),
      setTimer: (run, ms) => {
        const timer = setTimeout(run, ms)
        return () => clearTimeout(timer)
      },
    })
    const stop = live.onBatch(({ events, missed }) => {
      const isLook = events.length === 0
      if (isLook || missed > 0 || isTouchedBy === undefined || events.some(isTouchedBy)) throttle.request()
    })
    throttle.request()
    return () => {
      stop()
      throttle.cancel()
    }
  }, [live, refetch, everyMs, isTouchedBy, isPaused, isLive, query.enabled])

  return result
}
