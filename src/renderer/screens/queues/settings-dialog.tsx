import { useState } from 'react'
import type { QueueSettings } from '../../../shared/domain/queue-settings.ts'
import type { Queue } from '../../../shared/domain/queue.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextInput } from '../../ui/field.tsx'
import { draftOfSettings, readSettingsDraft, type SettingsDraft } from './settings-draft.ts'
import styles from './queues.module.css'

interface SettingsDialogProps {
  readonly queue: Queue
  readonly onSave: (queue: Queue, changes: Partial<QueueSettings>) => Promise<boolean>
  readonly onClose: () => void
}

const FIELDS: readonly {
  readonly field: keyof SettingsDraft
  readonly label: string
  readonly hint: string
}[] = [
  { field: 'concurrency', label: 'Runs at once', hint: 'Tasks; empty for no limit' },
  { field: 'maxRetries', label: 'Retries', hint: 'After the first attempt; empty for 3' },
  { field: 'rateCount', label: 'Rate: tasks', hint: 'Empty for no limit' },
  { field: 'ratePer', label: 'Rate: per', hint: 'As 1s or 1m' },
  { field: 'timeout', label: 'Timeout of an attempt', hint: 'As 30s or 5m; empty for 5m' },
  { field: 'queueTimeout', label: 'Waits at most', hint: 'Then it has timed out; empty for ever' },
  { field: 'backoffBase', label: 'Back-off: first', hint: 'As 1s' },
  { field: 'backoffFactor', label: 'Back-off: factor', hint: 'As 2' },
  { field: 'backoffCap', label: 'Back-off: at most', hint: 'As 10m' },
  { field: 'retention', label: 'Keeps finished tasks', hint: 'As 24h; empty for 30 days' },
  { field: 'retentionCount', label: 'Keeps at most', hint: 'Tasks; empty for a million' },
]

/** The settings of a queue, as text; saving changes only what was changed. */
export function SettingsDialog({ queue, onSave, onClose }: SettingsDialogProps) {
  // As they were when it was opened: what others change meanwhile must not overwrite what is typed.
  const [before] = useState(queue)
  const [draft, setDraft] = useState(() => draftOfSettings(queue.settings))
  const [isSaving, setIsSaving] = useState(false)
  const reading = readSettingsDraft(draft, before.settings)
  const isUnchanged = reading.problems === null && Object.keys(reading.changes).length === 0
  const save = async () => {
    if (reading.problems !== null) return
    setIsSaving(true)
    const isDone = await onSave(before, reading.changes)
    setIsSaving(false)
    if (isDone) onClose()
  }
  return (
    <Dialog
      title={`Settings of ${queue.name}`}
      description="For tasks that say nothing themselves. They hold at once, for what waits too."
      isOpen
      onClose={onClose}
      width="wide"
      footer={
        <>
          <Button onClick={onClose}>Close</Button>
          <Button
            variant="primary"
            isBusy={isSaving}
            disabledReason={
              reading.problems !== null
                ? 'Something in the form is not right yet.'
                : isUnchanged
                  ? 'Nothing is changed.'
                  : null
            }
            onClick={() => void save()}
          >
            Save
          </Button>
        </>
      }
    >
      <form className={styles.form} onSubmit={(event) => event.preventDefault()}>
        {FIELDS.map(({ field, label, hint }) => (
          <TextInput
            key={field}
            label={label}
            hint={hint}
            value={draft[field]}
            onChange={(value) => setDraft({ ...draft, [field]: value })}
            problem={reading.problems?.[field] ?? null}
          />
        ))}
      </form>
    </Dialog>
  )
}
