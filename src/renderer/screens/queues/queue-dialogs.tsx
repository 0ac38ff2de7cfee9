import type { Queue } from '../../../shared/domain/queue.ts'
import { PurgeDialog } from './purge-dialog.tsx'
import type { QueueQuestion } from './queue-buttons.tsx'
import { SettingsDialog } from './settings-dialog.tsx'
import type { QueueActions } from './use-queue-actions.ts'

interface QueueDialogsProps {
  readonly question: QueueQuestion | null
  readonly queues: readonly Queue[]
  readonly actions: QueueActions
  readonly onClose: () => void
}

/** The question that is asked about a queue right now, if any. */
export function QueueDialogs({ question, queues, actions, onClose }: QueueDialogsProps) {
  const queue = queues.find(({ name }) => name === question?.name)
  if (question === null || queue === undefined) return null
  return question.kind === 'purge' ? (
    <PurgeDialog queue={queue} onPurge={actions.purge} onClose={onClose} />
  ) : (
    <SettingsDialog queue={queue} onSave={actions.update} onClose={onClose} />
  )
}
