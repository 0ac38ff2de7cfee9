import { useEffect, useState } from 'react'
import { useBroker } from '../../app/broker-connection.tsx'
import {
  countReprocessed,
  followReprocessed,
  type Reprocessed,
  type ReprocessedCounts,
} from './reprocessed.ts'

const DRAW_EVERY_MS = 500

/** What came of the tasks that were run again since this page was opened. */
export function useReprocessed(): ReprocessedCounts {
  const { live } = useBroker()
  const [counts, setCounts] = useState<ReprocessedCounts>(() => countReprocessed(new Map()))
  useEffect(() => {
    let reprocessed: Reprocessed = new Map()
    let timer: ReturnType<typeof setTimeout> | null = null
    const stop = live.onBatch(({ events }) => {
      const next = followReprocessed(reprocessed, events)
      if (next === reprocessed) return
      reprocessed = next
      timer ??= setTimeout(() => {
        timer = null
        setCounts(countReprocessed(reprocessed))
      }, DRAW_EVERY_MS)
    })
    return () => {
      stop()
      if (timer !== null) clearTimeout(timer)
    }
  }, [live])
  return counts
}
