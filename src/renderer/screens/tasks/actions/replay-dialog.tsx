import { useState } from 'react'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { countOf, formatCount } from '../../../ui/format/count.ts'
import { Switch } from '../../../ui/switch.tsx'
import styles from './cancel-dialog.module.css'
import type { TaskTargets } from './task-targets.ts'

interface ReplayDialogProps {
  readonly targets: TaskTargets
  readonly onRun: (options: { readonly withSucceeded: boolean }) => void
  readonly onClose: () => void
}

/** Asks before many tasks are run again: it is no harm, but much work. */
export function ReplayDialog({ targets: { count, matching }, onRun, onClose }: ReplayDialogProps) {
  const states = matching?.states
  // Who lists nothing but what succeeded means that.
  const [withSucceeded, setWithSucceeded] = useState(states?.length === 1 && states[0] === 'succeeded')
  const canHaveSucceeded = matching !== null && (states === undefined || states.includes('succeeded'))
  return (
    <Dialog
      title={`Run ${countOf(count, 'task')} again?`}
      isOpen
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Do not</Button>
          <Button
            variant="primary"
            onClick={() => onRun({ withSucceeded: canHaveSucceeded && withSucceeded })}
          >
            Run {formatCount(count)} again
          </Button>
        </>
      }
    >
      <p>
        Each becomes a new task with the same input, linked to the old one; the past stays as it is.{' '}
        {matching === null
          ? 'Those that have not finished are skipped.'
          : 'Those that have not finished, or have been run again before, are skipped.'}
      </p>
      {canHaveSucceeded && (
        <div className={styles.check}>
          <Switch label="Those that have succeeded too" isOn={withSucceeded} onChange={setWithSucceeded} />
        </div>
      )}
    </Dialog>
  )
}
