import { Switch as Radix } from 'radix-ui'
import styles from './switch.module.css'

interface SwitchProps {
  readonly label: string
  readonly isOn: boolean
  readonly onChange: (isOn: boolean) => void
  /** The word stands elsewhere: it is only read out here. */
  readonly isLabelHidden?: boolean
  /** Why it cannot be changed is to be said beside it. */
  readonly isDisabled?: boolean
}

/** A switch with its word before it. The word may change with the state; the width of the two should not. */
export function Switch({ label, isOn, onChange, isLabelHidden = false, isDisabled = false }: SwitchProps) {
  return (
    <label className={styles.label}>
      {!isLabelHidden && <span>{label}</span>}
      <Radix.Root
        className={styles.track}
        checked={isOn}
        onCheckedChange={onChange}
        disabled={isDisabled}
        aria-label={label}
      >
        <Radix.Thumb className={styles.thumb} />
      </Radix.Root>
    </label>
  )
}
