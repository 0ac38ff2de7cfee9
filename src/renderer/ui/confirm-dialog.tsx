import { useState, type ReactNode } from 'react'
import { Button } from './button.tsx'
import styles from './confirm-dialog.module.css'
import { Dialog } from './dialog.tsx'
import { TextInput } from './field.tsx'

interface ConfirmDialogProps {
  /** A question that names what and how many: "Delete 12 tasks?" */
  readonly title: string
  /** What follows from it, and what stays. */
  readonly children: ReactNode
  /** The verb: "Delete 12". */
  readonly action: string
  /** A name to be typed first, for what is large and cannot be undone. */
  readonly typed?: string | undefined
  readonly isOpen: boolean
  readonly onConfirm: () => void
  readonly onClose: () => void
}

/** The question before something that destroys, and only before that. */
export function ConfirmDialog({
  title,
  children,
  action,
  typed,
  isOpen,
  onConfirm,
  onClose,
}: ConfirmDialogProps) {
  const [text, setText] = useState('')
  const isUnlocked = typed === undefined || text === typed
  const confirm = () => {
    setText('')
    onConfirm()
  }
  return (
    <Dialog
      title={title}
      isOpen={isOpen}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Keep</Button>
          <Button
            variant="danger-fill"
            onClick={confirm}
            disabledReason={isUnlocked ? null : `Type ${typed} to confirm`}
          >
            {action}
          </Button>
        </>
      }
    >
      <div className={styles.body}>
        {children}
        {typed !== undefined && (
          <TextInput label={`Type ${typed} to confirm`} value={text} onChange={setText} autoFocus isMono />
        )}
      </div>
    </Dialog>
  )
}
