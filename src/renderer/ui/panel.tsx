import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import styles from './panel.module.css'

interface PanelProps {
  readonly title?: string | undefined
  /** A few quiet words beside the title. */
  readonly note?: ReactNode
  /** What stands at the right of the title: a legend, a link. */
  readonly aside?: ReactNode
  readonly children: ReactNode
  readonly className?: string | undefined
}

export function Panel({ title, note, aside, children, className }: PanelProps) {
  return (
    <section className={classNames(styles.panel, className)} aria-label={title}>
      {title !== undefined && (
        <header className={styles.header}>
          <h2 className={styles.title}>{title}</h2>
          {note != null && <span className={styles.note}>{note}</span>}
          <span className={styles.aside}>{aside}</span>
        </header>
      )}
      {children}
    </section>
  )
}
