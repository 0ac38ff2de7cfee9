import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import styles from './empty-state.module.css'

interface EmptyStateProps {
  readonly icon: LucideIcon
  /** What is so: "No task matches". */
  readonly title: string
  /** What it means and what to do next. */
  readonly children?: ReactNode
  /** Buttons. */
  readonly actions?: ReactNode
}

/** An empty list that says what to do next. */
export function EmptyState({ icon: Icon, title, children, actions }: EmptyStateProps) {
  return (
    <div className={styles.empty}>
      <Icon size={20} strokeWidth={1.5} className={styles.icon} aria-hidden />
      <h2 className={styles.title}>{title}</h2>
      {children != null && <div className={styles.text}>{children}</div>}
      {actions != null && <div className={styles.actions}>{actions}</div>}
    </div>
  )
}
