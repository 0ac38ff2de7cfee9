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
import { CopyButton } from '../../ui/copy-button.tsx'
import { countOf } from '../../ui/format/count.ts'
import { Panel } from '../../ui/panel.tsx'
import { BackupQuestion } from './backup-question.tsx'
import { BackupRow } from './backup-row.tsx'
import { BackupRunSetting } from './backup-run-setting.tsx'
import { RestoreNotes } from './restore-notes.tsx'
import { Setting } from './setting.tsx'
import styles from './settings.module.css'

const WHILE_MADE_MS = 300
const ELSE_MS = 15_000
/** Of the list, until all are asked for. */
const SHOWN = 8

/** What is asked before it is done. */
interface Question {
  readonly kind: 'restore' | 'delete'
  readonly backup: Backup
}

/** Copies of the database: making one, going back to one, and what becomes of them. */
export function BackupsPanel() {
  const { queries } = useBroker()
  const queryClient = useQueryClient()
  const [question, setQuestion] = useState<Question | null>(null)
  const [areAllShown, showAll] = useState(false)
  const backups = useQuery(
    queries.backups.get.queryOptions({
      refetchInterval: ({ state }) => (state.data?.run.kind === 'running' ? WHILE_MADE_MS : ELSE_MS),
    }),
  )
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
            {status.backups.slice(0, areAllShown ? undefined : SHOWN).map((backup) => (
              <BackupRow
                key={backup.name}
                backup={backup}
                status={status}
                onRestore={() => setQuestion({ kind: 'restore', backup })}
                onDelete={() => setQuestion({ kind: 'delete', backup })}
              />
            ))}
            {status.backups.length > SHOWN && !areAllShown && (
              <Setting label={countOf(status.backups.length - SHOWN, 'older backup')}>
                <Button onClick={() => showAll(true)}>Show them</Button>
              </Setting>
            )}
          </>
        )}
      </QueryContent>
      {question !== null && (
        <BackupQuestion
          {...question}
          isLast={backups.data?.backups.length === 1}
          onClose={() => setQuestion(null)}
        />
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
