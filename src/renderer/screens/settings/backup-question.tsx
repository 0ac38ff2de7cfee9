import type { Backup } from '../../../shared/domain/backup.ts'
import { useBroker } from '../../app/broker-connection.tsx'
import { useAction } from '../../app/use-action.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { formatBytes } from '../../ui/format/bytes.ts'

interface BackupQuestionProps {
  readonly kind: 'restore' | 'delete'
  readonly backup: Backup
  /** Whether it is the only one there is. */
  readonly isLast: boolean
  readonly onClose: () => void
}

/** What is asked before a backup takes the place of the database, or is deleted; and its doing. */
export function BackupQuestion({ kind, ...props }: BackupQuestionProps) {
  return kind === 'restore' ? <RestoreQuestion {...props} /> : <DeleteQuestion {...props} />
}

type QuestionProps = Omit<BackupQuestionProps, 'kind'>

function RestoreQuestion({ backup: { name }, onClose }: QuestionProps) {
  const { client } = useBroker()
  const act = useAction()
  const restore = () =>
    void act(async () => {
      await client.backups.askRestore({ name })
      return `${name} will be restored at the next start`
    }, 'Nothing will be restored.')
  return (
    <ConfirmDialog
      title="Restore this backup?"
      action="Restore at the next start"
      isOpen
      onConfirm={() => {
        restore()
        onClose()
      }}
      onClose={onClose}
    >
      <p>
        <code>{name}</code> takes the place of the database when Penstock starts next. The present database is
        kept beside it, under another name.
      </p>
      <p>
        What was submitted since is not in it, and what has finished since <strong>runs again</strong>.
      </p>
    </ConfirmDialog>
  )
}

function DeleteQuestion({ backup: { name, bytes }, isLast, onClose }: QuestionProps) {
  const { client } = useBroker()
  const act = useAction()
  const remove = () =>
    void act(async () => {
      await client.backups.remove({ name })
      return `${name} is deleted`
    }, 'The backup was not deleted.')
  return (
    <ConfirmDialog
      title="Delete this backup?"
      action="Delete the backup"
      isOpen
      onConfirm={() => {
        remove()
        onClose()
      }}
      onClose={onClose}
    >
      <p>
        <code>{name}</code>, {formatBytes(bytes)}, is deleted for good. The database that is in use is not
        touched.
      </p>
      {isLast && (
        <p>
          There is <strong>no other backup</strong> in this folder.
        </p>
      )}
    </ConfirmDialog>
  )
}
