import { Copy, Ellipsis, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { BackupStatus } from '../../../shared/contract/backup-calls.ts'
import type { Backup } from '../../../shared/domain/backup.ts'
import { desktopClient } from '../../app/desktop/desktop-client.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { formatBytes } from '../../ui/format/bytes.ts'
import { Menu, MenuItem, MenuSeparator } from '../../ui/menu.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { saveBackupCopy } from './save-backup-copy.ts'
import { Setting } from './setting.tsx'
import styles from './settings.module.css'

interface BackupRowProps {
  readonly backup: Backup
  readonly status: BackupStatus
  readonly onRestore: () => void
  readonly onDelete: () => void
}

/** One backup of the list: going back to it, and in a menu what is done less often. */
export function BackupRow({ backup, status, onRestore, onDelete }: BackupRowProps) {
  const { name, bytes, at } = backup
  const [isSaving, setSaving] = useState(false)
  const isAsked = status.askedRestore === name
  const save = async () => {
    if (desktopClient === null) return
    setSaving(true)
    await saveBackupCopy(desktopClient, name)
    setSaving(false)
  }
  return (
    <Setting
      label={name}
      note={
        <>
          {formatBytes(bytes)}, <RelativeTime at={at} verb="made" />
          {isSaving && ', a copy is being saved'}
        </>
      }
    >
      <span className={styles.together}>
        <Button
          disabledReason={status.whyNotHere ?? (isAsked ? 'It is restored at the next start' : null)}
          onClick={onRestore}
        >
          Restore…
        </Button>
        <Menu align="end" trigger={<IconButton icon={Ellipsis} label={`More for ${name}`} />}>
          <MenuItem icon={Copy} disabledReason={whyNoCopy(isSaving)} onSelect={() => void save()}>
            Save a copy…
          </MenuItem>
          <MenuSeparator />
          <MenuItem
            icon={Trash2}
            isDanger
            disabledReason={whyNotDeleted(status, isAsked)}
            onSelect={onDelete}
          >
            Delete…
          </MenuItem>
        </Menu>
      </span>
    </Setting>
  )
}

function whyNoCopy(isSaving: boolean): string | null {
  if (desktopClient === null) return 'in the desktop app only'
  return isSaving ? 'one is being saved' : null
}

/** As a few words for a menu. */
function whyNotDeleted({ whyNotHere }: BackupStatus, isAsked: boolean): string | null {
  if (whyNotHere !== null) return 'on the broker’s own machine only'
  return isAsked ? 'it is restored at the next start' : null
}
