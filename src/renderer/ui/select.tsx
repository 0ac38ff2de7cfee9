import { Field } from './field.tsx'
import styles from './select.module.css'

interface SelectProps<Value extends string> {
  readonly label: string
  readonly choices: readonly { readonly value: Value; readonly label: string }[]
  readonly value: Value
  readonly onChange: (value: Value) => void
  readonly problem?: string | null
  readonly hint?: string
}

/** One of a few values that are all known; for values that can be typed there is the combobox. */
export function Select<Value extends string>({
  label,
  choices,
  value,
  onChange,
  problem,
  hint,
}: SelectProps<Value>) {
  return (
    <Field label={label} problem={problem} hint={hint}>
      {(control) => (
        <select
          {...control}
          className={styles.select}
          value={value}
          // The browser hands back one of `choices`.
          onChange={(event) => onChange(event.target.value as Value)}
        >
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}
