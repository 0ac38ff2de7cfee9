import { DatabaseBackup } from 'lucide-react'
import type { BackupStatus } from '../../../shared/contract/backup-calls.ts'
import type { BackupRun } from '../../../shared/domain/backup.ts'
import { useBroker } from '../../app/broker-connection.tsx'
import { describeFailure } from '../../app/failure.ts'
import { Button } from '../../ui/button.tsx'
import { formatBytes } from '../../ui/format/bytes.ts'
import { countOf } from '../../ui/format/count.ts'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { showToast } from '../../ui/toast/toast-store.ts'
import { Setting } from './setting.tsx'
import styles from './settings.module.css'

interface BackupRunSettingProps {
  readonly status: BackupStatus
  /** Told when one was begun or stopped. */
  readonly onStarted: () => Promise<void>
}

/** Makes a backup, shows how far it is, and says what came of it. */
export function BackupRunSetting({ status, onStarted }: BackupRunSettingProps) {
  const { client } = useBroker()
  const { run } = status
  const tell = (change: Promise<void>) =>
    void change.then(onStarted, (error: unknown) =>
      showToast({ tone: 'failure', message: describeFailure(error).message }),
    )
  return (
    <Setting label="Back up now" note={<RunNote run={run} />}>
      {run.kind === 'running' ? (
        <>
          <span className={styles.progress}>
            <ProgressBar fraction={run.fraction} label="Backup" />
          </span>
          <Button onClick={() => tell(client.backups.stop())}>Stop</Button>
        </>
      ) : (
        <Button
          icon={DatabaseBackup}
          disabledReason={status.whyNone}
          onClick={() => tell(client.backups.start())}
        >
          Back up
        </Button>
      )}
    </Setting>
  )
}

function RunNote({ run }: { readonly run: BackupRun }) {
  switch (run.kind) {
    case 'none':
      return 'Checked before it counts as done'
    case 'running':
      // All is copied, and read once more.
      return run.fraction >= 0.99 ? 'Checking what was copied' : 'Tasks go on meanwhile'
    case 'done':
      return (
        <span role="status">
          {run.name} is done and checked: {countOf(run.tasks, 'task')}, {formatBytes(run.bytes)}
        </span>
      )
    case 'failed':
      return (
        <span role="alert" className={styles.refusal}>
          {run.message}
        </span>
      )
  }
}
