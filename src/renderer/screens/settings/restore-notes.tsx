import { CircleCheck, RotateCcw, TriangleAlert } from 'lucide-react'
import type { BackupStatus } from '../../../shared/contract/backup-calls.ts'
import { useBroker } from '../../app/broker-connection.tsx'
import { useAction } from '../../app/use-action.ts'
import { Button } from '../../ui/button.tsx'
import { countOf } from '../../ui/format/count.ts'
import { Setting } from './setting.tsx'
import styles from './settings.module.css'

/** What came of the last restore, and what the next start will restore. */
export function RestoreNotes({ status }: { readonly status: BackupStatus }) {
  return (
    <>
      <Outcome status={status} />
      {status.askedRestore !== null && <Asked status={status} name={status.askedRestore} />}
    </>
  )
}

function Outcome({ status: { restored } }: { readonly status: BackupStatus }) {
  if (restored === null) return null
  const isWell = restored.kind === 'restored'
  const Icon = isWell ? CircleCheck : TriangleAlert
  return (
    <div className={styles.problem} data-look={isWell ? 'well' : 'ill'} role="status">
      <Icon size={16} strokeWidth={1.5} aria-hidden />
      <div>
        <p className={styles.label}>
          {restored.name} was {isWell ? 'restored' : 'not restored'}
        </p>
        <p className={styles.message}>
          {isWell
            ? `It has ${countOf(restored.tasks, 'task')}.${restored.movedTo === null ? '' : ` What was there before is kept as ${restored.movedTo}.`}`
            : restored.message}
        </p>
      </div>
    </div>
  )
}

function Asked({ status, name }: { readonly status: BackupStatus; readonly name: string }) {
  const { client } = useBroker()
  const act = useAction()
  return (
    <Setting
      label="At the next start"
      note={
        status.canRestart
          ? 'Running tasks are stopped in order, and go on from the backup'
          : 'Stop Penstock and start it again to have it done'
      }
    >
      <span>{name} is restored</span>
      <Button
        disabledReason={status.whyNotHere}
        onClick={() =>
          void act(async () => {
            await client.backups.withdrawRestore()
            return 'Nothing is restored'
          }, 'It is still restored at the next start.')
        }
      >
        Do not
      </Button>
      {status.canRestart && (
        <Button
          variant="primary"
          icon={RotateCcw}
          onClick={() =>
            void act(async () => {
              await client.backups.restart()
              return 'Penstock starts again'
            }, 'Penstock was not started again.')
          }
        >
          Restart now
        </Button>
      )}
    </Setting>
  )
}
