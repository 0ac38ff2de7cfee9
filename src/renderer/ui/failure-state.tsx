import { RotateCw, TriangleAlert } from 'lucide-react'
import { Button } from './button.tsx'
import styles from './failure-state.module.css'

interface FailureStateProps {
  /** What failed: "The task list could not be read." */
  readonly title: string
  /** Why, and what to try. */
  readonly detail: string
  readonly onRetry?: (() => void) | undefined
}

export function FailureState({ title, detail, onRetry }: FailureStateProps) {
  return (
    <div className={styles.failure} role="alert">
      <TriangleAlert size={16} strokeWidth={1.5} aria-hidden />
      <div className={styles.text}>
        <p className={styles.title}>{title}</p>
        <p className={styles.detail}>{detail}</p>
      </div>
      {onRetry !== undefined && (
        <Button icon={RotateCw} onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  )
}
