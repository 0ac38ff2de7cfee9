import type { Muted } from '../../../shared/contract/desktop-contract.ts'
import { Button } from '../../ui/button.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { Setting } from './setting.tsx'
import styles from './settings.module.css'

interface MutedSettingProps {
  readonly muted: readonly Muted[]
  readonly onUnmute: (subject: string) => void
}

/** What was muted from a notification, until it is over. */
export function MutedSetting({ muted, onUnmute }: MutedSettingProps) {
  if (muted.length === 0) return null
  return (
    <Setting label="Muted" note="From a notification, for an hour">
      {muted.map(({ subject, label, until }) => (
        <span key={subject} className={styles.line}>
          {label} <span className={styles.note}>ends </span>
          <RelativeTime at={until} />{' '}
          <Button size="small" onClick={() => onUnmute(subject)}>
            Unmute {label}
          </Button>
        </span>
      ))}
    </Setting>
  )
}
