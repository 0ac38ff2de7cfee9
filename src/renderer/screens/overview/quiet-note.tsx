import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import styles from './quiet-note.module.css'

/** What a small panel says while it has nothing to show. */
export function QuietNote({
  icon: Icon,
  children,
}: {
  readonly icon: LucideIcon
  readonly children: ReactNode
}) {
  return (
    <p className={styles.note}>
      <Icon size={16} strokeWidth={1.5} aria-hidden />
      {children}
    </p>
  )
}
