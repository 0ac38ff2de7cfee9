import type { Queue } from '../../../shared/domain/queue.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { countOf, formatCount } from '../../ui/format/count.ts'

/** Above this many the queue's name has to be typed. */
const TYPED_ABOVE = 100

interface PurgeDialogProps {
  readonly queue: Queue
  readonly onPurge: (name: string) => void
  readonly onClose: () => void
}

/** How many tasks a purge would delete: what waits. */
export function countPurged({ counts }: Queue): number {
  return counts.pending + counts.scheduled + counts.retrying + counts.paused
}

export function PurgeDialog({ queue, onPurge, onClose }: PurgeDialogProps) {
  const { name, counts, deadLetters } = queue
  const count = countPurged(queue)
  return (
    <ConfirmDialog
      title={`Purge ${name}?`}
      action={`Delete ${formatCount(count)}`}
      typed={count > TYPED_ABOVE ? name : undefined}
      isOpen
      onConfirm={() => {
        onPurge(name)
        onClose()
      }}
      onClose={onClose}
    >
      <p>
        Deletes the {countOf(count, 'task')} that wait: {formatCount(counts.pending)} pending,{' '}
        {formatCount(counts.scheduled)} scheduled, {formatCount(counts.retrying)} retrying and{' '}
        {formatCount(counts.paused)} paused. Their input goes with them. This cannot be undone.
      </p>
      <p>
        {countOf(counts.running, 'running task')}, what has finished and {countOf(deadLetters, 'dead letter')}{' '}
        stay.
      </p>
    </ConfirmDialog>
  )
}
