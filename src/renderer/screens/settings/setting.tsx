import type { ReactNode } from 'react'
import styles from './settings.module.css'

interface SettingProps {
  readonly label: string
  /** What it is for, or what follows from it. */
  readonly note?: ReactNode
  readonly children: ReactNode
}

/** One line of a panel: what, a few words, and at the right the value or what changes it. */
export const Setting = ({ label, note, children }: SettingProps) => (
  <div className={styles.setting}>
    <div className={styles.what}>
      <p className={styles.label}>{label}</p>
      {note != null && <p className={styles.note}>{note}</p>}
    </div>
    <div className={styles.value}>{children}</div>
  </div>
)
