import { useQuery, useQueryClient } from '@tanstack/react-query'
import { FolderOpen } from 'lucide-react'
import { useState } from 'react'
import type { Backup } from '../../../shared/domain/backup.ts'
import type { BackupStatus } from '../../../shared/contract/backup-calls.ts'
import { useBroker } from '../../app/broker-connection.tsx'
import { QueryContent } from '../../app/frame/query-content.tsx'
import { useAction } from '../../app/use-action.ts'
import { useStatus } from '../../app/use-status.ts'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { formatBytes } from '../../ui/format/bytes.ts'
import { Panel } from '../../ui/panel.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { BackupRunSetting } from './backup-run-setting.tsx'
import { RestoreNotes } from './restore-notes.tsx'
import { Setting } from './setting.tsx'
import styles from './settings.module.css'

const WHILE_MADE_MS = 300
const ELSE_MS = 15_000
/** More are in the folder. */
const SHOWN = 8

/** Copies of the database: making one, and going back to one. */
export function BackupsPanel() {
  const { client, queries } = useBroker()
  const queryClient = useQueryClient()
  const act = useAction()
  const [chosen, setChosen] = useState<Backup | null>(null)
  const backups = useQuery(
    queries.backups.get.queryOptions({
      refetchInterval: ({ state }) => (state.data?.run.kind === 'running' ? WHILE_MADE_MS : ELSE_MS),
    }),
  )
  const restore = ({ name }: Backup) =>
    void act(async () => {
      await client.backups.askRestore({ name })
      return `${name} will be restored at the next start`
    }, 'Nothing will be restored.')
  return (
    <Panel title="Backups" note="everything of one moment in one file, made while tasks run">
      <QueryContent query={backups} what="backups">
        {(status) => (
          <>
            <RestoreNotes status={status} />
            <BackupRunSetting
              status={status}
              onStarted={() => queryClient.invalidateQueries({ queryKey: queries.backups.key() })}
            />
            <FolderSetting status={status} />
            {status.backups.slice(0, SHOWN).map((backup) => (
              <Setting
                key={backup.name}
                label={backup.name}
                note={
                  <>
                    {formatBytes(backup.bytes)}, <RelativeTime at={backup.at} verb="made" />
                  </>
                }
              >
                <Button
                  disabledReason={
                    status.whyNotHere ??
                    (status.askedRestore === backup.name ? 'It is restored at the next start' : null)
                  }
                  onClick={() => setChosen(backup)}
                >
                  Restore…
                </Button>
              </Setting>
            ))}
            {status.backups.length > SHOWN && (
              <Setting label={`${status.backups.length - SHOWN} older ones`}>are in the folder</Setting>
            )}
          </>
        )}
      </QueryContent>
      {chosen !== null && (
        <ConfirmDialog
          title="Restore this backup?"
          action="Restore at the next start"
          isOpen
          onConfirm={() => {
            restore(chosen)
            setChosen(null)
          }}
          onClose={() => setChosen(null)}
        >
          <p>
            <code>{chosen.name}</code> takes the place of the database when Penstock starts next. The present
            database is kept beside it, under another name.
          </p>
          <p>
            What was submitted since is not in it, and what has finished since <strong>runs again</strong>.
          </p>
        </ConfirmDialog>
      )}
    </Panel>
  )
}

function FolderSetting({ status }: { readonly status: BackupStatus }) {
  const { client } = useBroker()
  const act = useAction()
  const { data: system } = useStatus()
  if (status.whyNone !== null) return null
  const why =
    status.whyNotHere ??
    (system?.canOpenFolders === true ? null : 'Folders can be opened from the desktop app only') ??
    (status.backups.length === 0 ? 'It is made with the first backup' : null)
  return (
    <Setting label="Folder" note="Copy them to another disk from here; files you put here can be restored">
      <span className={styles.folder}>
        <code>{status.folder}</code>
        <CopyButton text={status.folder} what="the path of the backups folder" />
      </span>
      <Button
        icon={FolderOpen}
        disabledReason={why}
        onClick={() =>
          void act(async () => {
            await client.backups.openFolder()
            return 'Opened the backups folder'
          }, 'The folder was not opened.')
        }
      >
        Open
      </Button>
    </Setting>
  )
}
