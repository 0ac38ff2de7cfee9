import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx'
import { countOf, formatCount } from '../../../ui/format/count.ts'
import { CancelDialog } from './cancel-dialog.tsx'
import { EditDialog } from './edit-dialog.tsx'
import { ReplayDialog } from './replay-dialog.tsx'
import type { TaskTargets } from './task-targets.ts'
import type { TaskCommands } from './use-task-commands.ts'

interface TaskDialogsProps {
  readonly commands: TaskCommands
  readonly onOpen: (id: string) => void
}

/** The question that is asked right now, if any. */
export function TaskDialogs({ commands, onOpen }: TaskDialogsProps) {
  const { question, confirm, dismiss } = commands
  if (question === null) return null
  if (question.kind === 'edit') return <EditDialog id={question.task.id} onClose={dismiss} onOpen={onOpen} />
  const { targets } = question
  switch (question.kind) {
    case 'cancel':
      return (
        <CancelDialog
          subject={targets.only?.name ?? targets.count}
          running={targets.running}
          wasAsked={targets.only?.isCancelRequested ?? false}
          onCancel={confirm}
          onClose={dismiss}
        />
      )
    case 'delete':
      return (
        <ConfirmDialog
          title={`Delete ${nameOf(targets)}?`}
          action={targets.only === null ? `Delete ${formatCount(targets.count)}` : 'Delete'}
          isOpen
          onConfirm={() => confirm()}
          onClose={dismiss}
        >
          <p>
            Input, result, attempts, progress and logs go with {targets.only === null ? 'them' : 'it'}. This
            cannot be undone.
          </p>
          {targets.only === null && <p>Tasks that run right now are skipped; cancel them first.</p>}
        </ConfirmDialog>
      )
    case 'replay':
      return <ReplayDialog targets={targets} onRun={confirm} onClose={dismiss} />
  }
}

function nameOf({ only, count }: TaskTargets): string {
  return only === null ? countOf(count, 'task') : only.name
}
