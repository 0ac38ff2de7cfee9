import { PurgeDialog } from '../../screens/queues/purge-dialog.tsx'
import { useQueueActions } from '../../screens/queues/use-queue-actions.ts'
import { overlay, useQueueToPurge } from '../overlay-store.ts'

/** The question before a queue is purged from the palette, on whatever page. */
export function AskedPurge() {
  const queue = useQueueToPurge()
  const { purge } = useQueueActions()
  return queue === null ? null : <PurgeDialog queue={queue} onPurge={purge} onClose={overlay.close} />
}
