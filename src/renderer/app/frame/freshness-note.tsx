import { useStore } from 'zustand'
import { useIsPaused } from '../../live/live-mode.ts'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { useBroker } from '../broker-connection.tsx'

/** Says that what is shown is not what is: the connection is lost, or the window is paused. */
export function FreshnessNote() {
  const { live } = useBroker()
  const isPaused = useIsPaused()
  const connection = useStore(live.store, (state) => state.connection)
  if (connection.status === 'lost') {
    return (
      <>
        Reconnecting; as it was <RelativeTime at={connection.since} />
      </>
    )
  }
  return isPaused ? 'Paused: what happens now is not shown' : null
}
