import { ToggleGroup } from 'radix-ui'
import styles from './segmented.module.css'

interface SegmentedProps<Value extends string> {
  readonly label: string
  /** Two to five choices that exclude each other. */
  readonly choices: readonly { readonly value: Value; readonly label: string }[]
  readonly value: Value
  readonly onChange: (value: Value) => void
}

export function Segmented<Value extends string>({ label, choices, value, onChange }: SegmentedProps<Value>) {
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={label}
      className={styles.group}
      value={value}
      // Radix hands back one of `choices`, or '' when the chosen one is clicked again: then it stays.
      onValueChange={(next) => next !== '' && onChange(next as Value)}
    >
      {choices.map((choice) => (
        <ToggleGroup.Item key={choice.value} value={choice.value} className={styles.item}>
          {choice.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  )
}
