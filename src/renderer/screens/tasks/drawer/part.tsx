import type { ReactNode } from 'react'
import styles from './task-drawer.module.css'

interface PartProps {
  readonly title: string
  /** A few quiet words beside the title. */
  readonly note?: ReactNode
  /** Buttons at the right end. */
  readonly aside?: ReactNode
  readonly children: ReactNode
}

/** A part of a drawer's tab. */
export const Part = ({ title, note, aside, children }: PartProps) => (
  <div className={styles.part}>
    <header className={styles.partHead}>
      <h3 className={styles.partTitle}>{title}</h3>
      {note != null && <span className={styles.note}>{note}</span>}
      {aside != null && <span className={styles.aside}>{aside}</span>}
    </header>
    {children}
  </div>
)
