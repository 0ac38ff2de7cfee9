import { X } from 'lucide-react'
import styles from './chip.module.css'

interface ChipProps {
  /** The field, as `queue`; null for free text. */
  readonly field: string | null
  readonly value: string
  /** Leaves out the cross when it is not given. */
  readonly onRemove?: (() => void) | undefined
}

/** A filter that applies. Square, because a pill means a state. */
export function Chip({ field, value, onRemove }: ChipProps) {
  const label = field === null ? value : `${field}: ${value}`
  return (
    <span className={styles.chip}>
      {field !== null && <span className={styles.field}>{field}:</span>}
      <span className={styles.value} title={value}>
        {value}
      </span>
      {onRemove !== undefined && (
        <button
          type="button"
          className={styles.remove}
          aria-label={`Remove filter ${label}`}
          onClick={onRemove}
        >
          <X size={12} strokeWidth={2} aria-hidden />
        </button>
      )}
    </span>
  )
}
