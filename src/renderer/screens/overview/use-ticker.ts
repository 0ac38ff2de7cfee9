import { useEffect, useState } from 'react'
import type { BrokerEvent, EventType } from '../../../shared/domain/event.ts'
import { useBroker } from '../../app/broker-connection.tsx'
import { useIsPaused } from '../../live/live-mode.ts'
import { createThrottle } from '../../live/throttle.ts'

const REDRAW_MS = 500

/** Too many and too small for a glance. */
const LEFT_OUT: ReadonlySet<EventType> = new Set(['task.claimed', 'task.progress', 'task.log'])

/** The latest events worth a glance, newest first, at most `count`; they stand still while paused. */
export function useTicker(queue: string | undefined, count: number): readonly BrokerEvent[] {
  const { live } = useBroker()
  const isPaused = useIsPaused()
  const [recent, setRecent] = useState(() => live.store.getState().recent)
  useEffect(() => {
    if (isPaused) return
    const throttle = createThrottle(() => setRecent(live.store.getState().recent), REDRAW_MS, {
      now: () => performance.now(),
      setTimer: (run, ms) => {
        const timer = setTimeout(run, ms)
        return () => clearTimeout(timer)
      },
    })
    const stop = live.store.subscribe((state, previous) => {
      if (state.recent !== previous.recent) throttle.request()
    })
    throttle.request()
    return () => {
      stop()
      throttle.cancel()
    }
  }, [live, isPaused])
  return recent
    .filter((event) => !LEFT_OUT.has(event.type) && (queue === undefined || event.queue === queue))
    .slice(-count)
    .toReversed()
}
