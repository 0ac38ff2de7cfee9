import { useStore } from 'zustand'
import type { EpochMs } from '../../shared/domain/clock.ts'
import { useIsPaused } from '../live/live-mode.ts'
import { useNow } from '../ui/now.ts'
import { useBroker } from './broker-connection.tsx'

/**
 * The instant to which ages are counted. They stand still with the figures they belong to: from when the
 * connection was lost, or when what is shown was asked before the window was paused.
 * @param askedAt when what is shown was asked, as TanStack's `dataUpdatedAt`
 */
export function useShownNow(askedAt: EpochMs): EpochMs {
  const { live } = useBroker()
  const connection = useStore(live.store, (state) => state.connection)
  const isPaused = useIsPaused()
  const clock = useNow()
  if (connection.status === 'lost') return connection.since
  return isPaused ? askedAt : clock
}
