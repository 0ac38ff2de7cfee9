import { RotateCw, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useUnchangeable } from '../../app/use-lacking.ts'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { countOf, formatCount } from '../../ui/format/count.ts'
import type { DeadLetterAction } from './use-dead-letter-actions.ts'
import { ReprocessedPart } from './reprocessed-part.tsx'
import styles from './dead-letters.module.css'

/** From here on reprocessing is asked about: no harm, but much work at once. */
const MANY = 100

interface ActPanelProps {
  readonly count: number
  /** Where: a queue's name, or undefined for all. */
  readonly queue: string | undefined
  readonly onAct: (action: DeadLetterAction) => void
}

/** What can be done to the dead letters that are ticked, what follows from it, and what came of earlier ones. */
export function ActPanel({ count, queue, onAct }: ActPanelProps) {
  const [asked, setAsked] = useState<DeadLetterAction | null>(null)
  const unchangeable = useUnchangeable('deadLetters')
  const none = unchangeable ?? (count === 0 ? 'Tick groups or tasks first.' : null)
  const close = () => setAsked(null)
  const act = (action: DeadLetterAction) => {
    close()
    onAct(action)
  }
  return (
    <aside className={styles.panel} aria-label="What to do with them">
      <h2 className={styles.panelTitle}>
        {count === 0 ? 'Nothing is ticked' : `${countOf(count, 'dead letter')} ticked`}
      </h2>
      <p className={styles.panelText}>
        Reprocessed, each becomes a new task linked to the old one. The old ones stay in history and leave
        this list.
      </p>
      <div className={styles.panelButtons}>
        <Button
          variant="primary"
          icon={RotateCw}
          disabledReason={none}
          onClick={() => (count > MANY ? setAsked('reprocess') : act('reprocess'))}
        >
          Reprocess {count > 0 && formatCount(count)}
        </Button>
        <Button variant="danger" icon={Trash2} disabledReason={none} onClick={() => setAsked('purge')}>
          Purge…
        </Button>
      </div>
      <ReprocessedPart />
      <Dialog
        title={`Reprocess ${countOf(count, 'dead letter')}?`}
        isOpen={asked === 'reprocess'}
        onClose={close}
        footer={
          <>
            <Button onClick={close}>Do not</Button>
            <Button variant="primary" onClick={() => act('reprocess')}>
              Reprocess {formatCount(count)}
            </Button>
          </>
        }
      >
        <p>
          {formatCount(count)} new tasks wait at once, in the queues they came from. If what made them fail is
          not mended, they fail again.
        </p>
      </Dialog>
      {asked === 'purge' && (
        <ConfirmDialog
          title={`Purge ${countOf(count, 'dead letter')}?`}
          action={`Delete ${formatCount(count)}`}
          typed={count > MANY ? (queue ?? 'purge') : undefined}
          isOpen
          onConfirm={() => act('purge')}
          onClose={close}
        >
          <p>
            Their input, error, attempts and logs are deleted with them. They cannot be run again. This cannot
            be undone.
          </p>
        </ConfirmDialog>
      )}
    </aside>
  )
}
